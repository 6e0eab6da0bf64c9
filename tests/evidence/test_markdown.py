from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence.counts import stated_counts
from bbws_gate.evidence.markdown import Document, names, parse_markdown, plain_text
from bbws_gate.model import Place
from bbws_gate.notation import Malformed

PLAN = """\
# Plan: orders

**Owner**: DevOps Engineer
**Status:** READY
- **Wave**: 2

## Resources

| Name | Count | Notes |
| :--- | ---: | --- |
| `orders` | 2 | a \\| b |
| **users** | 1 |

### Steps

- [ ] `orders-sit` table (GSI: `ByDate`, ByTenant)
  - nested
    text goes on
- [x] done

1. Run it

   ```SH title=x
   # 5 tables

   terraform plan
   ```

> quoted

Setext
------

    indented
"""


def read(text: str) -> Document:
    return parse_markdown(text.encode(), "p.md")


def line(number: int, end: int = 0) -> Place:
    return Place("p.md", number, end or number)


def at(text: str) -> int:
    (number,) = [number for number, content in enumerate(PLAN.splitlines(), 1) if text in content]
    return number


def test_parse_markdown__headings_and_sections() -> None:
    document = read(PLAN)
    assert [(heading.level, heading.text, heading.place.line) for heading in document.headings] == [
        (1, "Plan: orders", 1),
        (2, "Resources", at("## Resources")),
        (3, "Steps", at("### Steps")),
        (2, "Setext", at("Setext")),
    ]
    sections = {row.text: row.section for row in document.lines}
    assert sections["nested"] == ("Plan: orders", "Resources", "Steps")
    assert document.code[-1].section == ("Plan: orders", "Setext")


def test_parse_markdown__metadata() -> None:
    metadata = read(PLAN).metadata
    assert metadata == {"owner": ("DevOps Engineer", line(3)), "status": ("READY", line(4)), "wave": ("2", line(5))}


def test_parse_markdown__first_metadata_counts() -> None:
    assert read("**Owner**: a\n\n**Owner**: b\n").metadata["owner"].value == "a"


def test_parse_markdown__tables() -> None:
    (table,) = read(PLAN).tables
    first = at("| Name")
    assert table.header == ("Name", "Count", "Notes")
    assert [(row.cells, row.place) for row in table.rows] == [
        (("`orders`", "2", "a | b"), line(first + 2)),
        (("**users**", "1", ""), line(first + 3)),
    ]
    assert (table.place, table.section) == (line(first, first + 3), ("Plan: orders", "Resources"))
    assert (table.column("count"), table.column("x", "NAME"), table.column("x")) == (1, 0, None)


def test_parse_markdown__list_items() -> None:
    items = [
        (item.text, item.place.line, item.depth, item.checked) for item in read(PLAN).lines if item.depth and item.section[-1] == "Steps"
    ]
    first = at("- [ ]")
    assert items == [
        ("`orders-sit` table (GSI: `ByDate`, ByTenant)", first, 1, False),
        ("nested", first + 1, 2, None),
        ("text goes on", first + 2, 2, None),
        ("done", first + 3, 1, True),
        ("Run it", at("1. Run it"), 1, None),
    ]


def test_parse_markdown__code_blocks() -> None:
    fence, indented = read(PLAN).code
    first = at("```SH")
    assert (fence.language, fence.place) == ("sh", line(first, first + 4))
    assert [(fact.value, fact.place.line) for fact in fence.lines] == [
        ("# 5 tables", first + 1),
        ("", first + 2),
        ("terraform plan", first + 3),
    ]
    assert fence.text == "# 5 tables\n\nterraform plan"
    assert (indented.language, indented.lines) == ("", (("indented", line(at("    indented"))),))


def test_texts__lines_rows_and_code() -> None:
    texts = [fact.value for fact in read(PLAN).texts()]
    assert {"quoted", "`orders` | 2 | a | b", "terraform plan"} <= set(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** and `code`", "bold and code"),
        ("_x_ snake_case *y*", "x snake_case y"),
        ("[label](https://example.com)", "label"),
        ("2 * 3", "2 * 3"),
    ],
)
def test_plain_text__marks_are_taken_off(text: str, expected: str) -> None:
    assert plain_text(text) == expected


def test_names__what_stands_in_backticks() -> None:
    assert names("`a` and `b c` and ``") == ("a", "b c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All 5 tables and 8 GSIs are ACTIVE", [("index", 8), ("table", 5)]),
        ("- **Tables**: 5", [("table", 5)]),
        ("Tables: 5", [("table", 5)]),
        ("five DynamoDB tables", [("table", 5)]),
        ("**8** global secondary indexes", [("index", 8)]),
        ("1 table", [("table", 1)]),
        ("6 S3 buckets, 12 email templates", [("bucket", 6), ("template", 12)]),
        ("| Property | Value |\n| - | - |\n| Tables | 5 |\n| Number of GSIs | 8 (all) |\n", [("table", 5), ("index", 8)]),
        ("| Tables | 5 | x |\n| - | - | - |\n| Tables | 5 | x |\n", []),
        ("```\n# 5 tables\n```", [("table", 5)]),
        ("version 1.5 tables", []),
        ("2026-01-05 tables", []),
        ("10-20 tables", []),
        ("5 tablespoons", []),
        ("table 5", []),
        ("Tables: 5.5", []),
        ("5 table-level settings", []),
    ],
)
def test_stated_counts__numbers_of_things(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(count.noun, count.number) for count in stated_counts(read(text))] == expected


def test_stated_counts__with_place_and_words() -> None:
    (count,) = stated_counts(read("x\n\nAll **5** tables\n"))
    assert (count.place, count.text) == (line(3), "All 5 tables")


@pytest.mark.parametrize(
    ("text", "why"),
    [("a\n" * 20_001, "more than 20,000 lines"), ("[" * 10_001, "a line longer than 10,000 characters"), ("a\n\xe9", "not UTF-8")],
)
def test_parse_markdown__refused(text: str, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        parse_markdown(text.encode("latin-1"), "p.md")


@pytest.mark.parametrize(
    "text", ["[" * 9_999, "*a " * 3000, ">" * 9_999, "- " * 4_999, "`" * 9_999, "![](" * 2_000, "<" * 9_999, "1 " * 4_999]
)
def test_parse_markdown__hostile_lines_end(text: str) -> None:
    assert len(stated_counts(read(text))) == 0


@given(st.text(alphabet="#*-|`[]> \n\t1a:=~_", max_size=150))
@settings(max_examples=150, deadline=None)
def test_parse_markdown__places_stay_inside_the_document(text: str) -> None:
    document = read(text)
    last = max(1, text.count("\n") + 1)
    places = [item.place for group in (document.headings, document.lines, document.tables, document.code) for item in group]
    places += [row.place for table in document.tables for row in table.rows]
    assert all(1 <= place.line <= place.end_line <= last for place in places)
