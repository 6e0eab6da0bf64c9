"""What is written reads back as it was, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.draft.yaml_text import Block, Entry, Item, Note, Value, written
from bbws_gate.notation import yaml
from bbws_gate.notation.node import plain

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def _read(block: Block) -> object:
    return plain(yaml.parse(written(block).encode(), "draft.yml"))


def _tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return {key: _tuples(inner) for key, inner in value.items()} if isinstance(value, dict) else value


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5), _TEXT)
def test_written__any_value_and_any_comment__reads_back(values: dict[str, Value], comment: str) -> None:
    block = Block((Note(comment), *(Entry(key, value, comment) for key, value in values.items()), Note(comment)))
    assert _read(block) == _tuples(values)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=3), min_size=1, max_size=4), _TEXT)
def test_written__any_items__read_back(items: list[Value], comment: str) -> None:
    block = Block((Entry("resources", Block(tuple(Item(item, comment) for item in items))),))
    assert _read(block) == {"resources": _tuples(items)}


@pytest.mark.parametrize(
    "text", ["no", "on", "true", "null", "~", "", " ", "1", "0x10", "1.5", "- a", "a: b", "a #b", "*a", "&a", "!a", ".inf", "@a"]
)
def test_written__text_that_yaml_takes_for_something_else__stays_text(text: str) -> None:
    assert _read(Block((Entry("key", [text, {text: text}]),))) == {"key": (text, {text: text})}


@pytest.mark.parametrize("text", ["eu-west-1", "v1.0.0-sit", "2026-01-13", ".github/workflows/deploy.yml", "scripts/a_b.py"])
def test_written__plain_words__stand_without_quotes(text: str) -> None:
    assert written(Block((Entry("key", text),))) == f"key: {text}\n"


def test_written__comment_with_line_breaks__stays_one_line() -> None:
    text = written(Block((Entry("key", 1, "a\nroot: /\r\u2028b\x1b[31m"),)))
    assert text == "key: 1  # a root: / b [31m\n"


def test_written__wide_value__becomes_a_block_with_its_comment() -> None:
    names = [f"a-rather-long-name-{number}" for number in range(10)]
    lines = written(Block((Entry("names", names, "why"),))).splitlines()
    assert lines[0] == "names:  # why"
    assert lines[1:] == [f"  - {name}" for name in names]


def test_written__lone_surrogate__is_replaced_rather_than_written() -> None:
    assert _read(Block((Entry("key", "a\ud800b"),))) == {"key": "a\ufffdb"}
