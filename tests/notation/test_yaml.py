from __future__ import annotations

import io
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bbws_gate.notation import Malformed, Mapping, Scalar, Sequence, yaml
from bbws_gate.notation.node import plain


def values(text: str) -> object:
    return plain(yaml.parse(text.encode(), "f.yml"))


def refusal(text: str | bytes, *, aliases: bool = False) -> str:
    with pytest.raises(Malformed) as caught:
        yaml.parse(text.encode() if isinstance(text, str) else text, "f.yml", aliases=aliases)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: ", {"a": None}),
        ("a: ~", {"a": None}),
        ("a: true", {"a": True}),
        ("a: yes", {"a": "yes"}),
        ("on: push", {"on": "push"}),
        ("true: x", {"true": "x"}),
        ("1: x", {"1": "x"}),
        ("a: 012", {"a": 12}),
        ("a: 0o14", {"a": 12}),
        ("a: 0x0C", {"a": 12}),
        ("a: -3", {"a": -3}),
        ("a: 1.50", {"a": Decimal("1.50")}),
        ("a: 1e3", {"a": Decimal(1000)}),
        ("a: .5", {"a": Decimal("0.5")}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2026-01-13", {"a": "2026-01-13"}),
        ("a: 2001-99-99", {"a": "2001-99-99"}),
        ('a: "815856636111"', {"a": "815856636111"}),
        ("a: '1'", {"a": "1"}),
        ("a: {b: [1, x]}", {"a": {"b": (1, "x")}}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("\ufeffa: 1", {"a": 1}),
        ("a: é", {"a": "é"}),
    ],
)
def test_parse__values(text: str, expected: object) -> None:
    assert values(text) == expected


def test_parse__lines() -> None:
    text = "# head\nfirst:\n  - a\n  - b: 1\n    c: |\n      x\n      y\n\nflow: {\n  d: 2\n}\nlast: x\n"
    root = yaml.parse(text.encode(), "f.yml")
    assert isinstance(root, Mapping)
    assert root.lines == {"first": 2, "flow": 9, "last": 12}
    first, flow = root.items["first"], root.items["flow"]
    assert isinstance(first, Sequence)
    assert (first.line, first.end_line) == (3, 7)
    entry = first.items[1]
    assert isinstance(entry, Mapping)
    assert entry.lines == {"b": 4, "c": 5}
    script = entry.items["c"]
    assert isinstance(script, Scalar)
    assert (script.line, script.end_line, script.style) == (5, 7, "|")
    assert (flow.line, flow.end_line) == (9, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("permissions: read\nother: 1\npermissions: write\n", "f.yml:3: duplicate key 'permissions', first set in line 1"),
        ("a: 1\n'a': 2\n", "f.yml:2: duplicate key 'a', first set in line 1"),
        ("a:\n  b: {c: 1, c: 2}\n", "f.yml:2: duplicate key 'c', first set in line 2"),
        ("a: &x 1\nb: *x\n", "f.yml:1: anchor &x (anchors and aliases are not accepted)"),
        ("b: *x\n", "f.yml:1: alias *x (anchors and aliases are not accepted)"),
        ("a: !!str 1\n", "f.yml:1: tag tag:yaml.org,2002:str (tags are not accepted)"),
        ("? [1, 2]\n: x\n", "f.yml:1: a key that is not text"),
        ("a: 1\n---\nb: 2\n", "f.yml:2: more than one YAML document"),
        ("a: .nan\n", "f.yml:1: .nan is not a number that can be compared"),
        ("a:\n  - -.inf\n", "f.yml:2: -.inf is not a number that can be compared"),
        (f"a: {'9' * 5000}\n", "f.yml:1: number out of range"),
        ("a: 1e999999\n", "f.yml:1: number out of range"),
        (f"a: 0x{'f' * 100}\n", "f.yml:1: number out of range"),
        ('a: "\\ud800"\n', "f.yml:1: a lone surrogate is not text"),
        (b"\xff\xfea\0", "f.yml:1: UTF-16, not UTF-8"),
        (b"a: 1\nb: \xe9\n", "f.yml:2: not UTF-8: byte 0xe9"),
    ],
)
def test_parse__refused_with_the_line(text: str | bytes, expected: str) -> None:
    assert refusal(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: [1\n",
        "a: b: c\n",
        "\ta: 1\n",
        "a: 'x\n",
        "a: \0\n",
        "- a\nb: 1\n",
        'a: "\\UFFFFFFFF"\n',
        "%YAML 9.9.9\n---\na\n",
        "%YAML 3.0\n---\na\n",
    ],
)
def test_parse__broken_text_is_one_line(text: str) -> None:
    message = refusal(text)
    assert message.startswith("f.yml:")
    assert "\n" not in message


def test_parse__tag_makes_no_object(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    assert "tags are not accepted" in refusal(f"a: !!python/object/apply:os.system ['touch {canary}']\n")
    assert not canary.exists()


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 5000, "- " * 5000, "".join(" " * n + "a:\n" for n in range(200))])
def test_parse__depth_is_bounded(text: str) -> None:
    assert "nested deeper than 64" in refusal(text)


def test_parse__number_of_nodes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "MAX_NODES", 100)
    assert "more than 100 nodes" in refusal("[" + "1," * 100 + "]")


def test_aliases__repeat_the_node_where_they_are_allowed() -> None:
    text = b"a: &x {b: 1}\nc: *x\nd: [*x, *x]\n"
    assert plain(yaml.parse(text, "f.yml", aliases=True)) == {"a": {"b": 1}, "c": {"b": 1}, "d": ({"b": 1}, {"b": 1})}


def test_aliases__bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert "YAML aliases expand past 100,000 nodes" in refusal("\n".join(lines), aliases=True)


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "a: *x\nb: &x 1\n"])
def test_aliases__without_a_finished_anchor_are_refused(text: str) -> None:
    assert "without an anchor before it" in refusal(text, aliases=True)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_parse__any_text_is_read_or_refused(text: str) -> None:
    with suppress(Malformed):
        yaml.parse(text.encode("utf-8", "surrogatepass"), "f.yml", aliases=True)


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=20).filter(str.isprintable),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8).filter(str.isprintable), inner, max_size=3),
    max_leaves=10,
)


def as_tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(as_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: as_tuples(item) for key, item in value.items()}
    return value


@given(plain_values)
@settings(max_examples=80, deadline=None)
def test_parse__gives_back_what_another_library_wrote(value: object) -> None:
    stream = io.StringIO()
    YAML(typ="safe", pure=True).dump([value], stream)
    assert values(stream.getvalue()) == as_tuples([value])
