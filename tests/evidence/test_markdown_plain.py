"""The quick reader answers as the complete parser does, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence.markdown import complete_blocks, parse_markdown
from bbws_gate.evidence.markdown_plain import plain_blocks

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
KINDS = {"heading_open", "inline", "bullet_list_open", "bullet_list_close", "fence"}
"""Of the complete parser's tokens, those that the quick reader makes."""
PIECES = (
    *(
        "# ",
        "## Title",
        "####### ",
        "#",
        "#x",
        "# a #",
        "- ",
        "- [ ] ",
        "- [x] ",
        "-",
        "--",
        "---",
        "===",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "12",
        "```",
    ),
    *("````", "```yaml", "``` x", "~~~", "> ", "<b>", "<!-- ", "[a]: b", "[a](b)", "|", "| - |", "---|---", ":-:", "    ", " ", "  ", "\t"),
    *(
        "**Status**: ",
        "`code`",
        "``",
        "\\",
        "word",
        "Two words",
        "(x)",
        "'q'",
        "&amp;",
        "\u00a0",
        "\u2028",
        "\r",
        "\x0b",
        "\u00e9",
        "a - b",
        "0",
    ),
)
LINES = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
TAME = st.sampled_from(
    ["# Title", "text", "more text", "- item", "- [x] done", "- [ ] to do", "```", "```sh", "terraform apply", "", "", "**Owner**: a"]
)
TEXTS = st.one_of(st.lists(LINES, max_size=8), st.lists(TAME, max_size=12), st.lists(st.one_of(TAME, LINES), max_size=8)).map("\n".join)


def complete(text: str) -> list[tuple[object, ...]]:
    """What the complete parser says, as far as documents are made from it."""
    found = complete_blocks(text)
    assert {token.type for token in found} <= KINDS | {
        *("heading_close", "paragraph_open", "paragraph_close", "list_item_open", "list_item_close"),
    }
    kept = [token for token in found if token.type in KINDS]
    return [
        (token.type, token.tag if token.type == "heading_open" else "", lines(token), token.content, token.info.strip()) for token in kept
    ]


def lines(token: object) -> tuple[int, ...] | None:
    kind, found = token.type, token.map  # type: ignore[attr-defined]
    return None if kind.startswith("bullet_list") else tuple(found)


@settings(max_examples=400)
@given(TEXTS)
def test_plain_blocks__are_those_of_the_complete_parser(text: str) -> None:
    quick = plain_blocks(text)
    assert quick is None or [tuple(block) for block in quick] == complete(text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_plain_blocks__of_documents_that_people_wrote(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quick = plain_blocks(text)
    assert quick is None or [tuple(block) for block in quick] == complete(text)


@pytest.mark.parametrize(
    "text",
    [
        "# bench\n",
        "# Title\n\nSome text\nand more.\n\n## Use\n\n- one\n- [ ] two\n- [x] three\n\n```sh\nterraform apply\n\n  -auto\n```\nThe end",
        "- one\n\n- two\n# Heading\n- three\n```\n```\n",
        "**Status**: done\n**Owner**: a team\n",
        '12 tables and 3.5 more\n(see below)\n"quoted"',
        "",
    ],
)
def test_plain_blocks__read_what_is_plain(text: str) -> None:
    quick = plain_blocks(text)
    assert quick is not None
    assert [tuple(block) for block in quick] == complete(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "| a | b |\n|---|---|",
            "a | b\n--- | ---",
            "a\n---",
            "a\n===",
            "> a",
            "1. a",
            "* a",
            "+ a",
            "- a\nb",
            "- a\n  b",
            "    a",
            " a",
            "\ta",
        ),
        *(
            "<b>",
            "[a]: b",
            "[a](b)",
            "```",
            "```\n",
            "```\n ```",
            "``` a b\n```",
            "~~~\n~~~",
            "# a #",
            "#",
            "#a",
            "-",
            "- - a",
            "- [a]: b",
            "a\r\nb",
        ),
        *("a\n b", "***", "- 1. a", "- # a", "1.", "a\u2028b", "&nbsp;", "  "),
    ],
)
def test_plain_blocks__leave_the_rest_to_the_complete_parser(text: str) -> None:
    assert plain_blocks(text) is None


def test_parse_markdown__does_not_depend_on_who_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"# A\n\n**Owner**: b\n\n- [x] c\n\n```hcl\nd\n```\n"
    quick = parse_markdown(text, "a.md")
    monkeypatch.setattr("bbws_gate.evidence.markdown.plain_blocks", lambda _: None)
    assert parse_markdown(text, "a.md") == quick
