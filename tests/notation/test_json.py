from __future__ import annotations

import json as reference
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bbws_gate.notation import Malformed, Mapping, Sequence, json
from bbws_gate.notation.node import plain
from tests.notation.test_yaml import as_tuples


def refusal(text: str | bytes) -> str:
    with pytest.raises(Malformed) as caught:
        json.parse(text.encode() if isinstance(text, str) else text, "f.json")
    return str(caught.value)


def test_parse__lines() -> None:
    root = json.parse(b'{\n  "a": 1,\n  "b": [\n    true, null,\n    {"c": "\\u0070"}\n  ]\n}\n', "f.json")
    assert isinstance(root, Mapping)
    assert (root.line, root.end_line, root.lines) == (1, 7, {"a": 2, "b": 3})
    items = root.items["b"]
    assert isinstance(items, Sequence)
    assert (items.line, items.end_line) == (3, 6)
    assert [item.line for item in items.items] == [4, 4, 5]
    assert plain(root) == {"a": 1, "b": (True, None, {"c": "p"})}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,\n "a": 2}', "f.json:2: duplicate key 'a', first set in line 1"),
        ('{"a": NaN}', "f.json:1: not JSON: 'NaN' where a value should be"),
        ("[1,\n -Infinity]", "f.json:2: not JSON: '-Infinity' where a value should be"),
        ("[1e999999]", "f.json:1: number out of range"),
        ("9" * 5000, "f.json:1: number out of range"),
        ("[012]", "f.json:1: not JSON: '012' where a value should be"),
        ("[+1]", "f.json:1: not JSON: '+1' where a value should be"),
        ("[.5]", "f.json:1: not JSON: '.5' where a value should be"),
        ("[1,]", "f.json:1: not JSON: ',' before ']'"),
        ('{"a": 1,}', "f.json:1: not JSON: ',' before '}'"),
        ("{a: 1}", "f.json:1: not JSON: a key in double quotes should be here"),
        ('{"a" 1}', "f.json:1: not JSON: ':' should be here"),
        ('{"a": 1 "b": 2}', "f.json:1: not JSON: ',' or '}' should be here"),
        ("[1 2]", "f.json:1: not JSON: ',' or ']' should be here"),
        ("[1] x", "f.json:1: not JSON: something after the end of the value"),
        ("", "f.json:1: not JSON: ends too early"),
        ('{"a":', "f.json:1: not JSON: ends too early"),
        ("[1,", "f.json:1: not JSON: ends too early"),
        ("[@]", "f.json:1: not JSON: '@' where a value should be"),
        ('["\\ud800"]', "f.json:1: a lone surrogate is not text"),
        ('{"a": "x\n"}', "f.json:1: not JSON: Invalid control character at"),
        (b'["\xe9"]', "f.json:1: not UTF-8: byte 0xe9"),
        ("[" * 100_000, "f.json:1: nested deeper than 64"),
        ('{"a":' * 100_000, "f.json:1: nested deeper than 64"),
        ("[" + "1," * 100_001 + "1]", "f.json:1: more than 100,000 values"),
    ],
)
def test_parse__refused_with_the_line(text: str | bytes, expected: str) -> None:
    assert refusal(text) == expected


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \n\\u', max_size=60))
@settings(max_examples=200, deadline=None)
def test_parse__agrees_with_the_standard_library(text: str) -> None:
    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        theirs = as_tuples(reference.loads(text, parse_float=Decimal, parse_constant=refuse))
    except ValueError:
        assert "f.json:" in refusal(text)
        return
    try:
        assert plain(json.parse(text.encode(), "f.json")) == theirs
    except Malformed as error:
        assume(any(word in error.why for word in ("duplicate key", "lone surrogate", "out of range")))  # where ours is stricter
