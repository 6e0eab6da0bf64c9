"""Where the repository says which account and which region an environment has: providers, variables, workflow, script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.expression import Resolved, resolve
from bbws_gate.evidence.literal import Literal
from bbws_gate.evidence.plan_document import environments_in
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.script import Script
from bbws_gate.evidence.tables import reason
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Place
from bbws_gate.terraform.stack import Path, Plain, Provider

_ARN_ACCOUNT = regex(r"arn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:([0-9]{12}):")
_ACCOUNT_VARIABLE = regex(r"(?:target_|aws_)*account(?:_id|_number|_no)?", re.IGNORECASE)
_REGION_VARIABLE = regex(r"(?:target_|aws_)*(?:default_)?region(?:_name)?", re.IGNORECASE)
_LOGIN = "aws-actions/configure-aws-credentials"


class Statement(NamedTuple):
    """One place that says which account or region is meant."""

    values: tuple[str, ...]
    """What it says; several where it lists what is allowed."""
    why: str
    """Why it cannot be known; empty when it can."""
    evidence: Evidence

    @property
    def origin(self) -> Place:
        """Where the value was written in the first place: the last step of its provenance."""
        steps = self.evidence.provenance
        return steps[-1].place if steps else self.evidence.place


def account_statements(project: ProjectEvidence) -> Iterator[Statement]:
    """Every statement about the target's account."""
    for provider in main_providers(project):
        yield from _of_provider(provider, ("allowed_account_ids",), _known)
        yield from _of_provider(provider, ("assume_role", 0, "role_arn"), _accounts_in)
    yield from _of_variables(project, _ACCOUNT_VARIABLE, _account)
    if project.target_workflow is not None:
        yield from _accounts_of_workflow(project.target_workflow)
    if project.script is not None:
        yield from _of_constants(project.script, _ACCOUNT_VARIABLE, _account)
    yield from _of_documents(project, "account")


def region_statements(project: ProjectEvidence) -> Iterator[Statement]:
    """Every statement about the target's region."""
    for provider in main_providers(project):
        yield from _of_provider(provider, ("region",), _known)
    yield from _of_variables(project, _REGION_VARIABLE, _region)
    if project.target_workflow is not None:
        yield from _regions_of_workflow(project.target_workflow)
    if project.script is not None:
        yield from _of_constants(project.script, _REGION_VARIABLE, _region)
        yield from _regions_of_clients(project.script)
    yield from _of_documents(project, "region")


def _of_documents(project: ProjectEvidence, what: str) -> Iterator[Statement]:
    """Rows about the target in the tables of environments of README and other documents; the plan's own are compared with the plan."""
    for path, document in project.documents.items():
        rows = environments_in(document, project.spec.environments) if path != project.spec.plan.document else ()
        for row in rows:
            value = getattr(row, what)
            if value is not None and row.name == project.environment_name.casefold():
                yield Statement((value,), "", Evidence(row.place, f"{row.name}: {what} {value}"))


def main_providers(project: ProjectEvidence) -> Iterator[Provider]:
    """The AWS provider without alias: the one that resources use unless they say otherwise."""
    return (provider for provider in project.stack.providers if provider.name == "aws" and provider.alias is None)


def _of_provider(provider: Provider, path: Path, read: Callable[[Plain], tuple[str, ...]]) -> Iterator[Statement]:
    value = _at(dict(provider.attributes), path)
    if value is None:
        return
    # The provenance of a list is that of its only element.
    traced = (*path, 0) if isinstance(value, list) and len(value) == 1 else path
    name = ".".join(str(part) for part in path if isinstance(part, str))
    items = value if isinstance(value, list) else [value]
    why = next((reason(item) for item in items if reason(item)), "")
    found = () if why else tuple(text for item in items for text in read(item))
    if why or found:
        text = f"provider {provider.name}: {name} = {', '.join(found) or 'unknown'}"
        yield Statement(found, why, Evidence(provider.trace.place(traced), text, provider.trace.steps(traced)))


def _at(value: Plain, path: Path) -> Plain:
    """The part of a value at ``path``; an unknown on the way is what is found."""
    for part in path:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part] if part < len(value) else None
        else:
            return value if reason(value) else None
    return value


def _known(value: Plain) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()


def _accounts_in(value: Plain) -> tuple[str, ...]:
    return tuple(_ARN_ACCOUNT.findall(value)) if isinstance(value, str) else ()


def _account(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"[0-9]{12}", value) else None


def _region(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"[a-z]{2}(?:-[a-z]+)+-[0-9]", value) else None


def _of_variables(project: ProjectEvidence, names: re.Pattern[str], read: Callable[[object], str | None]) -> Iterator[Statement]:
    for name, variable in project.stack.variables.items():
        found = read(variable.value) if names.fullmatch(name) else None
        if found is not None:
            yield Statement((found,), "", Evidence(variable.source or variable.place, f'{name} = "{found}"'))


def _accounts_of_workflow(workflow: Workflow) -> Iterator[Statement]:
    for _, step in workflow.steps():
        for name in ("role-to-assume", "allowed-account-ids"):
            given = step.input(name) if step.action == _LOGIN else None
            if given is None:
                continue
            resolved, place = given
            if resolved.value is None or _is_default(resolved):
                yield Statement((), f"{name}: {resolved.why or 'an input decides'}", Evidence(place, name))
                continue
            found = tuple(_ARN_ACCOUNT.findall(resolved.value) or re.findall(r"\b[0-9]{12}\b", resolved.value))
            if found:
                yield Statement(found, "", Evidence(place, f"{name}: {resolved.value}"))
    for fact_name, resolved, place in environment_variables(workflow):
        found_account = _account(resolved.value) if _ACCOUNT_VARIABLE.fullmatch(fact_name) else None
        if found_account is not None:
            yield Statement((found_account,), "", Evidence(place, f"{fact_name}: {found_account}"))


def _regions_of_workflow(workflow: Workflow) -> Iterator[Statement]:
    for _, step in workflow.steps():
        given = step.input("aws-region") if step.action == _LOGIN else None
        if given is not None:
            resolved, place = given
            known = resolved.value is not None and not _is_default(resolved)
            values = (resolved.value,) if resolved.value is not None and known else ()
            why = "" if known else f"aws-region: {resolved.why or 'an input decides'}"
            yield Statement(values, why, Evidence(place, f"aws-region: {resolved.value or 'unknown'}"))
    for name, resolved, place in environment_variables(workflow):
        found = _region(resolved.value) if _REGION_VARIABLE.fullmatch(name) else None
        if found is not None:
            yield Statement((found,), "", Evidence(place, f"{name}: {found}"))


def environment_variables(workflow: Workflow) -> Iterator[tuple[str, Resolved, Place]]:
    """Every environment variable of a workflow with what it is, those that a person starting it may change left out."""
    seen = set()
    for scope in (*(job.scope for job in workflow.jobs.values()), *(step.scope for _, step in workflow.steps())):
        for name, fact in scope.env.items():
            if (name, fact.place) not in seen:
                seen.add((name, fact.place))
                resolved = resolve(fact.value, scope)
                if not _is_default(resolved):
                    yield name, resolved, fact.place
        for name, handed in scope.exported.items():
            if (name, handed.place) not in seen:
                seen.add((name, handed.place))
                if not _is_default(handed.value):
                    yield name, handed.value, handed.place


def _is_default(resolved: Resolved) -> bool:
    """Whether it is only what an input has when nobody chooses."""
    return any(step.startswith("default of input") for step in resolved.through)


def _of_constants(script: Script, names: re.Pattern[str], read: Callable[[object], str | None]) -> Iterator[Statement]:
    for name, fact in script.constants.items():
        short = re.sub(r"^(?:expected|sit|dev|prod)_", "", name, flags=re.IGNORECASE)
        value = fact.value.value if isinstance(fact.value, Literal) else None
        found = read(value) if names.fullmatch(short) else None
        if found is not None:
            yield Statement((found,), "", Evidence(fact.place, f'{name} = "{found}"'))


def _regions_of_clients(script: Script) -> Iterator[Statement]:
    for client in script.clients:
        found = _region(client.region.value) if client.region is not None else None
        if client.region is not None and found is not None:
            yield Statement((found,), "", Evidence(client.region.place, f'{client.service or "client"}: region_name="{found}"'))
    for argument in script.arguments:
        default = argument.default
        if any(_REGION_VARIABLE.fullmatch(name.lstrip("-").replace("-", "_")) for name in argument.names) and default is not None:
            found = _region(default.value)
            if found is not None:
                yield Statement((found,), "", Evidence(default.place, f'{argument.names[-1]} default="{found}"'))
