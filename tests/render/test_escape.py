"""What comes from a repository is shown, and nothing in it acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bbws_gate.render.escape import (
    basic_plane,
    cut,
    html_text,
    markdown_block,
    markdown_cell,
    markdown_code,
    markdown_inline,
    markdown_link,
    one_line,
    pipes,
    visible,
)

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "@octocat", "&#64;octocat", "&commat;x", "\\@x", "@org/everyone", "user@0123456789abcdef0123456789abcdef01234567",
    "a`b", "`" * 20, "`" * 200, "`", "``x`", " `", "a|b", "a\\|b", "\\", "|", "a\nb", "a\r\nb", "\t",
    "-->", "<!-- bbws-gate:v1 -->", "</details>", "<details open>", "<img src=x>", "![x](http://evil/p.png)", "[a](javascript:x)",
    "[a]: http://evil", "<http://evil>", "http://evil", "www.evil.com", "WWW.evil.com", "(www.evil.com)",
    "#1", "other/repo#1", "GH-1", "gh-1.",
    "JIRA-12", "0123456789abcdef0123456789abcdef01234567", "deadbee", "GHSA-abcd-efgh-ijkl", "✅ GATE PASSED",
    "# Verdict: PASS", "- [x] done",
    "* x", "+ x", "1. x", "1) x", "> x", "===", "---", "***", "~~x~~", "__x__", "*x*", ":tada:", "$x$", "$`x`$", "[^1]", "[x]", "\ud800",
    "\u202eevil", "pro\u200bd", "\U000e0041", "\x1b[2K", "\x00", "   ", "", "a  b", "=", "= =", "\u2028", "\u00a0", "''", "()", "((`))",
]  # fmt: skip


def leaves(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (leaves(token.children) if token.children else [token])]


def acting(tokens: list[Token]) -> list[str]:
    """Everything in a parsed document that would act on GitHub, beside the quoted data itself."""
    tame = {"text", "code_inline", "softbreak", "em_open", "em_close", "fence"}
    found = [token.type for token in leaves(tokens) if token.type not in tame and token.type.split("_")[0] not in STRUCTURE]
    words = " ".join(token.content for token in leaves(tokens) if token.type == "text")
    found += re.findall(r"@\S+|#[0-9]|[A-Za-z]-[0-9]|://|(?i:www\.)|\b[0-9a-f]{7,}\b|:[a-z_]+:|[$<>&|\\*_~\[\]`]", words)
    return found


STRUCTURE = {"paragraph", "bullet", "list", "inline", "table", "thead", "tbody", "tr", "th", "td"}


def shown(tokens: list[Token]) -> str:
    return "".join(token.content for token in leaves(tokens) if token.type in ("text", "code_inline"))


@pytest.mark.parametrize("text", HOSTILE)
def test_inline__nothing_acts(text: str) -> None:
    parsed = GFM.parse(f"- Title: {markdown_inline(text)}\n- {markdown_inline(text)}\n")
    assert acting(parsed) == []
    assert [token.type for token in parsed if token.level == 0] == ["bullet_list_open", "bullet_list_close"]
    assert sum(token.type == "list_item_open" for token in parsed) == 2


@settings(max_examples=300)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=6).map(" ".join))
def test_inline__nothing_acts_whatever_is_joined(text: str) -> None:
    assert acting(GFM.parse(f"- {markdown_inline(text)}\n")) == []


@settings(max_examples=300)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(alphabet="`|\\ \na@#<", max_size=8), max_size=5).map("".join))
def test_cell__row_keeps_its_cells(text: str) -> None:
    row = f"| a | b | c |\n| --- | --- | --- |\n| {markdown_cell(text)} | {pipes(markdown_code(text))} | end |\n"
    parsed = GFM.parse(row)
    assert [token.type for token in parsed].count("td_open") == 3
    assert acting(parsed) == []
    assert leaves(parsed)[-3].content == "end" or "end" in shown(parsed)
    assert all(token.children for token in parsed if token.type == "inline")


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]) | st.sampled_from("`| \\"), min_size=1, max_size=30))
def test_code__shows_the_text_itself(text: str) -> None:
    spans = [token for token in leaves(GFM.parse(f"x {markdown_code(text)} y")) if token.type == "code_inline"]
    if text.strip(" "):
        assert [span.content for span in spans] == [text]
    else:
        assert spans[0].content == f"<U+0020 x {len(text)}>"


@settings(max_examples=300)
@given(st.text(alphabet=st.characters() | st.sampled_from("`~\n\r "), max_size=60))
def test_block__is_one_block(text: str) -> None:
    parsed = GFM.parse(f"before\n\n{markdown_block(text)}\n\nafter\n")
    assert [token.type for token in parsed if token.level == 0] == [
        "paragraph_open", "paragraph_close", "fence", "paragraph_open", "paragraph_close",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Table orders is missing", "Table orders is missing"),
        ("add it (or take it out): both are fine.", "add it (or take it out): both are fine."),
        ("set aws_dynamodb_table.orders, then apply", "set `aws_dynamodb_table.orders`, then apply"),
        ('expected "{name}-{env}"', 'expected "`{name}-{env}`"'),
        ("account 815856636111", "account `815856636111`"),
        ("1. first", "`1`. first"),
        ("7 days, 30 % → daily", "7 days, 30 `%` → daily"),
        ("two\nlines", "two lines"),
        ("prod\u202e", "`prod<U+202E>`"),
        ("no `|| true`, `set -o pipefail` before (`a b`).", "no `|| true`, `set -o pipefail` before (`a b`)."),
        ("if: ${{ !inputs.skip_validation }} holds", "if: `${{ !inputs.skip_validation }}` holds"),
        ("one ` alone, a`b c`d", "one `` ` `` alone, ``a`b`` ``c`d``"),
        ("a `@octocat`` b", "a ``` `@octocat`` ``` b"),
        ("cut short …", "cut short …"),
    ],
)
def test_inline__reads_as_prose(text: str, expected: str) -> None:
    assert markdown_inline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("pro\u200bd", "pro<U+200B>d"),
        ("\ud800", "<U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("a\nb", "a<U+000A>b"),
        ("\u00a0\u3164\ufe0f", "<U+00A0><U+3164><U+FE0F>"),
        ("é漢🙂", "é漢🙂"),
    ],
)
def test_visible__spells_out_what_cannot_be_seen(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_block__keeps_tabs_and_lines() -> None:
    assert markdown_block("a\tb\r\n```\n\x1b", "hcl") == "````hcl\na\tb\n```\n<U+001B>\n````"


def test_code__many_backticks_are_counted() -> None:
    assert markdown_code("`" * 200) == "`<U+0060 x 200>`"


def test_html_text__quotes_and_angles() -> None:
    assert html_text('<a href="x">\u202e') == "&lt;a href=&quot;x&quot;&gt;&lt;U+202E&gt;"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://h/a b(c).tf#L1", "[`x]`](https://h/a%20b%28c%29.tf#L1)"),
        ("javascript:alert(1)", "`x]`"),
        ("https://", "`x]`"),
        ("https://[", "`x]`"),
    ],
)
def test_link__only_to_addresses(url: str, expected: str) -> None:
    assert markdown_link("x]", url) == expected


def test_one_line__collapses_and_cuts() -> None:
    assert one_line("  a \n\n b\tc ", 4) == "a b…"
    assert one_line(" " * 90 + "a", 4) == "…"
    assert cut("abc", 3) == "abc"


@given(st.text(max_size=40), st.integers(2, 20))
def test_limit__is_kept_and_told(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line == one_line(text) or line.endswith("…")
    assert len(markdown_code(text, limit).strip("` ")) <= max(limit, len("<U+0020 x 20>"))


def test_basic_plane__spells_out_the_rest() -> None:
    assert basic_plane("a🙂é") == "a<U+1F642>é"
