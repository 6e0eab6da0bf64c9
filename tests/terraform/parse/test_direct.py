"""What is read directly has, node by node and span by span, the tree that python-hcl2's tables give; everything else is left to them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.parse import ParseError
from bbws_gate.terraform.parse.derive import parse_by_tables
from bbws_gate.terraform.parse.direct import Unread, read_body
from bbws_gate.terraform.parse.source import without_bom
from bbws_gate.terraform.syntax import Expression

from . import test_expressions, test_refusals, test_structure, test_templates
from .printing import printed
from .test_properties import PIECES, expressions
from .test_terraform_agrees import mutated

ROOT = Path(__file__).parents[3]
FILES = sorted([*Path(__file__).with_name("fixtures").glob("*.tf"), *ROOT.glob("examples/**/*.tf"), *ROOT.glob("examples/**/*.tfvars")])
SNIPPETS = [
    f"x = {source}\n"
    for table in (
        test_expressions.TERMS,
        test_expressions.OBJECTS,
        test_expressions.TRAVERSALS,
        test_expressions.OPERATIONS,
        test_expressions.LOOPS,
        test_templates.STRINGS,
        test_templates.DIRECTIVES,
        test_templates.HEREDOCS,
    )
    for source, _ in table
]
BODIES = [source for source, _ in test_structure.BODIES]
ORDINARY = [
    'a "b" c {\n  d = "e"\n\n  # f\n  g {\n  }\n  h { i = 1 }\n}\n',
    "a = 1 # b\r\nc = true\r\n",
    'a = {\n  b = "c" # d\n  "e" : f.g, h = 1.5\n  (i) = j\n  k.l = m\n  "n${o}" = p\n  10 = q\n}',
    'a = [b, 1, "c", [d][0], f(g, [\n  h,\n  # i\n  j,\n]), k(l...)]',
    "a = b ? -c.d : !e[f].g + 1 * 2 - 3 >= 4 && h || i == j",
    "a = b.c[*].d[0].e\nf = g.0.h\ni = j.*.k\nl = m[*][n].o",
    'a = [for b, c in d : "${b}-${c}" if c != null]\ne = {\n  for f in g :\n  f => upper(f)...\n}',
    'a = "b ${c} \\"d\\" $${e} ${f ? "g" : "h"} 100%"\ni = ""\nj = "${k}"',
    "a = <<-B\n  c ${d}\n    e\n  B\nf = jsonencode(<<G\nh\nG\n)\n",
    'a = "é" # é\nb "é" {}\n',
]


def _agrees(text: str | bytes) -> bool:
    """Whether a text is read directly; fails where that is another tree, or where it should be a problem."""
    data = text.encode() if isinstance(text, str) else text
    try:
        body = read_body("x.tf", data.decode("latin-1"), without_bom(data))
    except (Unread, ParseError):
        return False
    parsed = parse_by_tables(data, "x.tf")
    assert (repr(body), ()) == (repr(parsed.body), parsed.problems)
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file__has_the_tree_of_the_tables(path: Path) -> None:
    data = path.read_bytes()
    assert _agrees(data) <= (parse_by_tables(data, path.name).body is not None)


@pytest.mark.parametrize("source", SNIPPETS + BODIES)
def test_text__has_the_tree_of_the_tables(source: str) -> None:
    for text in (source, source.rstrip("\n"), f"b {{\n{source}\n}}\n", source.replace("\n", "\r\n"), f"\ufeff{source}"):
        assert _agrees(text) <= (parse_by_tables(text.encode(), "x.tf").body is not None)


@pytest.mark.parametrize("source", ORDINARY)
def test_ordinary_text__is_read_directly(source: str) -> None:
    assert _agrees(source)


@pytest.mark.parametrize("source", [source for source, _, _ in test_refusals.SYNTAX])
def test_refused_text__is_left_to_the_tables(source: str) -> None:
    assert not _agrees(source)


@pytest.mark.parametrize(
    "source",
    [
        "a = 1\na = 2\n",
        "b {\n  a = 1\n  a = 2\n}\n",
        "a = " + "[" * 40 + "]" * 40,
        "a = " + "b." * 120 + "c",
        "a = " + "1 + " * 120 + "1",
        "a = " + "1" * 151,
        "b {\n" * 40 + "}\n" * 40,
        "a = provider::b::c()",
        'a = "%{ if b }c%{ endif }"',
        "a = --1",
        "a = [for for in b : c]",
    ],
)
def test_rare_text__is_left_to_the_tables(source: str) -> None:
    assert not _agrees(source)


@given(expressions)
@settings(max_examples=150)
def test_expression__has_the_tree_of_the_tables(expression: Expression) -> None:
    text = printed(expression)
    for source in (f"x = {text}\n", f"b {{\n  x = [{text}, {text}] # c\n}}", f"x = {{ a = {text}, (b) = {text}\n}}"):
        assert _agrees(source) <= (parse_by_tables(source.encode(), "x.tf").body is not None)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=300)
def test_pieces__have_the_tree_of_the_tables(text: str) -> None:
    for source in (text, f"x = {text}\n"):
        assert _agrees(source) <= (parse_by_tables(source.encode(), "x.tf").body is not None)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files__have_the_tree_of_the_tables(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    texts = [path.read_text(encoding="utf-8") for path in FILES] + SNIPPETS + BODIES + ORDINARY
    texts = list(filter(None, texts))
    read = [_agrees(mutated(chance.choice(texts), chance)) for _ in range(400)]
    assert any(read)
    assert not all(read)
