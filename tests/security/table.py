"""Writes docs/security-tests.md: every adversarial case, the tests that prove it, and what the gate does. ``--check`` compares instead.

A test proves a case when it carries its id, ``@pytest.mark.case("P1")``, or when cases.yml names it. Tests are read, not imported.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TESTS = Path(__file__).resolve().parents[1]
CASES = Path(__file__).with_name("cases.yml")
HEAD = """# Security tests

Generated from `tests/security/cases.yml` and the markers of the tests by `make docs`; do not edit. Tests are below `tests/`; the suite runs
them. *Gap* says what no test shows.

| case | what comes in | what the gate does | tests |
| --- | --- | --- | --- |
"""


def cases() -> dict[str, dict[str, Any]]:
    """The committed list."""
    found: dict[str, dict[str, Any]] = YAML(typ="safe").load(CASES.read_text(encoding="utf-8"))
    return found


def functions() -> dict[str, tuple[str, ...]]:
    """Every test as ``folder/file.py::name``, with the case ids it carries."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[f"{path.relative_to(TESTS).as_posix()}::{node.name}"] = tuple(_ids(node))
    return found


def _ids(node: ast.FunctionDef) -> list[str]:
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
    marks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "case"]
    return [
        argument.value for call in marks for argument in call.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def tests_of(case: str, given: dict[str, Any], known: dict[str, tuple[str, ...]]) -> list[str]:
    """The tests of one case: those that carry it, then those that the list names."""
    return list(dict.fromkeys([*(name for name, ids in known.items() if case in ids), *given.get("tests", ())]))


def problems(listed: dict[str, dict[str, Any]], known: dict[str, tuple[str, ...]]) -> list[str]:
    """What is wrong: a case without a test or a reason, a test that does not exist, an id that is not listed."""
    found = [
        f"{case}: neither a test nor a gap" for case, given in listed.items() if not tests_of(case, given, known) and "gap" not in given
    ]
    found += [f"{case}: no such test: {name}" for case, given in listed.items() for name in given.get("tests", ()) if name not in known]
    found += [f"{name}: no such case: {case}" for name, ids in known.items() for case in ids if case not in listed]
    return found


def page() -> str:
    """The page.

    Raises:
        SystemExit: the list and the tests do not fit together.
    """
    listed, known = cases(), functions()
    wrong = problems(listed, known)
    if wrong:
        raise SystemExit("\n".join(wrong))
    rows = []
    for case, given in listed.items():
        shown = "<br>".join(f"`{name}`" for name in tests_of(case, given, known)) or "none"
        gap = f" *Gap:* {given['gap']}." if "gap" in given else ""
        rows.append(f"| {case} | {given['what']} | {given['does']}.{gap} | {shown} |\n")
    gaps = sum("gap" in given for given in listed.values())
    untested = sum(not tests_of(case, given, known) for case, given in listed.items())
    return f"{HEAD}{''.join(rows)}\n{len(listed)} cases; {gaps} with a gap, {untested} without any test.\n"


def main(words: list[str]) -> int:
    """``--write FILE`` or ``--check FILE``."""
    action, path = words[0], Path(words[1])
    if action == "--write":
        path.write_text(page(), encoding="utf-8")
        return 0
    if path.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{path} is not what the tests give: make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
