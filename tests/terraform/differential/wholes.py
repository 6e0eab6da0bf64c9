"""One whole configuration beside real Terraform: the same instances, values and refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bbws_gate.terraform.stack import Stack
from tests.terraform.differential.comparing import Difference, differences
from tests.terraform.oracle import Outcome, Planned, plan, validate
from tests.terraform.reading import ROOT, read

REFUSALS = ("EVL", "HCL", "VAR001", "VAR002", "VAR004", "MOD", "FIL")
UNDECIDED = ("EVL002", "EVL003")


def planned(files: Mapping[str, str], folder: Path) -> Planned:
    """Terraform's plan, made in ``folder``."""
    for path, text in files.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_text(text, encoding="utf-8")
    return plan(folder)


def ours(files: Mapping[str, str]) -> Stack:
    """Our reading."""
    return read({f"{ROOT}/{path}": text for path, text in files.items()})


def refusals(stack: Stack) -> list[str]:
    """``CODE message`` of what Terraform would refuse."""
    return [f"{problem.code} {problem.message}" for problem in stack.problems if problem.code.startswith(REFUSALS)]


def compare_whole(name: str, files: Mapping[str, str], folder: Path) -> list[Difference]:
    """What differs."""
    theirs, stack = planned(files, folder), ours(files)
    found = refusals(stack)
    if theirs.errors:
        message = theirs.errors[0].message.split("\n")[0]
        if found or "cannot serialize infinity" in message:
            return []
        # Terraform also looks at what has no instances, with every variable still unknown.
        return [Difference(name, "refused unseen" if validate(folder) else "theirs fails", "no refusal", message)]
    certain = [text for text in found if not text.startswith(UNDECIDED)]
    if certain:
        return [Difference(name, "ours fails", certain[0], "a plan")]
    return list(_values(name, stack, theirs))


def _values(name: str, stack: Stack, theirs: Planned) -> Iterator[Difference]:
    for output, outcome in theirs.outputs.items():
        yield from differences(f"{name} output.{output}", stack.outputs[output], outcome)
    known = [resource for resource in stack.resources if resource.mode == "managed"]
    managed = {resource.address: resource for resource in known if resource.expanded}
    if len(managed) < len(known):
        yield Difference(name, "only theirs", f"some of {[resource.address for resource in known]}", str(sorted(theirs.resources)))
    elif set(managed) != set(theirs.resources):
        yield Difference(name, "differs", str(sorted(managed)), str(sorted(theirs.resources)))
    for address in sorted({*managed} & {*theirs.resources}):
        resource = managed[address]
        yield from differences(f"{name} {address}", dict(resource.attributes), _written(theirs.resources[address], resource.attributes))


def _written(outcome: Outcome, attributes: Mapping[str, Any]) -> Outcome:
    """What Terraform has for the attributes that the configuration sets."""

    def chosen(mask: Any) -> Any:
        return {key: part for key, part in mask.items() if key in attributes} if isinstance(mask, dict) else mask

    value = {key: outcome.value.get(key) for key in attributes}
    return replace(outcome, value=value, unknown=chosen(outcome.unknown), sensitive=chosen(outcome.sensitive))
