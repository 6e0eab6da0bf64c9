"""What real Terraform makes of expressions and configurations, offline: by plans that hold nothing but ``terraform_data``.

Needs the optional dependency group ``differential``. Tests that use it carry the mark ``differential``.
"""

from __future__ import annotations

import atexit
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_WORKER = Path(__file__).with_name("oracle_worker.py")


@dataclass(frozen=True)
class Outcome:
    """What became of one expression."""

    value: Any = None
    """As JSON; numbers are int or Decimal, exactly as Terraform prints them. What is unknown is missing or None."""
    type: Any = None
    """Terraform's JSON for the type: ``"string"``, ``["list", "number"]``, ``["object", {"a": "string"}]``."""
    unknown: Any = False
    """True, or the same shape as ``value`` with True where parts are known only after apply."""
    sensitive: Any = False
    """Likewise, with True where parts are sensitive."""
    error: str | None = None
    """``Summary: detail`` when Terraform refuses."""
    untried: bool = False
    """Whether it refuses before the variables have their values."""


@dataclass(frozen=True)
class Refusal:
    """One error that Terraform reports."""

    message: str
    """``Summary: detail``"""
    file: str
    """Relative to the root module; empty when the error has no place."""
    line: int


@dataclass(frozen=True)
class Planned:
    """What Terraform plans for a root module: nothing but errors, or all the rest."""

    resources: Mapping[str, Outcome] = field(default_factory=dict)
    """Managed resources by address; values are objects of their arguments."""
    outputs: Mapping[str, Outcome] = field(default_factory=dict)
    """The root module's."""
    errors: tuple[Refusal, ...] = ()


def plan(root: Path, *arguments: str, workspace: str = "default") -> Planned:
    """The plan for the root module in the folder ``root``, which gets Terraform's own files too; ``arguments`` as on the command line."""
    if workspace != "default":
        root.joinpath("terraform.tfstate.d", workspace).mkdir(parents=True, exist_ok=True)
        root.joinpath(".terraform").mkdir(exist_ok=True)
        root.joinpath(".terraform", "environment").write_text(workspace, encoding="utf-8")
    quiet = ("-json", "-no-color", "-input=false")
    for command, *words in (("init", *quiet), ("plan", *quiet, "-refresh=false", "-lock=false", "-out=plan.bin", *arguments)):
        code, output = _terraform(root, command, *words)
        errors = tuple(_errors(output))
        if errors:
            return Planned(errors=errors)
        if code not in {0, 2}:
            raise RuntimeError(output)
    _, shown = _terraform(root, "show", "-json", "plan.bin")
    return _planned(json.loads(shown, parse_float=Decimal))


def validate(root: Path) -> tuple[Refusal, ...]:
    """The errors that Terraform finds with the root module's variables still unknown, which a plan would report too."""
    _terraform(root, "init", "-json", "-no-color", "-input=false")
    _, output = _terraform(root, "validate", "-json")
    return tuple(_refusal(diagnostic) for diagnostic in json.loads(output).get("diagnostics", []) if diagnostic["severity"] == "error")


def evaluate(expressions: Sequence[tuple[str, str]]) -> list[Outcome]:
    """The outcome of each ``(setup, expression)``; setup is HCL that stands beside the expression (locals, variables, resources).

    A ``terraform_data`` resource in the setup is a source of unknown values: its ``id``.
    """
    outcomes: dict[int, Outcome] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, (setup, expression) in enumerate(expressions):
            module = root / f"m{number}"
            module.mkdir()
            module.joinpath("main.tf").write_text(
                f'{setup}\noutput "value" {{\n  sensitive = true\n  value = {expression}\n}}\n', encoding="utf-8"
            )
        for _ in range(10):
            pending = [number for number in range(len(expressions)) if number not in outcomes]
            found, failed = _plan_modules(root, pending)
            outcomes.update(failed)
            if found is not None:
                outcomes.update(found)
                return [outcomes[number] for number in range(len(expressions))]
    raise RuntimeError("Terraform does not come to an end of errors")


def _plan_modules(root: Path, numbers: list[int]) -> tuple[dict[int, Outcome] | None, dict[int, Outcome]]:
    """All values, or None and the expressions that keep Terraform from planning."""
    root.joinpath("main.tf").write_text(
        "\n".join(
            f'module "m{n}" {{\n  source = "./m{n}"\n}}\noutput "m{n}" {{\n  sensitive = true\n  value = module.m{n}.value\n}}'
            for n in numbers
        ),
        encoding="utf-8",
    )
    planned = plan(root)
    if planned.errors:
        return None, _by_module(planned.errors)
    return {n: planned.outputs.get(f"m{n}", Outcome()) for n in numbers}, {}


def _by_module(errors: Sequence[Refusal]) -> dict[int, Outcome]:
    failed: dict[int, Outcome] = {}
    for error in errors:
        # An infinity has a value but no JSON; Terraform finds that out when it writes the plan, and names the outputs.
        names = re.findall(r'output value "(m\d+)": cannot serialize infinity', error.message)
        names = names or re.findall(r"^(m\d+)(?=/)", error.file)
        if not names:
            raise RuntimeError(error)
        for name in names:
            failed.setdefault(int(name[1:]), Outcome(error=error.message))
    return failed


def _planned(shown: dict[str, Any]) -> Planned:
    outputs = shown["planned_values"].get("outputs", {})
    changes = shown.get("output_changes", {})
    return Planned(
        resources={
            change["address"]: Outcome(
                value=change["change"]["after"],
                unknown=change["change"].get("after_unknown", False),
                sensitive=change["change"].get("after_sensitive", False),
            )
            for change in shown.get("resource_changes", [])
            if change["mode"] == "managed"
        },
        outputs={
            name: Outcome(
                value=outputs.get(name, {}).get("value"),
                type=outputs.get(name, {}).get("type"),
                unknown=change.get("after_unknown", False),
                sensitive=change.get("after_sensitive", False),
            )
            for name, change in changes.items()
        },
    )


def _errors(output: str) -> Iterator[Refusal]:
    for line in output.splitlines():
        record = json.loads(line) if line.startswith("{") else {}
        diagnostic = record.get("diagnostic", {})
        if diagnostic.get("severity") == "error":
            yield _refusal(diagnostic)


def _refusal(diagnostic: dict[str, Any]) -> Refusal:
    where = diagnostic.get("range", {})
    message = f"{diagnostic['summary']}: {diagnostic.get('detail', '')}"
    return Refusal(message, where.get("filename", ""), where.get("start", {}).get("line", 0))


def _terraform(root: Path, command: str, *arguments: str) -> tuple[int, str]:
    worker = _worker()
    if worker.stdin is None or worker.stdout is None:
        raise RuntimeError("the worker has no pipes")
    worker.stdin.write(json.dumps([str(root), command, list(arguments)]) + "\n")
    worker.stdin.flush()
    answer = worker.stdout.readline()
    if not answer:
        raise RuntimeError(f"Terraform died of: {command} {' '.join(arguments)}")
    code, output, errors = json.loads(answer)
    return code, output if code in {0, 2} or command == "validate" else f"{output}\n{errors}"


@cache
def _worker() -> subprocess.Popen[str]:
    """A process that has Terraform loaded, which takes longer than most plans."""
    worker = subprocess.Popen([sys.executable, str(_WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(worker.communicate)
    return worker
