"""Sensitivity marks below the surface of a value."""

from __future__ import annotations

from bbws_gate.terraform.cty.values import Value


def unmarked_deep(value: Value) -> Value:
    """The value without any mark, on itself or on its parts."""
    raw = value.raw
    if type(raw) is tuple:
        return Value(value.type, tuple([unmarked_deep(part) for part in raw]))
    if type(raw) is dict:
        return Value(value.type, {name: unmarked_deep(part) for name, part in raw.items()})
    return value.unmarked()
