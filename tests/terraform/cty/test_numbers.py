"""Numbers: parsing, printing and arithmetic as a 512-bit big.Float; expected texts are real Terraform's."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.terraform.cty.numbers import NumberError, add, compare, div, mod, mul, neg, parse, rounded, significant_text, sub, text
from bbws_gate.terraform.cty.values import Number

THIRD = "0." + "3" * 154 + "5"


def _mantissas() -> st.SearchStrategy[Number]:
    return st.builds(
        lambda mantissa, exponent: rounded(Fraction(mantissa) * Fraction(2) ** exponent),
        st.integers(-(2**512) + 1, 2**512 - 1),
        st.integers(-1500, 600),
    )


@pytest.mark.parametrize(
    ("literal", "printed"),
    [
        ("1", "1"),
        ("+7", "7"),
        ("1.50", "1.5"),
        ("1.", "1"),
        (".5", "0.5"),
        ("-0", "-0"),
        ("0.000", "0"),
        ("1E-2", "0.01"),
        ("1p3", "8"),
        ("0.1", "0.1"),
        ("00012", "12"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        ("1e30", "1" + "0" * 30),
        ("1e400", "1" + "0" * 400),
        ("1e-400", "0." + "0" * 399 + "1"),
        ("Inf", "+Inf"),
        ("-inf", "-Inf"),
    ],
)
def test_parse_and_text__as_terraform_prints(literal: str, printed: str) -> None:
    assert text(parse(literal)) == printed


@pytest.mark.parametrize(
    "literal", ["", " 1", "1 ", "abc", "0x10", "1_000", "1e", "--1", ".", "e5", "1.2.3", "NaN", "Infinity", "\u0661", "1e+", "1" * 5000]
)
def test_parse__refuses_what_is_no_number(literal: str) -> None:
    with pytest.raises(NumberError, match="a number is required"):
        parse(literal)


@pytest.mark.parametrize(
    "literal", ["1e999999999", "1e-999999999", "-1e99999999999999999999", "1p999999999", "0." + "0" * 3000 + "1e-99999"]
)
def test_parse__refuses_exponent_bombs_before_computing(literal: str) -> None:
    with pytest.raises(NumberError, match="not supported"):
        parse(literal)


def test_parse__zero_with_any_exponent_is_zero() -> None:
    assert parse("0e999999999") == 0


@pytest.mark.parametrize(
    ("operation", "left", "right", "printed"),
    [
        (div, "1", "3", THIRD),
        (add, "0.1", "0.2", "0.3"),
        (mul, "-1", "0", "-0"),
        (div, "0", "-3", "-0"),
        (add, "-0", "-0", "-0"),
        (add, "-0", "0", "0"),
        (sub, "5", "5", "0"),
        (sub, "-0", "0", "-0"),
        (div, "1", "0", "+Inf"),
        (div, "-1", "0", "-Inf"),
        (div, "1", "Inf", "0"),
        (div, "-1", "Inf", "-0"),
        (div, "Inf", "-2", "-Inf"),
        (mul, "Inf", "-2", "-Inf"),
        (add, "Inf", "1", "+Inf"),
        (sub, "1", "Inf", "-Inf"),
        (mod, "7", "3", "1"),
        (mod, "-7", "3", "-1"),
        (mod, "7", "-3", "1"),
        (mod, "5.5", "2", "1.5"),
        (mod, "5.5", "-2", "1.5"),
        (mod, "1", "0", "1"),
        (mod, "-4", "2", "0"),
        (mul, "123456789012345678901234567890", "1000000007", "123456789876543201987654320198641975230"),
    ],
)
def test_arithmetic__as_terraform_computes(operation: object, left: str, right: str, printed: str) -> None:
    assert callable(operation)
    assert text(operation(parse(left), parse(right))) == printed


@pytest.mark.parametrize(
    ("operation", "left", "right", "message"),
    [
        (div, 0, 0, "can't divide zero by zero or infinity by infinity"),
        (div, math.inf, -math.inf, "can't divide zero by zero or infinity by infinity"),
        (mul, 0, math.inf, "can't multiply zero by infinity"),
        (add, math.inf, -math.inf, "can't compute sum of opposing infinities"),
        (sub, math.inf, math.inf, "can't subtract infinity from itself"),
        (mod, math.inf, 2, "can't use modulo with zero and infinity"),
    ],
)
def test_arithmetic__operations_without_result(operation: object, left: float, right: float, message: str) -> None:
    assert callable(operation)
    with pytest.raises(NumberError, match=message):
        operation(left, right)


def test_arithmetic__growth_is_bounded() -> None:
    amount = parse("1e4000")
    with pytest.raises(NumberError, match="not supported"):
        mul(mul(amount, amount), amount)


def test_rounded__keeps_512_bits_ties_to_even() -> None:
    assert rounded(2**512 + 1) == 2**512
    assert rounded(2**512 + 3) == 2**512 + 4
    assert rounded(-(2**513) - 3) == -(2**513) - 4
    assert rounded(Fraction(6, 3)) == 2
    assert isinstance(rounded(Fraction(6, 3)), int)


def test_rounded__third_is_nearest() -> None:
    third = Fraction(rounded(Fraction(1, 3)))
    assert abs(third - Fraction(1, 3)) <= Fraction(1, 2**514)
    assert third.numerator.bit_length() <= 512


def test_neg__turns_the_sign_of_zero() -> None:
    assert text(neg(0)) == "-0"
    assert text(neg(neg(0))) == "0"


@pytest.mark.parametrize(
    ("left", "right", "order"), [("1", "2", -1), ("2", "1", 1), ("-0", "0", 0), ("1.0", "1", 0), ("Inf", "1e400", 1), ("-Inf", "0", -1)]
)
def test_compare__orders_all_numbers(left: str, right: str, order: int) -> None:
    assert compare(parse(left), parse(right)) == order


@pytest.mark.parametrize(
    ("literal", "printed"),
    [
        ("0", "0"),
        ("-0", "-0"),
        ("1", "1"),
        ("10", "10"),
        ("1234567890", "1234567890"),
        ("12345678901", "1.23456789e+10"),
        ("12345678951", "1.234567895e+10"),
        ("1e10", "1e+10"),
        ("0.00001", "1e-05"),
        ("0.0001", "0.0001"),
        ("99999999999", "1e+11"),
        ("1.25", "1.25"),
        ("-123.456789012345", "-123.456789"),
        ("1e100", "1e+100"),
        ("Inf", "+Inf"),
    ],
)
def test_significant_text__ten_digits_as_go_prints_them(literal: str, printed: str) -> None:
    assert significant_text(parse(literal)) == printed


@given(_mantissas())
@settings(max_examples=150)
def test_text__parses_back_to_the_same_number(amount: Number) -> None:
    assert parse(text(amount)) == amount


@given(_mantissas())
@settings(max_examples=60)
def test_text__one_digit_less_is_another_number(amount: Number) -> None:
    printed = text(amount)
    whole, dot, fraction = printed.partition(".")
    if dot:
        assert parse(f"{whole}.{fraction[:-1]}0") != amount


@given(_mantissas(), _mantissas())
@settings(max_examples=80)
def test_arithmetic__stays_within_the_precision(left: Number, right: Number) -> None:
    for result in (add(left, right), sub(left, right), mul(left, right)):
        assert result == 0 or Fraction(result) == Fraction(rounded(Fraction(result)))
    assert compare(left, right) == -compare(right, left)
    assert add(left, right) == add(right, left)


@given(st.integers(), st.integers().filter(bool))
@settings(max_examples=80)
def test_arithmetic__small_integers_are_exact(left: int, right: int) -> None:
    assert (add(left, right), sub(left, right), mul(left, right)) == (left + right, left - right, left * right)
    assert mod(left, right) == math.fmod(left, right) or abs(left) > 2**52 or abs(right) > 2**52


@given(st.text(max_size=12))
@settings(max_examples=150)
def test_parse__never_fails_otherwise(literal: str) -> None:
    try:
        amount = parse(literal)
    except NumberError:
        return
    assert parse(text(amount)) == amount
