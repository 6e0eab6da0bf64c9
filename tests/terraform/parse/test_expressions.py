"""Expressions of the native syntax; expected trees were compared with Terraform 1.11's own reading."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bbws_gate.terraform.syntax import Literal

from .shown import shown, value_of

TERMS = [
    ("1", "1"),
    ("0.5", "Fraction(1, 2)"),
    ("1.5e3", "1500"),
    ("1.e5", "100000"),
    ("true", "True"),
    ("null", "None"),
    ('""', "''"),
    ('"a b"', "'a b'"),
    ("name", "Name('name')"),
    ("a-b_1", "Name('a-b_1')"),
    ("each", "Name('each')"),
    ("for_each", "Name('for_each')"),
    ("if", "Name('if')"),
    ("été", "Name('été')"),
    ("(1)", "1"),
    ("[]", "TupleCons(())"),
    ("[1, 2,]", "TupleCons((1, 2))"),
    ("[\n1\n,\n2\n]", "TupleCons((1, 2))"),
    ("f()", "Call('f', (), False)"),
    ("f(1, 2,)", "Call('f', (1, 2), False)"),
    ("f(\n  a...\n)", "Call('f', (Name('a')), True)"),
    ("true(1)", "Call('true', (1), False)"),
    ("core::max(1)", "Call('core::max', (1), False)"),
    ("provider::aws::arn_parse(a)", "Call('provider::aws::arn_parse', (Name('a')), False)"),
    ("provider :: aws /* c */ :: f (a)", "Call('provider::aws::f', (Name('a')), False)"),
]
OBJECTS = [
    ("{}", "ObjectCons(())"),
    ('{ a = 1, "b" : 2 }', "ObjectCons((('a', 1), ('b', 2)))"),
    ("{\n a = 1\n b = 2,\n\n c = 3 }", "ObjectCons((('a', 1), ('b', 2), ('c', 3)))"),
    ("{ if = 1, in = 2, null = 3, true = 4, for = 5 }", "ObjectCons((('if', 1), ('in', 2), ('null', 3), ('true', 4), ('for', 5)))"),
    ("{ (a) = 1, (true) = 2 }", "ObjectCons(((Name('a'), 1), (True, 2)))"),
    ("{ 1 = 2 }", "ObjectCons(((1, 2)))"),
    ("{ -1 = 2 }", "ObjectCons(((Unary('-', 1), 2)))"),
    ("{ a.b = c.d }", "ObjectCons(((GetAttr(Name('a'), 'b'), GetAttr(Name('c'), 'd'))))"),
    ("{ if.a = 1 }", "ObjectCons(((GetAttr(Name('if'), 'a'), 1)))"),
    ('{ "${k}" = 1 }', "ObjectCons(((Template((Name('k'))), 1)))"),
    ("{ a = 1, a = 2 }", "ObjectCons((('a', 1), ('a', 2)))"),
    ("{ # why\n a = 1 // b\n /* c */ b = 2 }", "ObjectCons((('a', 1), ('b', 2)))"),
    ("{ e\u0301 = 1 }", "ObjectCons((('\u00e9', 1)))"),
]
TRAVERSALS = [
    ("a.b.c", "GetAttr(GetAttr(Name('a'), 'b'), 'c')"),
    ("a.if.null", "GetAttr(GetAttr(Name('a'), 'if'), 'null')"),
    ("a . b", "GetAttr(Name('a'), 'b')"),
    ("(a.\nb)", "GetAttr(Name('a'), 'b')"),
    ('a["k"][0]', "Index(Index(Name('a'), 'k'), 0)"),
    ("a[b.c]", "Index(Name('a'), GetAttr(Name('b'), 'c'))"),
    ("a.0.b", "GetAttr(Index(Name('a'), 0), 'b')"),
    ("f(1).b[0]", "Index(GetAttr(Call('f', (1), False), 'b'), 0)"),
    ("{ a = 1 }.a", "GetAttr(ObjectCons((('a', 1))), 'a')"),
    ("[1][0]", "Index(TupleCons((1)), 0)"),
    ("a[*]", "Splat(Name('a'), SplatItem())"),
    ("a[*].b[0]", "Splat(Name('a'), Index(GetAttr(SplatItem(), 'b'), 0))"),
    ("a[*].b[*].c", "Splat(Name('a'), Splat(GetAttr(SplatItem(), 'b'), GetAttr(SplatItem(), 'c')))"),
    ("a[*][b[*].c][*]", "Splat(Name('a'), Splat(Index(SplatItem(), Splat(Name('b'), GetAttr(SplatItem(), 'c'))), SplatItem()))"),
    ("(a[*])[*]", "Splat(Splat(Name('a'), SplatItem()), SplatItem())"),
    ("(a[*]).b", "GetAttr(Splat(Name('a'), SplatItem()), 'b')"),
    ("a.*.b.0.c", "Splat(Name('a'), GetAttr(Index(GetAttr(SplatItem(), 'b'), 0), 'c'))"),
    ("a.*.b[0].c", "GetAttr(Index(Splat(Name('a'), GetAttr(SplatItem(), 'b')), 0), 'c')"),
    ("a.*[*].b", "Splat(Splat(Name('a'), SplatItem()), GetAttr(SplatItem(), 'b'))"),
    ("a[*].b.*.c[0]", "Splat(Name('a'), Index(Splat(GetAttr(SplatItem(), 'b'), GetAttr(SplatItem(), 'c')), 0))"),
    ("a.*.b[0].*.c", "Splat(Index(Splat(Name('a'), GetAttr(SplatItem(), 'b')), 0), GetAttr(SplatItem(), 'c'))"),
    ("a [ * ] . b", "Splat(Name('a'), GetAttr(SplatItem(), 'b'))"),
    ("a /* c */ . /* c */ *", "Splat(Name('a'), SplatItem())"),
]
OPERATIONS = [
    ("1 + 2 * 3", "Binary('+', 1, Binary('*', 2, 3))"),
    ("1 - 2 - 3", "Binary('-', Binary('-', 1, 2), 3)"),
    ("a || b && c == d", "Binary('||', Name('a'), Binary('&&', Name('b'), Binary('==', Name('c'), Name('d'))))"),
    ("a < b == c >= d", "Binary('==', Binary('<', Name('a'), Name('b')), Binary('>=', Name('c'), Name('d')))"),
    ("7 % 2 / 3", "Binary('/', Binary('%', 7, 2), 3)"),
    ("-1", "Unary('-', 1)"),
    ("-a.b[0]", "Unary('-', Index(GetAttr(Name('a'), 'b'), 0))"),
    ("!a == b", "Binary('==', Unary('!', Name('a')), Name('b'))"),
    ("!!a", "Unary('!', Unary('!', Name('a')))"),
    ("!!!a", "Unary('!', Unary('!', Unary('!', Name('a'))))"),
    ("- -1", "Unary('-', Unary('-', 1))"),
    ("!-(!a)", "Unary('!', Unary('-', Unary('!', Name('a'))))"),
    ("1 - -2", "Binary('-', 1, Unary('-', 2))"),
    ("1 -1", "Binary('-', 1, 1)"),
    ("1--1", "Binary('-', 1, Unary('-', 1))"),
    ("if - -1", "Binary('-', Name('if'), Unary('-', 1))"),
    ("(in--1)", "Name('in--1')"),
    ("(in - -1)", "Binary('-', Name('in'), Unary('-', 1))"),
    ("a ? b : c", "Conditional(Name('a'), Name('b'), Name('c'))"),
    ("a ? b : c ? d : e", "Conditional(Name('a'), Name('b'), Conditional(Name('c'), Name('d'), Name('e')))"),
    ("a ? b ? 1 : 2 : 3", "Conditional(Name('a'), Conditional(Name('b'), 1, 2), 3)"),
    ("(a\n?\nb\n:\nc\n)", "Conditional(Name('a'), Name('b'), Name('c'))"),
    ("(a\n+ b)", "Binary('+', Name('a'), Name('b'))"),
    ("(a + # why\n b)", "Binary('+', Name('a'), Name('b'))"),
]
LOOPS = [
    ("[for v in a : v]", "ForTuple(None, 'v', Name('a'), Name('v'), None)"),
    ("[for k, v in a : k if v]", "ForTuple('k', 'v', Name('a'), Name('k'), Name('v'))"),
    ("{for v in a : v => 1}", "ForObject(None, 'v', Name('a'), Name('v'), 1, False, None)"),
    ("{for k, v in a : v => k... if k}", "ForObject('k', 'v', Name('a'), Name('v'), Name('k'), True, Name('k'))"),
    ("{\n\nfor\nv\nin\n[1]\n:\nv\n=>\nv\nif\ntrue\n}", "ForObject(None, 'v', TupleCons((1)), Name('v'), Name('v'), False, True)"),
    ("[for in in if : if if in]", "ForTuple(None, 'in', Name('if'), Name('if'), Name('in'))"),
    ("[for x in {a = 1} : x]", "ForTuple(None, 'x', ObjectCons((('a', 1))), Name('x'), None)"),
]


@pytest.mark.parametrize(("source", "expected"), TERMS + OBJECTS + TRAVERSALS + OPERATIONS + LOOPS)
def test_expression__tree(source: str, expected: str) -> None:
    assert shown(value_of(source)) == expected


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("0.1", Fraction(round(Fraction(2**515, 10)), 2**515)),
        ("2.50", Fraction(5, 2)),
        ("1e3", 1000),
        ("9" * 200, round(Fraction(int("9" * 200), 2**153)) * 2**153),
    ],
)
def test_number__is_what_512_bits_hold(source: str, value: int | Fraction) -> None:
    read = value_of(source)
    assert isinstance(read, Literal)
    assert read.value == value
