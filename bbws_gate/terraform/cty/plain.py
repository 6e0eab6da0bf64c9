"""Values as the plain Python data that the rest of the gate works with (:data:`~bbws_gate.terraform.stack.Plain`), and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from bbws_gate.terraform.cty import numbers
from bbws_gate.terraform.cty.json import normalised
from bbws_gate.terraform.cty.precision import precision_of
from bbws_gate.terraform.cty.types import MAX_DEPTH, TooComplex
from bbws_gate.terraform.cty.values import NULL, Number, Unknown, Value, boolean, number, object_of, string, tuple_of, unknown
from bbws_gate.terraform.stack import Plain, SensitiveValue, UnknownValue


def to_plain(value: Value) -> Plain:
    """``value`` as plain data: lists for sequences and sets, dicts for maps and objects.

    Sensitive parts become :class:`SensitiveValue`, unknown ones :class:`UnknownValue` with the reason. Numbers are int when whole,
    else Decimal with the digits that Terraform prints.
    """
    if value.sensitive:
        return SensitiveValue()
    raw = value.raw
    if raw is None or isinstance(raw, (str, bool)):
        return raw
    if isinstance(raw, Unknown):
        return UnknownValue(raw.reason)
    if isinstance(raw, tuple):
        return [to_plain(part) for part in raw]
    if isinstance(raw, dict):
        return {name: to_plain(part) for name, part in raw.items()}
    return plain_number(raw)


def plain_number(amount: Number) -> int | Decimal:
    """A number as int when it is whole (-0 is 0), else as Decimal; infinities are Decimal's."""
    if isinstance(amount, float):
        return 0 if amount == 0 else Decimal("Infinity" if amount > 0 else "-Infinity")
    if isinstance(amount, int) and amount.bit_length() <= precision_of(amount):
        return int(amount)
    shown = Decimal(numbers.text(amount))
    return int(shown) if amount.denominator == 1 else shown


def from_plain(plain: object) -> Value:
    """The value of JSON-like data (None, bool, int, float, Decimal, str, sequences, mappings, and the two markers).

    Sequences become tuples, mappings objects. A float stands for its shortest decimal digits. Raises ValueError for NaN, for numbers
    and nesting beyond bounds, TypeError for anything else.
    """
    return _value(plain, MAX_DEPTH)


def _value(plain: object, depth: int) -> Value:
    if depth < 0:
        raise TooComplex(f"is nested more than {MAX_DEPTH} levels deep")
    if plain is None:
        return NULL
    if isinstance(plain, bool):
        return boolean(plain)
    if isinstance(plain, str):
        return string(normalised(plain))
    if isinstance(plain, (int, float, Decimal, Fraction)):
        return number(_number(plain))
    if isinstance(plain, UnknownValue):
        return unknown(plain.reason)
    if isinstance(plain, SensitiveValue):
        return unknown("the value is sensitive and not kept").marked()
    if isinstance(plain, Mapping):
        return object_of({normalised(str(name)): _value(part, depth - 1) for name, part in plain.items()})
    if isinstance(plain, Sequence):
        return tuple_of(tuple([_value(part, depth - 1) for part in plain]))
    raise TypeError(f"no Terraform value is like a Python {type(plain).__name__}")


def _number(amount: float | Decimal | Fraction) -> Number:
    if isinstance(amount, (int, Fraction)):
        return numbers.rounded(amount)
    # Decimal writes infinities out; Terraform's literal is shorter.
    return numbers.parse(str(amount).replace("Infinity", "Inf"))
