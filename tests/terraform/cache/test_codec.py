"""What is encoded and decoded is the same tree, whatever the text; what was not encoded is refused and harmless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform import syntax
from bbws_gate.terraform.cache import Malformed, Syntax, decode, parse
from bbws_gate.terraform.cache.encode import encode
from bbws_gate.terraform.cache.shapes import SHAPES
from bbws_gate.terraform.parse.source import ParsedFile
from bbws_gate.terraform.syntax import Node, Span
from tests.terraform.parse.printing import printed
from tests.terraform.parse.test_properties import PIECES, expressions

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted(
    path
    for folder in ("examples", "tests")
    for pattern in ("*.tf", "*.tfvars", "*.hcl", "*.tf.json", "*.tfvars.json")
    for path in (ROOT / folder).rglob(pattern)
)
EVERY_NODE = rb"""
resource "a" "b" {
  template = "x${a.b}%{ if c }y%{ else }${z}%{ endif }%{ for k, v in m }${k}%{ endfor }"
  splat    = [a.*.b, a[*].c[0], a[0].d, a.0]
  call     = f(1, 2.5, -3, !true, [x]...)
  when     = a ? b : c == null
  list     = [for v in l : v if v > 0]
  object   = { for k, v in m : k => v... }
  map      = { a = 1, (b) = "\U0001F600", "c" = 1.5e10, d = 123456789012345678901234567890 }
  heredoc  = <<-E
    a
  E
  block "x" "y" {}
}
"""


def whole(part: object) -> object:
    """A tree as plain data, types included: True is not 1 here."""
    if isinstance(part, Node):
        return type(part).__name__, *(whole(getattr(part, name)) for name in part.__slots__)
    if isinstance(part, tuple):
        return type(part).__name__, *map(whole, part)
    return type(part).__name__, part


def assert_same(data: bytes, kind: Syntax) -> None:
    parsed = parse(data, "some/path.tf", kind)
    again = decode(encode(parse(data, "", kind)), "some/path.tf")
    assert isinstance(again, ParsedFile)
    assert whole(again.body) == whole(parsed.body)
    assert again.problems == parsed.problems


def kind_of(path: Path) -> Syntax:
    if path.suffix != ".json":
        return Syntax.NATIVE
    return Syntax.JSON_VALUES if path.name.endswith(".tfvars.json") else Syntax.JSON


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_decode__every_file_of_examples_and_fixtures_as_parsed(path: Path) -> None:
    assert_same(path.read_bytes(), kind_of(path))


def test_decode__every_kind_of_node() -> None:
    assert parse(EVERY_NODE, "x", Syntax.NATIVE).body is not None
    assert_same(EVERY_NODE, Syntax.NATIVE)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"a = ", b"a = 1\na = 2\n", b"\xff", b"\0", b"a {\n", b"a = " + b"[" * 300])
@pytest.mark.parametrize("kind", Syntax)
def test_decode__what_cannot_be_read_has_the_same_problems(data: bytes, kind: Syntax) -> None:
    assert_same(data, kind)


@given(st.lists(expressions, max_size=3))
@settings(max_examples=100)
def test_decode__generated_expressions(values: list[syntax.Expression]) -> None:
    text = "".join(f"a{number} = {printed(value)}\n" for number, value in enumerate(values))
    assert_same(f"b {{\n{text}}}\n".encode(), Syntax.NATIVE)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(max_examples=100)
def test_decode__any_text(text: str) -> None:
    for kind in Syntax:
        assert_same(text.encode(), kind)


JSON_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "${b.c[0]}", "%{ if x }y%{ endif }", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["resource", "locals", "x", "${y}"]), inner, max_size=3),
    max_leaves=10,
)


@given(JSON_VALUES)
@settings(max_examples=60)
def test_decode__generated_json(value: Any) -> None:
    import json

    for kind in (Syntax.JSON, Syntax.JSON_VALUES):
        assert_same(json.dumps({"locals": value}).encode(), kind)


def test_shapes__every_class_of_node_with_all_its_fields() -> None:
    nodes = {kind for kind in vars(syntax).values() if isinstance(kind, type) and issubclass(kind, Node)} - {Node}
    assert set(SHAPES) == nodes
    assert all(len(holds) == len(kind.__slots__) for kind, holds in SHAPES.items())


def test_encode__does_not_say_where_the_file_lies() -> None:
    data = b'a = "${b}"\nc = \n'
    assert encode(parse(data, "one/place.tf", Syntax.NATIVE)) == encode(parse(data, "another.tf", Syntax.NATIVE))


PAYLOAD = encode(parse(EVERY_NODE, "", Syntax.NATIVE))


BROKEN = [b"", b"\0\0\0\0", PAYLOAD[:-4], PAYLOAD[:-1], PAYLOAD[: len(PAYLOAD) // 2], PAYLOAD + b"\0\0\0\0", b"{}" * 9]


@pytest.mark.parametrize("payload", BROKEN)
def test_decode__cut_or_grown_bytes_are_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        decode(payload, "x")


@given(st.integers(0, len(PAYLOAD) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_decode__a_changed_byte_gives_a_file_or_malformed(at: int, change: int) -> None:
    payload = bytearray(PAYLOAD)
    payload[at] ^= change
    try:
        found = decode(bytes(payload), "x")
    except Malformed:
        return
    assert found.body is None or isinstance(found.body.span, Span)


@given(st.binary(max_size=200))
def test_decode__other_bytes_are_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        decode(payload, "x")
