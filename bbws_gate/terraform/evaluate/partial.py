"""Objects of which files tell some attributes: resources, data sources and the nested blocks of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import final

from bbws_gate.terraform.cty.types import DYNAMIC
from bbws_gate.terraform.cty.values import Unknown, Value, first_unknown, unknown


@final
class WrittenAttributes:
    """The attributes that a block sets; any other one is the provider's to tell."""

    __slots__ = ("_when", "_written", "address", "single")

    def __init__(self, address: str, written: Mapping[str, Value], when: str) -> None:
        self.address = address
        self.single = True
        self._written = written
        self._when = when

    def attribute(self, name: str) -> Value:
        """What the block sets; unknown for the rest."""
        value = self._written.get(name)
        return value if value is not None else unknown(f"{self.address}.{name} {self._when}")


def resource_object(address: str, written: Mapping[str, Value], when: str) -> Value:
    """A resource instance as expressions see it. ``when`` says when its other attributes are known: ``is known only after apply``."""
    known = WrittenAttributes(address, written, when)
    return Value(unknown("").type, Unknown(f"{address} has attributes whose value {when}", known))


def unread_object(address: str, reason: str) -> Value:
    """Something of which nothing is known; attributes keep the reason and are named in it."""
    return Value(unknown("").type, Unknown(f"{address} {reason}", _Unread(address, reason)))


@final
class _Unread:
    __slots__ = ("_address", "_reason", "single")

    def __init__(self, address: str, reason: str) -> None:
        self.single = False
        self._address = address
        self._reason = reason

    def attribute(self, name: str) -> Value:
        address = f"{self._address}.{name}"
        return Value(unknown("").type, Unknown(f"{address} {self._reason}", _Unread(address, self._reason)))


def opaque(value: Value) -> Value:
    """``value``; when unknown, without what is known of the object that its reason speaks of: it is another value."""
    raw = value.raw
    if type(raw) is Unknown and raw.known is not None:
        return Value(value.type, Unknown(raw.reason, not_null=raw.not_null), value.sensitive)
    return value


def untyped(value: Value) -> Unknown | None:
    """The first part whose very type is unknown: Terraform knows it from the provider's schema, so it may accept what we cannot."""
    raw = value.raw
    if type(raw) is Unknown:
        return raw if value.type is DYNAMIC else None
    parts = raw if isinstance(raw, tuple) else tuple(raw.values()) if isinstance(raw, dict) else ()
    return next((found for part in parts if (found := untyped(part)) is not None), None)


def reason_of(value: Value) -> str:
    """Why ``value`` or a part of it is not known; empty when it is wholly known."""
    found = first_unknown(value)
    return found.reason if found is not None else ""
