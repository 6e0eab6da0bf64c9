"""The quick reader answers as the complete parser does, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.notation import Mapping, Node
from bbws_gate.notation.yaml import complete
from bbws_gate.notation.yaml_plain import parse_plain

LINES = [
    "a: 1", "b:", "'c': x", '"d e": "y"', "f.g/h-i: arn:aws:iam::1:role/x", "on: yes", "# comment", "", "---", "j: a b  # c", "k: a#b",
    "l: [1, 'q', \"z\", a b, -5, null]", "m: {a: 1, b: [c, d], e: , 'f': {}}", "n: [a,", "  b]", "o: {a:1}", "p: [a: b]", "q: [-, ?, a:b]",
    "r: |", "s: |-", "t: >", "u: |+", "  text", "", "    deeper", "   odd", "v: ~", "w: 0x1F", "x: 012", "y: 1.5e3", "z: .inf",
    "aa: - x", "bb: -x", "cc: x: y", "dd: x:", "ee: 'a' b", "ff: 'it''s'", 'gg: "a\\n"', "hh: a", "  b",
    "ii: &x 1", "jj: *x", "kk: !!str 1",
    "- x", "- a: 1", "  b: 2", "- ", "-", "- - x", "- |", "- [a]", "- {a: b}", "- 'x': y", "? z", "ll: ...", "mm: a\tb", "é: ü", "a: 2",
]  # fmt: skip


def assert_same(text: str) -> Node | None:
    """Give what the quick reader says, having compared it with the complete parser; None when it gives up."""
    found = parse_plain(text)
    if found is not None:
        assert repr(found) == repr(complete(text, "f.yml"))
    return found


@given(st.lists(st.tuples(st.sampled_from([0, 0, 0, 2, 2, 4, 1]), st.sampled_from(LINES)), max_size=7), st.sampled_from(["\n", ""]))
@settings(max_examples=400, deadline=None)
def test_parse_plain__lines_that_people_write(lines: list[tuple[int, str]], end: str) -> None:
    assert_same("\n".join(" " * indent + line for indent, line in lines) + end)


@given(st.text(alphabet="ab:- #'\"[]{},|\n\\1 &*", max_size=30))
@settings(max_examples=200, deadline=None)
def test_parse_plain__any_characters(text: str) -> None:
    assert_same(text)


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[2].glob("examples/*/.github/**/*.yml")), ids=str)
def test_parse_plain__reads_the_examples(path: Path) -> None:
    assert assert_same(path.read_text()) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "---\na: 1\n",
        "a:\n- b\n- c: 1\n  d: 2\ne:\n    f: g\n",
        "a: |\n  b\n\n   c\n\nd: 1\n",
        "- a: |-\n    x\n  b: y\n- c\n",
        "a: {b: [c, 'd'], \"e\": 1}  # f\n",
        "a: http://x.y/z:1 b\n",
        "a:\nb: ~\n",
    ],
)
def test_parse_plain__reads_what_is_plain(text: str) -> None:
    assert isinstance(assert_same(text), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "", "# only\n", "a", "a: 1\na: 2\n", "a: &x 1\n", "a: *x\n", "a: !x 1\n", "a: >\n  b\n",
        "a: |+\n  b\n", "a: |2\n   b\n", "a: b\n  c\n",
        "a: 'it''s'\n", 'a: "\\n"\n', "a: 'b\n  c'\n", "a: [b,\n c]\n", "? a\n", "a: b: c\n",
        "%YAML 1.2\n---\na: 1\n", "a: 1\n---\nb: 2\n", "a:\tb\n",
        "a: 1\r\n", "a: .nan\n", "a: " + "9" * 50 + "\n", "a: |\n  b", "a:\n   b: 1\n  c: 2\n",
        "- a\nb: 1\n", "a: [b, ]\n", "a: {b}\n", "a: \u2028\n",
        "".join(" " * depth + "a:\n" for depth in range(80)), "a: " + "[" * 80 + "]" * 80 + "\n", "[a, b]\n",
    ],
)  # fmt: skip
def test_parse_plain__gives_up_on_the_rest(text: str) -> None:
    assert parse_plain(text) is None


def test_parse_plain__number_of_nodes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bbws_gate.notation.yaml_plain.MAX_NODES", 10)
    assert parse_plain("- a\n" * 20) is None
    assert isinstance(parse_plain("a: [b, c]\n"), Mapping)
