from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bbws_gate.govern.commands import MAX_COMMANDS, Approve, Ask, Decide, Explain, Misspoken, Revoke, Waive, parse


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/gate status", Ask("status")),
        ("/gate recheck", Ask("recheck")),
        ("/gate help", Ask("help")),
        ("/gate explain TBL001", Explain("TBL001")),
        ("/gate approve dba 1a2b3c4", Approve("dba", "1a2b3c4")),
        ("Looks good.\n/gate approve dba 1a2b3c4\nThanks!", Approve("dba", "1a2b3c4")),
        ("/gate\tapprove  dba 1a2b3c4\r\n", Approve("dba", "1a2b3c4")),
        ("/gate decide names A", Decide("names", "A", "")),
        ("/gate decide names A because  so", Decide("names", "A", "because so")),
        ("/gate waive TBL001/table/orders until 2026-02-01 comes later", Waive("TBL001/table/orders", "2026-02-01", "comes later")),
        ("/gate waive TBL001/* until 2026-02-01 x", Waive("TBL001/*", "2026-02-01", "x")),
        ("/gate revoke approve dba", Revoke("approve", "dba")),
        ("/gate revoke decide names", Revoke("decide", "names")),
        ("/gate revoke waive TBL001/table/orders", Revoke("waive", "TBL001/table/orders")),
        ("> quoted\n\n/gate status", Ask("status")),
        ("```\ncode\n```\n/gate status", Ask("status")),
        ("<!-- hidden -->\n\n/gate status", Ask("status")),
    ],
)
def test_parse__one_command(text: str, command: object) -> None:
    assert parse(text) == (command,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " /gate status",
        "    /gate status",
        "please /gate status",
        "`/gate status`",
        "> /gate status",
        "- /gate status",
        "/gates status",
        "/Gate status",
        "/gate\u200b approve dba 1a2b3c4",
        "text\u2028/gate status",
        "```\n/gate status\n```",
        "```\n/gate status",
        "~~~ text\n/gate status\n```\n/gate help\n~~~",
        "````\n```\n/gate status\n````",
        "<!--\n/gate status\n-->",
        "<!--\n\n/gate status\n\n-->",
        "<pre>\n\n/gate status\n\n</pre>",
        "<div>\n/gate status\n</div>",
        "<?php\n\n/gate status\n?>",
    ],
)
def test_parse__what_is_no_command_is_not_heard(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("/gate", "say what"),
        ("/gate aprove dba 1a2b3c4", "did you mean approve?"),
        ("/gate approve", "write `/gate approve <role> <commit>"),
        ("/gate approve dba", "say which commit"),
        ("/gate approve dba 1a2b3", "7 to 64 hexadecimal digits"),
        ("/gate approve dba HEAD", "7 to 64 hexadecimal digits"),
        ("/gate approve dba 1a2b3c4 lead", "nothing follows"),
        ("/gate approve/../", "no such command"),
        ("/gate approve ../x 1a2b3c4", "write `/gate approve"),
        ("/gate decide names", "write `/gate decide"),
        ("/gate waive TBL001/x until 2026-02-01", "write `/gate waive"),
        ("/gate waive TBL001/x until 2026-02-30 why", "no date"),
        ("/gate waive TBL001 until 2026-02-01 why", "named by its id"),
        ("/gate waive */x until 2026-02-01 why", "named by its id"),
        ("/gate waive TBL001/x 2026-02-01 why", "write `/gate waive"),
        (f"/gate waive TBL001/x until 2026-02-01 {'y' * 400}", "more than 300 characters"),
        (f"/gate waive TBL001/x until 2026-02-01 {'y' * 10_000}", "longer than 1000 characters"),
        ("/gate revoke dba", "write `/gate revoke"),
        ("/gate explain orders", "has a code"),
        ("/gate status now", "write `/gate status"),
        ("> quoted\n/gate status", "leave an empty line"),
        ("`code\n/gate status\n`", "leave an empty line"),
        ("text <!-- hidden\n/gate status\n-->", "leave an empty line"),
    ],
)
def test_parse__what_almost_is_one_says_why(text: str, why: str) -> None:
    (found,) = parse(text)
    assert isinstance(found, Misspoken)
    assert why in found.why


def test_parse__so_many_and_no_more() -> None:
    found = parse("/gate status\n" * 1_000)
    assert len(found) == MAX_COMMANDS + 1
    assert isinstance(found[-1], Misspoken)


_PIECES = st.sampled_from(
    [
        "/gate status",
        "> ",
        ">",
        "```",
        "~~~",
        "````",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<div>",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "    ",
        "- ",
        "1. ",
        "`",
        "text",
        "\t",
        "<?",
        "?>",
        "\\",
        "[a]: ",
        "<a href='",
        "'>",
        "---",
        "#",
        "|",
        "\u2028",
    ]
)


def _said_in_paragraphs(text: str) -> int:
    """How many commands stand at the beginning of a line of a top-level paragraph, as a CommonMark parser sees it."""
    count = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "inline" or token.level != 1:
            continue
        at_start = True
        for child in token.children or ():
            count += at_start and child.type == "text" and child.content.startswith("/gate status")
            at_start = child.type in ("softbreak", "hardbreak")
    return count


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_parse__never_hears_what_markdown_does_not_show_as_a_line_of_its_own(text: str) -> None:
    heard = sum(command == Ask("status") for command in parse(text))
    assert heard <= _said_in_paragraphs(text)


@given(st.text(max_size=200).map(lambda text: f"/gate {text}"))
def test_parse__any_words_give_commands_or_reasons(text: str) -> None:
    for command in parse(text):
        assert not isinstance(command, Misspoken) or command.why
