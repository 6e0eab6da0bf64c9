"""What the quick reader answers is what the complete one does: on every page of the snapshots, and on generated Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.render.page import Reader
from bbws_gate.render.quick_html import quick_html, sections

SNAPSHOTS = sorted((Path(__file__).parent / "snapshots").glob("*.md"))
DOCUMENTS = [path for path in SNAPSHOTS if "_sit_" in path.name]

_PIECES = [
    "word",
    "`code`",
    "`a|b`",
    "`a\\|b`",
    "``a`b``",
    "**strong, blocks**",
    "**a",
    "<br>",
    "<b>",
    "&amp;",
    "[x](https://a.b)",
    "[ ] ",
    "[a]",
]
_PIECES += [
    "\\",
    "*",
    "_x_",
    "` `",
    "`` ` ``",
    '"',
    "'",
    ">",
    "1.",
    "# ",
    "é",
    "\u2714",
    "|",
    "\\|",
    "!",
    "https://a.b",
    "  ",
    "\t",
    "- ",
    "~~~",
    "```",
]
_LINES = [
    "",
    "- ",
    "  - ",
    "    - ",
    "| ",
    "| --- | ---: |",
    "| --- |",
    "# ",
    "## ",
    "> ",
    "1. ",
    "```",
    "````",
    "    ",
    "---",
    "===",
    "~~~",
    "[a]: b",
]
line = st.builds(
    lambda start, pieces, end: start + " ".join(pieces) + end,
    st.sampled_from(_LINES),
    st.lists(st.sampled_from(_PIECES), max_size=5),
    st.sampled_from(["", " |", " | word |"]),
)
document = st.lists(line, max_size=12).map("\n".join)


def whole(markdown: str) -> str:
    """The same by the complete reader alone."""
    return Reader("n", {}).complete(markdown)


def pieced(markdown: str) -> str:
    reader = Reader("n", {})
    return "".join(
        reader.complete(heading) + (reader.complete(body) if (html := quick_html(body, reader.line)) is None else html)
        for heading, body in sections(markdown)
    )


@pytest.mark.parametrize("path", SNAPSHOTS, ids=lambda path: path.stem)
def test_quick_html__of_every_page_is_what_the_complete_reader_makes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert pieced(text) == whole(text)


def test_quick_html__reads_most_of_the_documents() -> None:
    bodies = [body for path in DOCUMENTS for _, body in sections(path.read_text(encoding="utf-8"))]
    quick = sum(len(body) for body in bodies if quick_html(body, lambda text: text) is not None)
    assert quick > 0.75 * sum(map(len, bodies))


@settings(max_examples=400)
@given(document)
def test_quick_html__of_any_markdown_is_what_the_complete_reader_makes(markdown: str) -> None:
    assert pieced(markdown) == whole(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "- a\n- b\n\n- c",
        "- a\n  - b\n\ntext",
        "- a\n\n- b\n  - c\n  - d\n\n## x\n\n- e",
        "- [ ] a `b`\n- [x] c",
        "text\n\n| a | b |\n| --- | ---: |\n| `x\\|y` | **bad**<br>z |\n\n- d",
        "| a |\n| --- |",
        "| a | b |\n| --- | --- |\n| only one |",
        "```\n# no heading\n```\n# heading",
        "````\n```\n# no heading\n````\n# heading",
        "- a\n  ```\n# heading\n  ```",
        "# a |\n| --- |",
        "[a]\n\n# x\n\n[a]: https://a.b",
        "a **b** and **c** `**d**`",
    ],
)
def test_quick_html__is_as_exact_where_it_is_used_most(markdown: str) -> None:
    assert pieced(markdown) == whole(markdown)
