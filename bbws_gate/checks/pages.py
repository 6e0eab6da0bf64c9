"""``docs/checks.md`` and ``docs/checks/*.md``: an index of all checks, and a page for each family with an example of each check.

``python -m bbws_gate.checks.pages --write FOLDER`` writes them into ``docs``; ``--check FOLDER`` says which are stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from bbws_gate.checks.base import Check
from bbws_gate.checks.catalogue import all_checks
from bbws_gate.checks.example import SPEC, Example, Files, example_of

_GENERATED = "<!-- Generated from the checks' own words and examples by `make docs`. -->"
_LANGUAGES = {
    ".tf": "hcl",
    ".tfvars": "hcl",
    ".hcl": "hcl",
    ".yml": "yaml",
    ".json": "json",
    ".py": "python",
    ".md": "markdown",
    ".sh": "sh",
}


def pages() -> dict[str, str]:
    """Every page's text by its path under ``docs``."""
    families = [(name, tuple(group)) for name, group in groupby(sorted(all_checks(), key=_family), key=_family)]
    found = {"checks.md": "\n".join(_index(families)) + "\n"}
    for name, entries in families:
        found[f"checks/{slug(name)}.md"] = "\n".join(_page(name, entries)) + "\n"
    return found


def _family(entry: Check) -> str:
    return entry.category


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading; also a family's file name."""
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def _heading(entry: Check) -> str:
    return f"{entry.code} {entry.name}"


def _index(families: Iterable[tuple[str, tuple[Check, ...]]]) -> Iterator[str]:
    yield from (
        "# Checks",
        "",
        _GENERATED,
        "",
        "A check turns the promotion spec and what the repository holds into lines of the checklist: pass, fail, or unverified",
        "with the reason. A failed line is a finding, `CODE/subject`. The spec's `severity` changes how bad one is; `waivers` accept",
        "one for a time. `bbws-gate explain CODE` prints what stands here.",
        "",
        "Every check has an example that fails and one that passes. Both are tests: the first gives exactly the finding that is named,",
        "at that line; the second gives none.",
    )
    for name, entries in families:
        page = f"checks/{slug(name)}.md"
        yield from ("", f"## [{name}]({page})", "", "| code | the fault | severity |", "| --- | --- | --- |")
        for entry in entries:
            yield f"| [{entry.code}]({page}#{slug(_heading(entry))}) | {entry.name.replace('-', ' ')} | {entry.severity.value} |"


def _page(name: str, entries: Iterable[Check]) -> Iterator[str]:
    yield from (f"# {name}", "", _GENERATED, "", "[All checks](../checks.md)")
    for entry in entries:
        yield from (
            "",
            f"## {_heading(entry)}",
            "",
            f"Severity **{entry.severity.value}**. Action item: *{entry.work.title}* ({entry.work.owner}, {entry.work.estimate}).",
            "",
            f"**What it sees.** {_prose(entry.sees)}",
            "",
            f"**Why it matters.** {entry.why}",
            "",
            f"**How to clear it.** {entry.clear}",
        )
        example = example_of(entry.code)
        if example is not None:
            yield from _example(example)


def _prose(text: str) -> str:
    """Docstrings mark literals with two backticks, Markdown with one."""
    return text.replace("``", "`")


def _example(example: Example) -> Iterator[str]:
    said = {SPEC: example.excerpt} if example.excerpt else {}
    common = {**said, **example.shared}
    if common:
        yield from ("", "Both examples have:")
        yield from _files(common)
    if example.base:
        yield from ("", "On the base branch:")
        yield from _files(example.base)
    result = "cannot be verified" if example.is_doubt else f"fails with `{example.id}`"
    yield from ("", f"❌ This {result} at `{example.place}`:")
    yield from _files(example.fails)
    yield from ("", "✅ This passes:")
    yield from _files(example.passes)


def _files(files: Files) -> Iterator[str]:
    for path, text in files.items():
        yield ""
        if text is None:
            yield f"`{path}` is a symbolic link."
            continue
        fence = "````" if "```" in text else "```"
        yield from (f"`{path}`", "", f"{fence}{_LANGUAGES.get(PurePosixPath(path).suffix, 'text')}", text.rstrip("\n"), fence)


def main(words: list[str]) -> int:
    """Write the pages into a folder, or compare them with what they should be; 1 when one is stale."""
    match words:
        case ["--write", folder]:
            for path, text in pages().items():
                page = Path(folder, path)
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(text, encoding="utf-8")
            for extra in _strangers(Path(folder)):
                extra.unlink()
            return 0
        case ["--check", folder]:
            stale = [path for path, text in pages().items() if not _says(Path(folder, path), text)]
            stale += [str(extra.relative_to(folder)) for extra in _strangers(Path(folder))]
            for path in stale:
                sys.stderr.write(f"{Path(folder, path)} is stale: run `make docs`\n")
            return 1 if stale else 0
        case _:
            sys.stderr.write("usage: python -m bbws_gate.checks.pages --write FOLDER | --check FOLDER\n")
            return 2


def _says(page: Path, text: str) -> bool:
    return page.is_file() and page.read_text(encoding="utf-8") == text


def _strangers(folder: Path) -> list[Path]:
    """Pages of families that are no more."""
    return sorted(path for path in folder.glob("checks/*.md") if f"checks/{path.name}" not in pages())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
