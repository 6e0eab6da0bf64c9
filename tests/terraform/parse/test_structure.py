"""Files, bodies, blocks and attributes; where everything stands."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.parse import parse_native
from bbws_gate.terraform.syntax import Attribute, Block, Body, Node, Span

from .shown import body_of, shown

BODIES = [
    ("", "Body((), ())"),
    ("\n\n# only a comment", "Body((), ())"),
    ("/* a\n b */", "Body((), ())"),
    ("a = 1", "Body((Attribute('a', 1)), ())"),
    ("a=1\r\nb=2\r\n", "Body((Attribute('a', 1), Attribute('b', 2)), ())"),
    ("\ta\t=\t1\t", "Body((Attribute('a', 1)), ())"),
    ("a = 1 # one\nb = 2 // two\nc = /* x\n y */ 3", "Body((Attribute('a', 1), Attribute('b', 2), Attribute('c', 3)), ())"),
    (
        "for_each = 1\nif = 2\nnull = 3",
        "Body((Attribute('for_each', 1), Attribute('if', 2), Attribute('null', 3)), ())",
    ),
    ("__is_block__ = 1\n__comments__ = 2", "Body((Attribute('__is_block__', 1), Attribute('__comments__', 2)), ())"),
    ("é-1 = 1", "Body((Attribute('é-1', 1)), ())"),
    ("a {}", "Body((), (Block('a', (), Body((), ()))))"),
    ("a {\n}\n", "Body((), (Block('a', (), Body((), ()))))"),
    ("a { b = 1 }", "Body((), (Block('a', (), Body((Attribute('b', 1)), ()))))"),
    ("a { b = {\n x = 1\n} }", "Body((), (Block('a', (), Body((Attribute('b', ObjectCons((('x', 1))))), ()))))"),
    ("a { /* x */ b = 1 /* y\n */ }", "Body((), (Block('a', (), Body((Attribute('b', 1)), ()))))"),
    ('a "b" c "d\\"e" {\n}', "Body((), (Block('a', ('b', 'c', 'd\"e'), Body((), ()))))"),
    ('a "$${b}" "%" {}', "Body((), (Block('a', ('${b}', '%'), Body((), ()))))"),
    ("in if for {\n}", "Body((), (Block('in', ('if', 'for'), Body((), ()))))"),
    (
        "a {\n b {\n c = 1\n }\n}",
        "Body((), (Block('a', (), Body((), (Block('b', (), Body((Attribute('c', 1)), ())))))))",
    ),
    ("a = <<E\nx\nE\nb = 1", "Body((Attribute('a', 'x\\n'), Attribute('b', 1)), ())"),
]


@pytest.mark.parametrize(("source", "expected"), BODIES)
def test_body__tree(source: str, expected: str) -> None:
    assert shown(body_of(source)) == expected


def test_attribute__set_twice_is_a_problem_and_the_first_stands() -> None:
    parsed = parse_native(b'b {\n  env = "dev"\n\n  env = "prod"\n}\n', "main.tf")
    assert parsed.body is not None
    (block,) = parsed.body.blocks
    assert shown(block.body.attributes) == "(Attribute('env', 'dev'))"
    (problem,) = parsed.problems
    assert (problem.code, str(problem.place)) == ("HCL002", "main.tf:4")
    assert problem.message == "attribute 'env' was already set on line 2; each may be set once"


def test_block__knows_its_header_and_its_whole() -> None:
    source = 'x = 1\nresource "a" "b" {\n  c = 1\n}\n'
    (block,) = body_of(source).blocks
    assert source[block.header.start : block.header.end] == 'resource "a" "b" {'
    assert source[block.span.start : block.span.end] == 'resource "a" "b" {\n  c = 1\n}'
    assert (block.header.line, block.header.end_line, block.span.line, block.span.end_line) == (2, 2, 2, 4)
    assert (block.body.span.line, block.body.span.end_line) == (2, 4)


SPANS = [
    ("a.b[0].c + 1", ["a", "a.b", "a.b[0]", "0", "a.b[0].c", "1"]),
    ("f(x, [1]...)", ["x", "1", "[1]", "f(x, [1]...)"]),
    ("(a ? -b : c)", ["a", "b", "-b", "c", "(a ? -b : c)"]),
    ('"é${ñ}"', ["é", "ñ", '"é${ñ}"']),
    ("a[*].b.*.c", ["a", "[*]", "[*].b", "[*].b.*.c", "a[*].b.*.c"]),
    ("{ k = [for v in w : v if v] }", ["k", "w", "v", "[for v in w : v if v]", "{ k = [for v in w : v if v] }"]),
    ('"%{ if a }b%{ endif }"', ["a", "b", "%{ if a }b%{ endif }"]),
]


@pytest.mark.parametrize(("source", "texts"), SPANS)
def test_span__covers_the_text_of_its_node(source: str, texts: list[str]) -> None:
    data = f"# ü\nx = {source}\n".encode()
    found = {data[span.start : span.end].decode() for span in _spans(body_of(data))}
    assert set(texts) <= found


def test_span__lines_follow_heredocs_comments_and_brackets() -> None:
    source = "a = <<E\nx\n${b}\nE\n/*\n\n*/ c = [\n  d,\n]\ne = <<F\ny\nF\n"
    lines = {attribute.name: (attribute.span.line, attribute.span.end_line) for attribute in body_of(source).attributes}
    assert lines == {"a": (1, 4), "c": (7, 9), "e": (10, 12)}
    (inner,) = [span for span in _spans(body_of(source)) if source[span.start : span.end] == "d"]
    assert (inner.line, inner.end_line) == (8, 8)


def _spans(part: object) -> list[Span]:
    if isinstance(part, Span):
        return [part]
    if isinstance(part, Node | Body | Block | Attribute):
        return [span for name in part.__slots__ for span in _spans(getattr(part, name))]
    return [span for item in part for span in _spans(item)] if type(part) is tuple else []
