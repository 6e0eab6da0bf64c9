"""Many expressions in one module: each a local value, all of them in the input of one ``terraform_data``."""

from __future__ import annotations

import bisect
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.read import read_stack
from bbws_gate.terraform.stack import Plain, SensitiveValue, UnknownValue
from tests.terraform.differential.comparing import Difference, differences
from tests.terraform.oracle import Outcome, Planned, plan, validate

BATCH = 150


def compare(expressions: Sequence[str], setup: Mapping[str, str]) -> list[Difference]:
    """What differs over all expressions, each beside the files of ``setup``."""
    found: list[Difference] = []
    for start in range(0, len(expressions), BATCH):
        batch = expressions[start : start + BATCH]
        for expression, one, other in zip(batch, ours(batch, setup), evaluate(batch, setup), strict=True):
            found.extend(_difference(expression, one, other))
    return found


def evaluate(expressions: Sequence[str], setup: Mapping[str, str]) -> list[Outcome]:
    """Terraform's outcome of each expression."""
    outcomes: dict[int, Outcome] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, content in setup.items():
            root.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            root.joinpath(path).write_text(content, encoding="utf-8")
        _settle(root, dict(enumerate(expressions)), outcomes)
    return [outcomes[number] for number in range(len(expressions))]


def _settle(root: Path, expressions: dict[int, str], outcomes: dict[int, Outcome]) -> None:
    """Plans without what fails, until nothing does; errors that name no line are found by halves."""
    while expressions:
        text, locate = _module(expressions)
        root.joinpath("main.tf").write_text(text, encoding="utf-8")
        untried = validate(root)
        planned = Planned(errors=untried) if untried else plan(root)
        if not planned.errors:
            outcomes.update(_values(planned, expressions))
            return
        failed = {number: error for error in planned.errors if error.file == "main.tf" and (number := locate(error.line)) in expressions}
        if not failed:
            _halve(root, expressions, outcomes, planned)
            return
        for number, error in failed.items():
            outcomes[number] = Outcome(error=error.message, untried=bool(untried))
            del expressions[number]


def _halve(root: Path, expressions: dict[int, str], outcomes: dict[int, Outcome], planned: Planned) -> None:
    if len(expressions) == 1:
        outcomes[next(iter(expressions))] = Outcome(error=planned.errors[0].message)
        return
    items = list(expressions.items())
    _settle(root, dict(items[: len(items) // 2]), outcomes)
    _settle(root, dict(items[len(items) // 2 :]), outcomes)


def _values(planned: Planned, expressions: dict[int, str]) -> Iterator[tuple[int, Outcome]]:
    change = planned.resources["terraform_data.all"]
    for number in expressions:
        name = f"v{number}"
        unknown, sensitive = (mask.get("input", False) if isinstance(mask, dict) else mask for mask in (change.unknown, change.sensitive))
        yield (
            number,
            Outcome(
                value=change.value["input"].get(name),
                unknown=unknown.get(name, False) if isinstance(unknown, dict) else unknown,
                sensitive=sensitive.get(name, False) if isinstance(sensitive, dict) else sensitive,
            ),
        )


def _module(expressions: Mapping[int, str]) -> tuple[str, Callable[[int], int]]:
    """The module's text, and which expression a line of it belongs to (-1 for none)."""
    lines = ["locals {"]
    starts, numbers = [0], [-1]
    for number, expression in expressions.items():
        starts.append(len(lines) + 1)
        numbers.append(number)
        lines.extend(f"v{number} = {expression}".split("\n"))
    starts.append(len(lines) + 1)
    numbers.append(-1)
    lines.append('}\nresource "terraform_data" "all" {\n  input = {')
    lines.extend(f"v{number} = local.v{number}" for number in expressions)
    text = "\n".join(lines) + "\n  }\n}\n"
    return text, lambda line: numbers[bisect.bisect_right(starts, line) - 1]


def ours(expressions: Sequence[str], setup: Mapping[str, str]) -> list[Plain | Exception]:
    """Our value of each expression, or the problem that we report for it."""
    text, locate = _module(dict(enumerate(expressions)))
    stack = read_stack(MemoryRepository({**setup, "main.tf": text}), "")
    failed: dict[int, Exception] = {}
    for problem in stack.problems:
        number = locate(problem.place.line) if problem.place.path == "main.tf" else -1
        if number < 0:
            raise AssertionError(f"a problem with the setup: {problem}")
        failed[number] = ValueError(problem.message)
    return [failed.get(number, stack.locals[f"v{number}"]) for number in range(len(expressions))]


def _difference(expression: str, found: Plain | Exception, theirs: Outcome) -> Iterator[Difference]:
    if theirs.error is not None:
        # Terraform has infinities, but no plan can hold one.
        infinite = "cannot serialize infinity" in theirs.error
        if not isinstance(found, Exception) and not infinite:
            kind = "refused unseen" if theirs.untried else "only theirs" if _has_unknown(found) else "theirs fails"
            yield Difference(expression, kind, repr(found), theirs.error.split("\n")[0])
    elif isinstance(found, Exception):
        yield Difference(expression, "ours fails", str(found), repr(theirs.value))
    else:
        yield from differences(expression, found, theirs)


def _has_unknown(plain: object) -> bool:
    """Whether something in it is unknown, or may be behind a mark."""
    if isinstance(plain, dict):
        return any(map(_has_unknown, plain.values()))
    return any(map(_has_unknown, plain)) if isinstance(plain, list) else isinstance(plain, (SensitiveValue, UnknownValue))
