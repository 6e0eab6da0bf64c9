"""Every check there is, found in this package's modules; and what the terminal says about one of them."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bbws_gate import checks
from bbws_gate.checks.base import Check
from bbws_gate.checks.example import SPEC, Example, Files, example_of
from bbws_gate.errors import UsageError


@cache
def all_checks() -> tuple[Check, ...]:
    """The checks of every module of this package, in code order.

    Raises:
        ValueError: two checks share a code or a name.
    """
    found: dict[str, Check] = {}
    names: set[str] = set()
    for module in _modules():
        for value in vars(importlib.import_module(module)).values():
            if not isinstance(value, Check) or found.get(value.code) is value:
                continue
            if value.code in found or value.name in names:
                raise ValueError(f"{value.code} {value.name} in {module} is there twice")
            found[value.code] = value
            names.add(value.name)
    return tuple(found[code] for code in sorted(found))


def _modules() -> list[str]:
    """This package's other modules. They are files: pkgutil, which looks into archives, too, takes as long to load as half of them."""
    files = [file for folder in checks.__path__ for file in Path(folder).iterdir() if file.suffix in (".py", ".pyc")]
    names = sorted({file.stem for file in files})
    return [f"{checks.__name__}.{name}" for name in names if name not in ("__init__", __name__.rpartition(".")[2])]


def explain(code: str) -> str:
    """What a check looks at, why it matters and how to clear it, with an example that fails and one that passes, for the terminal.

    Raises:
        UsageError: no check has that code; the nearest one is named.
    """
    known = {entry.code: entry for entry in all_checks()}
    wanted = code.strip().upper().partition("/")[0]
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.0)
        raise UsageError(f"no check has the code {code!r}", mend=f"did you mean {near[0]}? docs/checks.md lists them all")
    entry, example = known[wanted], example_of(wanted)
    return "\n".join(
        (
            f"{entry.code} {entry.name}: {entry.severity.value}, {entry.category}",
            "",
            f"What it sees: {entry.sees}",
            f"Why it matters: {entry.why}",
            f"How to clear it: {entry.clear}",
            f"Action item: {entry.work.title} ({entry.work.owner}, {entry.work.estimate}, phase {entry.work.phase})",
            *(_shown(example) if example else ()),
        )
    )


def _shown(example: Example) -> Iterator[str]:
    said = {SPEC: example.excerpt} if example.excerpt else {}
    yield from _repository("Where both examples agree:", {**said, **example.shared})
    yield from _repository("The base of both:", example.base)
    result = "cannot be verified" if example.is_doubt else "fails"
    yield from _repository(f"This {result}, at {example.place}:", example.fails)
    yield from _repository("This passes:", example.passes)


def _repository(title: str, files: Files) -> Iterator[str]:
    if files:
        yield from ("", title)
    for path, text in files.items():
        yield f"  {path}" if text is not None else f"  {path} (a symbolic link)"
        yield from (f"    | {line}".rstrip() for line in (text or "").splitlines())
