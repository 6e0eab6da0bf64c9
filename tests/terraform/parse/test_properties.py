"""What holds for every text: printing and parsing are inverse, and nothing raises."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.parse import ParseError, parse_expression, parse_json, parse_json_values, parse_native, parse_template
from bbws_gate.terraform.syntax import (
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectCons,
    Span,
    Template,
    TupleCons,
    Unary,
)

from .printing import printed
from .shown import shown, value_of

NOWHERE = Span("", 0, 0, 0, 0)
WORDS = "a1 for in if true null else endif endfor ${ %{ %{if ~} $${ <<E <<-E E // /* */ => ... :: [*] .* .0 1.5 \ufeff \0"
PIECES = [*'(){}[]"=,:.?!-+*/%<>&|#~\n\r\t \\$@é', *WORDS.split(), "\nE\n", "\r\n", 'a = "', "b {\n"]


def _literal(text: str) -> Literal:
    expression = parse_template(text.replace("${", "$${").replace("%{", "%%{"), "", 1)
    assert isinstance(expression, Literal)
    return Literal(expression.value, NOWHERE)


names = st.sampled_from(["a", "b_c", "d-e", "if", "in", "été", "for_each"])
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
strings = texts.map(_literal)
leaves = st.one_of(
    names.map(lambda name: Name(name, NOWHERE)),
    strings,
    st.booleans().map(lambda value: Literal(value, NOWHERE)),
    st.just(Literal(None, NOWHERE)),
    st.integers(0, 10**20).map(lambda value: Literal(value, NOWHERE)),
    st.integers(0, 999).map(lambda value: Literal(_fraction(value), NOWHERE)),
)


def _fraction(eighths: int) -> int | Fraction:
    amount = Fraction(eighths, 8)
    return amount.numerator if amount.denominator == 1 else amount


def _compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    condition = st.none() | inner
    operators = st.sampled_from(["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"])
    texts = st.lists(
        st.one_of(strings.filter(lambda text: text.value != ""), inner.filter(lambda node: not isinstance(node, Literal))),
        min_size=2,
        max_size=3,
    )
    return st.one_of(
        st.builds(lambda op, left, right: Binary(op, left, right, NOWHERE), operators, inner, inner),
        st.builds(lambda op, operand: Unary(op, operand, NOWHERE), st.sampled_from("!-"), inner),
        st.builds(lambda c, yes, no: Conditional(c, yes, no, NOWHERE), inner, inner, inner),
        st.builds(lambda source, name: GetAttr(source, name, NOWHERE), inner, names),
        st.builds(lambda source, key: Index(source, key, NOWHERE), inner, inner),
        st.builds(lambda name, args: Call(name, tuple(args), bool(args) and len(name) == 1, NOWHERE), names, st.lists(inner, max_size=3)),
        st.lists(inner, max_size=3).map(lambda items: TupleCons(tuple(items), NOWHERE)),
        st.lists(st.tuples(inner, inner), max_size=3).map(lambda items: ObjectCons(tuple(items), NOWHERE)),
        st.builds(lambda k, v, c, value, when: ForTuple(k, v, c, value, when, NOWHERE), st.none() | names, names, inner, inner, condition),
        st.builds(
            lambda k, v, c, key, value, group, when: ForObject(k, v, c, key, value, group, when, NOWHERE),
            st.none() | names,
            names,
            inner,
            inner,
            inner,
            st.booleans(),
            condition,
        ),
        texts.map(lambda parts: Template(_apart(parts), NOWHERE)),
    )


def _apart(parts: list[Expression]) -> tuple[Expression, ...]:
    """No two literals side by side: they would be one."""
    kept: list[Expression] = []
    for part in parts:
        if not (kept and isinstance(part, Literal) and isinstance(kept[-1], Literal)):
            kept.append(part)
    return tuple(kept if len(kept) > 1 else [*kept, Name("z", NOWHERE)])


expressions = st.recursive(leaves, _compound, max_leaves=12)


@given(expressions)
@settings(max_examples=150)
def test_expression__printed_and_parsed_is_the_same_tree(expression: Expression) -> None:
    assert shown(parse_expression(printed(expression), "x", 1)) == shown(expression)


@given(expressions)
@settings(max_examples=60)
def test_expression__reads_the_same_in_a_file_and_alone(expression: Expression) -> None:
    text = printed(expression)
    assert shown(value_of(text)) == shown(parse_expression(f"\n{text} # end\n", "x", 1))


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=400)
def test_text__gives_a_body_or_one_problem_inside_the_file(text: str) -> None:
    parsed = parse_native(text.encode(), "x.tf")
    assert parsed.body is not None or len(parsed.problems) == 1
    for problem in parsed.problems:
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert "\n" not in problem.message


@given(st.binary(max_size=60))
@settings(max_examples=150)
def test_bytes__never_raise(data: bytes) -> None:
    for parse in (parse_native, parse_json, parse_json_values):
        parsed = parse(data, "x")
        assert (parsed.body is None) <= bool(parsed.problems)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=150)
def test_template__gives_an_expression_or_a_parse_error(text: str) -> None:
    for parse in (parse_template, parse_expression):
        try:
            place = parse(text, "x", 7).span.place
        except ParseError as error:
            place = error.place
        assert (place.path, place.line >= 7) == ("x", True)
