"""Arguments as the Go types that Terraform's functions ask for, with the errors of cty's gocty package.

https://github.com/zclconf/go-cty/blob/v1.18.0/cty/gocty/out.go
"""

from __future__ import annotations

from fractions import Fraction
from math import isinf
from sys import float_info
from typing import Final

from bbws_gate.terraform.cty.types import ListOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import Raw, Unknown, Value, first_unknown
from bbws_gate.terraform.functions.base import FunctionError

_MIN_INT: Final = -(1 << 63)
_MAX_INT: Final = (1 << 63) - 1
_MAX_FLOAT: Final = f"{float_info.max:f}"


def go_int(raw: Raw) -> int:
    """A number as Go's int."""
    whole = integral(raw)
    if whole is None or not _MIN_INT <= whole <= _MAX_INT:
        raise FunctionError(f"value must be a whole number, between {_MIN_INT} and {_MAX_INT}")
    return whole


def big_int(raw: Raw) -> int:
    """A number as an integer of any size."""
    whole = integral(raw)
    if whole is None:
        raise FunctionError("value must be a whole number")
    return whole


def integral(raw: Raw) -> int | None:
    """The integer that a number is, or None."""
    if isinstance(raw, int):
        return raw
    return 0 if isinstance(raw, float) and raw == 0 else None


def go_float(raw: Raw) -> float:
    """A number as the nearest float64."""
    if isinstance(raw, (int, Fraction)):
        try:
            return float(raw)
        except OverflowError:
            raise FunctionError(f"value must be between -{_MAX_FLOAT} and {_MAX_FLOAT} inclusive") from None
    return raw if isinstance(raw, float) else float("nan")


def is_infinite(raw: Raw) -> bool:
    """Whether a number is one of the infinities."""
    return isinstance(raw, float) and isinf(raw)


def items(value: Value) -> tuple[Value, ...]:
    """The elements of a known list, set or tuple."""
    return value.raw if isinstance(value.raw, tuple) else ()


def entries(value: Value) -> dict[str, Value]:
    """The elements or attributes of a known map or object."""
    return value.raw if isinstance(value.raw, dict) else {}


def text(value: Value) -> str:
    """A known string."""
    return value.raw if isinstance(value.raw, str) else ""


def is_sequence(kind: Type) -> bool:
    """list, set or tuple."""
    return isinstance(kind, (ListOf, SetOf, TupleOf))


def length(value: Value) -> int | None:
    """The number of elements of a known collection; None for a set whose unknown elements may turn out to be equal."""
    if not isinstance(value.raw, (tuple, dict)):
        return None
    if isinstance(value.type, SetOf) and len(value.raw) > 1 and first_unknown(value) is not None:
        return None
    return len(value.raw)


def undecided(value: Value, promised: Type) -> Value | None:
    """An unknown of the promised type when ``value`` has an unknown part, else None."""
    reason = first_unknown(value)
    return None if reason is None else Value(promised, Unknown(reason.reason))
