"""What a plan knows and files do not: the output of ``terraform show -json`` laid under a stack.

Format: https://developer.hashicorp.com/terraform/internals/json-format. A plan is evidence of one run, files are what is promoted:
so planned values only fill what files cannot tell, and where both know a value and differ, that is a problem of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from bbws_gate.deferred import NamedTuple, regex, replace
from bbws_gate.model import Place, Step
from bbws_gate.terraform.expand.address import order
from bbws_gate.terraform.fill import Difference, filled
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import ModuleCall, Path, Plain, Resource, SensitiveValue, Stack, Trace, UnknownValue

MAX_PLAN_BYTES: Final = 64_000_000
_DEEPEST: Final = 60
"""Levels of modules in a plan."""
_KEYS: Final = regex(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')


class Planned(NamedTuple):
    """One resource instance of the plan."""

    address: str
    mode: str
    type: str
    name: str
    key: str | int | None
    module: str
    values: Plain


def apply_plan(stack: Stack, plan: bytes) -> Stack:
    """``stack`` with what the plan knows; where they disagree, a problem PLN001 at the attribute's place."""
    whole = Place(stack.root or ".", 0, 0)
    try:
        document = _document(plan)
        planned = {found.address: found for found in _planned(document)}
        outputs = _outputs(document)
        variables = {str(name): _plain(entry.get("value")) for name, entry in document.get("variables", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = Problem("PLN002", f"the plan is not what terraform show -json writes ({type(error).__name__})", whole)
        return replace(stack, problems=(*stack.problems, problem))
    merger = _Merger(stack, planned, whole)
    resources = merger.resources()
    merger.compare_variables(variables)
    return replace(
        stack,
        resources=resources,
        outputs={name: _filled_output(value, outputs.get(name)) for name, value in stack.outputs.items()},
        problems=tuple(sorted({*stack.problems, *merger.problems}, key=lambda problem: (problem.place, problem.code, problem.message))),
    )


def _document(plan: bytes) -> dict[str, Any]:
    if len(plan) > MAX_PLAN_BYTES:
        raise ValueError("too large")
    document: dict[str, Any] = json.loads(plan, parse_float=Decimal, parse_constant=_no_number)
    return document


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is not a JSON number")


def _outputs(document: Mapping[str, Any]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for name, entry in document["planned_values"].get("outputs", {}).items():
        if "value" in entry:
            found[name] = SensitiveValue() if entry.get("sensitive") else _plain(entry["value"])
    return found


def _planned(document: Mapping[str, Any]) -> Iterator[Planned]:
    """Managed resources as planned; data sources as they were read before or during planning."""
    prior = document.get("prior_state", {}).get("values", {}).get("root_module", {})
    for found in _module_resources(prior, "", 0):
        if found.mode == "data":
            yield found
    yield from _module_resources(document["planned_values"].get("root_module", {}), "", 0)


def _module_resources(module: Mapping[str, Any], address: str, depth: int) -> Iterator[Planned]:
    if depth > _DEEPEST:
        raise ValueError("modules nested too deeply")
    for entry in module.get("resources", ()):
        values = _masked(_plain(entry.get("values", {})), entry.get("sensitive_values", {}))
        yield Planned(entry["address"], entry["mode"], entry["type"], entry["name"], entry.get("index"), address, values)
    for child in module.get("child_modules", ()):
        yield from _module_resources(child, child["address"], depth + 1)


def _plain(value: Any) -> Plain:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.adjusted() < 60 else value
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _masked(value: Plain, mask: Any) -> Plain:
    """``value`` with what the plan marks sensitive hidden; the mask has the value's shape, or is true."""
    if mask is True:
        return SensitiveValue()
    if isinstance(value, dict) and isinstance(mask, dict):
        return {name: _masked(item, mask.get(name, {})) for name, item in value.items()}
    if isinstance(value, list) and isinstance(mask, list):
        return [_masked(item, mask[position] if position < len(mask) else {}) for position, item in enumerate(value)]
    return value


def _filled_output(value: Plain, planned: Plain) -> Plain:
    return value if planned is None else filled(value, planned)[0]


class _Merger:
    """Lays one plan under one stack."""

    def __init__(self, stack: Stack, planned: Mapping[str, Planned], whole: Place) -> None:
        self._stack = stack
        self._planned = dict(planned)
        self._whole = whole
        self.problems: list[Problem] = []

    def resources(self) -> tuple[Resource, ...]:
        found: list[Resource] = []
        undecided = [resource for resource in self._stack.resources if not resource.expanded]
        decided = [resource for resource in self._stack.resources if resource.expanded]
        found.extend(self._merged(resource, self._planned.pop(resource.address, None)) for resource in decided)
        for resource in undecided:
            found.extend(self._instances(resource))
        found.extend(self._elsewhere())
        return tuple(sorted(found, key=_order))

    def _merged(self, resource: Resource, planned: Planned | None) -> Resource:
        if planned is None:
            if resource.mode == "managed":
                self._problem(f"the plan has no {resource.address}, which the files declare", resource.place)
            return resource
        value, differences = filled(dict(resource.attributes), planned.values)
        for difference in differences:
            self._report(resource, difference)
        return replace(resource, attributes=value if isinstance(value, dict) else resource.attributes)

    def _report(self, resource: Resource, difference: Difference) -> None:
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in difference.path)
        message = f"{resource.address}{path} is {difference.mine} in the files and {difference.theirs} in the plan"
        self._problem(message, resource.trace.place(difference.path))

    def _instances(self, resource: Resource) -> list[Resource]:
        """The instances that the plan knows of a resource whose count or for_each files cannot tell."""
        mine = _KEYS.sub("", resource.address)
        matching = [found for found in self._planned.values() if _KEYS.sub("", found.address) == mine]
        instances = []
        for found in matching:
            del self._planned[found.address]
            named = replace(resource, address=found.address, key=found.key, module=found.module, expanded=True)
            instances.append(self._merged(named, found))
        return instances or [resource]

    def _elsewhere(self) -> Iterator[Resource]:
        """What the plan has beyond the files: resources of modules that are not read; anything else is a disagreement."""
        unread = {_KEYS.sub("", module.address): module for module in self._stack.modules if not module.read}
        for found in self._planned.values():
            bare = _KEYS.sub("", found.module)
            call = next((module for address, module in unread.items() if bare == address or bare.startswith(f"{address}.")), None)
            if call is not None:
                yield _from_plan(found, call)
            elif found.mode == "managed":
                self._problem(f"the plan has {found.address}, which the files do not declare", self._whole)

    def compare_variables(self, planned: Mapping[str, Plain]) -> None:
        """Reports variables that had another value when the plan was made: it may be another environment's."""
        for name, variable in self._stack.variables.items():
            if name in planned and not isinstance(variable.value, UnknownValue):
                _, differences = filled(variable.value, planned[name])
                for difference in differences[:1]:
                    message = f"var.{name} is {difference.mine} in the files and was {difference.theirs} for the plan"
                    self._problem(message, variable.source or variable.place)

    def _problem(self, message: str, place: Place) -> None:
        self.problems.append(Problem("PLN001", message, place))


def _from_plan(found: Planned, call: ModuleCall) -> Resource:
    values = found.values if isinstance(found.values, dict) else {}
    step = Step(f"the plan; {call.address} is not in this checkout", call.place)

    def place(_: Path) -> Place:
        return call.place

    trace = Trace(place, lambda _: (step,), lambda _: ())
    return Resource(
        found.address, found.mode, found.type, found.name, found.key, found.module, call.place, call.place, values, {}, None, trace
    )


def _order(resource: Resource) -> tuple[object, ...]:
    return (
        resource.module.count("module."),
        resource.module,
        resource.mode == "managed",
        resource.type,
        resource.name,
        order(resource.key),
    )
