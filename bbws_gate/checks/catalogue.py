"""Every check there is, found in this package's modules; and what people read about them.

``python -m bbws_gate.checks.catalogue --write FILE`` writes ``docs/checks.md``; ``--check FILE`` says whether it is stale.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import sys
from functools import cache
from pathlib import Path

from bbws_gate import checks
from bbws_gate.checks.base import Check
from bbws_gate.errors import UsageError


@cache
def all_checks() -> tuple[Check, ...]:
    """The checks of every module of this package, in code order.

    Raises:
        ValueError: two checks share a code or a name.
    """
    found: dict[str, Check] = {}
    names: set[str] = set()
    for module in pkgutil.iter_modules(checks.__path__, f"{checks.__name__}."):
        if module.name == __name__:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if not isinstance(value, Check) or found.get(value.code) is value:
                continue
            if value.code in found or value.name in names:
                raise ValueError(f"{value.code} {value.name} in {module.name} is there twice")
            found[value.code] = value
            names.add(value.name)
    return tuple(found[code] for code in sorted(found))


def explain(code: str) -> str:
    """What a check looks at, why it matters and how to clear it, for the terminal.

    Raises:
        UsageError: no check has that code; the nearest one is named.
    """
    known = {entry.code: entry for entry in all_checks()}
    wanted = code.strip().upper().partition("/")[0]
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.0)
        raise UsageError(f"no check has the code {code!r}", mend=f"did you mean {near[0]}? docs/checks.md lists them all")
    entry = known[wanted]
    return "\n".join(
        (
            f"{entry.code} {entry.name}: {entry.severity.value}, {entry.category}",
            "",
            f"What it sees: {entry.sees}",
            f"Why it matters: {entry.why}",
            f"How to clear it: {entry.clear}",
            f"Action item: {entry.work.title} ({entry.work.owner}, {entry.work.estimate}, phase {entry.work.phase})",
        )
    )


def markdown() -> str:
    """``docs/checks.md``: a table of all checks, then one section for each."""
    entries = all_checks()
    lines = [
        "# Checks",
        "",
        "<!-- Generated from the checks' own words by `make docs`. -->",
        "",
        "A check turns the promotion spec and what the repository holds into lines of the checklist: pass, fail, or unverified",
        "with the reason.",
        "A failed line is a finding, `CODE/subject`. The spec's `severity` changes how bad one is; `waivers` accept one for a time.",
        "",
        "| code | name | severity | category |",
        "| --- | --- | --- | --- |",
        *(f"| [{entry.code}](#{entry.code.lower()}) | {entry.name} | {entry.severity.value} | {entry.category} |" for entry in entries),
    ]
    for entry in entries:
        lines += [
            "",
            f"## {entry.code}",
            "",
            f"**{entry.name}**, {entry.severity.value}",
            "",
            f"*What it sees.* {entry.sees}",
            "",
            f"*Why it matters.* {entry.why}",
            "",
            f"*How to clear it.* {entry.clear}",
        ]
    return "\n".join(lines) + "\n"


def main(words: list[str]) -> int:
    """Write the page or compare it with what it should be; 1 when it is stale."""
    match words:
        case ["--write", page]:
            Path(page).write_text(markdown(), encoding="utf-8")
            return 0
        case ["--check", page]:
            if Path(page).is_file() and Path(page).read_text(encoding="utf-8") == markdown():
                return 0
            sys.stderr.write(f"{page} is stale: run `make docs`\n")
            return 1
        case _:
            sys.stderr.write("usage: python -m bbws_gate.checks.catalogue --write FILE | --check FILE\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
