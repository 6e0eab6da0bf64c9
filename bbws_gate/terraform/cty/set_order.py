"""The order in which Terraform goes through a set: cty's setRules and makeSetHashBytes (cty/set_internals.go)."""

from __future__ import annotations

from fractions import Fraction
from operator import itemgetter
from typing import TypeAlias
from zlib import crc32

from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.numbers import significant_text
from bbws_gate.terraform.cty.types import BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from bbws_gate.terraform.cty.values import Number, Unknown, Value

OrderKey: TypeAlias = tuple[int, "str | bool | Number | bytes", int]


def hash_bytes(value: Value) -> bytes:
    """What cty hashes of a set element; equal values have the same, different ones nearly always another."""
    return _hash_text(value).encode("utf-8", "surrogatepass")


def order_key(element: Type, value: Value, hashed: bytes) -> OrderKey:
    """Sorts elements as Terraform does: known before unknown before null; strings, numbers and bools by value, all else by hash."""
    raw = value.raw
    if raw is None:
        return 2, b"", crc32(hashed)
    if isinstance(raw, Unknown):
        return 1, b"", crc32(hashed)
    if (element is STRING or element is NUMBER or element is BOOL) and isinstance(raw, (str, int, float, Fraction)):
        return 0, raw, crc32(hashed)
    return 0, hashed, crc32(hashed)


def _hash_text(value: Value) -> str:
    raw = value.raw
    if raw is None:
        return "~"
    if isinstance(raw, Unknown):
        return "?"
    if isinstance(raw, bool):
        return "T" if raw else "F"
    if isinstance(raw, str):
        return quoted(raw)
    if isinstance(raw, (int, float, Fraction)):
        return significant_text(raw)
    if isinstance(raw, tuple):
        inner = "".join([f"{_hash_text(part)};" for part in raw])
        return f"[{inner}]" if isinstance(value.type, (ListOf, SetOf)) else f"<{inner}>"
    named = sorted(raw.items(), key=itemgetter(0))
    if isinstance(value.type, MapOf):
        return "{" + "".join([f"{quoted(name)}:{_hash_text(part)};" for name, part in named]) + "}"
    return "<" + "".join([f"{_hash_text(part)};" for _, part in named]) + ">"
