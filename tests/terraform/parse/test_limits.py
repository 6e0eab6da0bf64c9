"""Bombs: a value or a problem, never a traceback, never more than linear work."""

from __future__ import annotations

import pytest

from bbws_gate.repository.base import MAX_FILE_BYTES
from bbws_gate.terraform.parse import parse_json, parse_json_values

from .shown import body_of, problem_of, shown

DEEP = {
    "brackets": "a = " + "[" * 3000,
    "brackets that close": "a = " + "[" * 3000 + "]" * 3000,
    "parentheses": "a = " + "(" * 3000 + "1" + ")" * 3000,
    "interpolations": "a = " + '"${' * 3000,
    "objects": "a = " + "{a = " * 3000,
    "blocks": "b {\n" * 3000 + "}\n" * 3000,
    "conditionals": "a = " + "x ? 1 : " * 3000 + "2",
    "conditionals inside": "a = " + "x ? " * 3000 + "2" + " : 1" * 3000,
    "sums": "a = " + "1 + " * 3000 + "1",
    "indexes": "a = x" + "[0]" * 300,
    "attributes": "a = x" + ".y" * 3000,
    "full splats": "a = x" + "[*]" * 3000,
    "attribute splats": "a = x" + ".*.y[0]" * 3000,
    "negations": "a = " + "!" * 3000 + "true",
    "negations and parentheses": "a = " + ("!" * 60 + "(") * 60 + "1" + ")" * 60,
    "directives": 'a = "' + "%{ if x }" * 3000 + "%{ endif }" * 3000 + '"',
    "for expressions": "a = " + "[for x in " * 3000,
    "heredocs": "a = " + "<<E\n${" * 3000,
}
LONG = {
    "a plain string": 'a = "' + "x" * 900_000 + '"',
    "escapes": 'a = "' + "\\n" * 400_000 + '"',
    "dollars": 'a = "' + "$" * 900_000 + '"',
    "20,000 attributes": "".join(f"a{number} = 1\n" for number in range(20_000)),
    "3,000 resources": "".join(f'resource "x" "y{number}" {{\n  a = 1\n}}\n' for number in range(3_000)),
    "newlines": "\n" * 900_000,
    "comments": "#\n" * 400_000,
    "blanks before a marker": "a = <<E\n" + " " * 800_000 + "\nE\n",
    "a name": "a" * 900_000 + " = 1",
    "labels": "a" + ' "x"' * 20_000 + " {}",
    "a scope": "a = " + "a::" * 100_000 + "b()",
}
HOSTILE = {
    "comment openers": "/*" * 100_000,
    "open heredocs": "a = <<E\n${1}\n" * 20_000,
    "heredoc openers": "<<" * 100_000,
    "quotes": '"' * 100_000,
    "backslashes": 'a = "' + "\\" * 800_000,
    "dots": "a = x" + "." * 100_000,
    "dots in a number": "a = 1" + "." * 400_000,
    "exponents": "a = " + "1e1" * 200_000,
    "commas": "a = [" + "," * 100_000 + "]",
    "words": "a " * 100_000,
    "blanks after braces": "a = " + ("{" + " " * 8_000) * 90,
    "comments after braces": "a = " + ("{" + "/**/" * 2_000) * 90,
}


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP.keys())
def test_nesting__beyond_a_hundred_is_refused(source: str) -> None:
    code, line, message = problem_of(source + "\n")
    assert (code, message) in {("HCL006", "nested deeper than 100"), ("HCL001", "the heredoc E is never closed")}
    assert line >= 1


@pytest.mark.parametrize(
    "source",
    ["a = " + " || ".join(["x"] * 99), "a = " + "[" * 99 + "]" * 99, "a = " + "x ? 1 : " * 98 + "2", "b {\n" * 99 + "}\n" * 99],
    ids=["operators", "brackets", "conditionals", "blocks"],
)
def test_nesting__up_to_a_hundred_is_read(source: str) -> None:
    body = body_of(source + "\n")
    assert len(body.attributes) + len(body.blocks) == 1


@pytest.mark.parametrize("source", LONG.values(), ids=LONG.keys())
def test_long__is_read(source: str) -> None:
    body_of(source)


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile__is_refused(source: str) -> None:
    code, line, _ = problem_of(source)
    assert code == "HCL001"
    assert line >= 1


@pytest.mark.parametrize("number", ["9" * 100_000, "1e999999", "1e-999999", "1" + "0" * 20_000])
def test_number__out_of_range(number: str) -> None:
    assert problem_of(f"\na = {number}\n") == ("HCL006", 2, "number out of range")
    for parse in (parse_json, parse_json_values):
        parsed = parse(f'{{"locals":\n{{"a": {number}}}}}'.encode(), "a.json")
        assert [(problem.code, problem.place.line) for problem in parsed.problems] == [("HCL006", 2)]


def test_file__too_large_is_refused_unread() -> None:
    assert problem_of(b"#" * (MAX_FILE_BYTES + 1))[0] == "HCL006"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 101 + "]" * 101])
def test_json__nesting_is_refused(text: str) -> None:
    parsed = parse_json_values(f'{{"a": {text}'.encode(), "a.json")
    assert [(problem.code, problem.message) for problem in parsed.problems] == [("HCL006", "nested deeper than 100")]


def test_json__many_items_are_read() -> None:
    parsed = parse_json_values(f'{{"a": [{",".join(["1"] * 20_000)}]}}'.encode(), "a.json")
    assert parsed.problems == ()
    assert parsed.body is not None
    assert len(shown(parsed.body)) > 40_000
