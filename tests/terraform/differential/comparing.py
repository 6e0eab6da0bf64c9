"""Where our reading and Terraform's differ, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from bbws_gate.terraform.stack import Path, SensitiveValue, UnknownValue
from tests.terraform.oracle import Outcome


@dataclass(frozen=True)
class Difference:
    """One part of one value that is not the same."""

    subject: str
    kind: str
    """``differs``, ``only ours``, ``sensitivity``, ``ours fails``, ``theirs fails``; and what may be:

    ``only theirs``: they know the value, or that it is an error, and we say unknown. ``refused unseen``: Terraform refuses an expression
    while the variables in it have no values yet, though with their values it has one.
    """
    ours: str
    theirs: str

    @property
    def wrong(self) -> bool:
        """Whether we claim what is not so; not to know is allowed."""
        return self.kind not in {"only theirs", "refused unseen"}

    def __str__(self) -> str:
        return f"{self.subject}: {self.kind}: ours {self.ours} | theirs {self.theirs}"


def differences(subject: str, ours: object, theirs: Outcome) -> Iterator[Difference]:
    """The parts of ``ours`` (plain data) that are not what Terraform has."""
    yield from _compared(subject, (), ours, theirs.value, theirs.unknown, theirs.sensitive)


def _compared(subject: str, path: Path, ours: object, value: Any, unknown: Any, sensitive: Any) -> Iterator[Difference]:
    name = subject + "".join(f".{part}" if isinstance(part, str) else f"[{part}]" for part in path)
    if isinstance(ours, SensitiveValue) or sensitive is True:
        if not isinstance(ours, SensitiveValue) and not isinstance(ours, UnknownValue):
            yield Difference(name, "sensitivity", repr(ours), "sensitive")
        elif sensitive is not True:
            yield Difference(name, "sensitivity", "sensitive", repr(value))
    elif unknown is True:
        if not isinstance(ours, UnknownValue):
            yield Difference(name, "only ours", repr(ours), "known after apply")
    elif isinstance(ours, UnknownValue):
        yield Difference(name, "only theirs", ours.reason, repr(value))
    elif isinstance(ours, dict) and isinstance(value, Mapping):
        yield from _compared_mappings(subject, path, ours, value, unknown, sensitive)
    elif isinstance(ours, list) and isinstance(value, list) and len(ours) == len(value):
        for index, part in enumerate(ours):
            yield from _compared(subject, (*path, index), part, value[index], _part(unknown, index), _part(sensitive, index))
    elif not _same(ours, value):
        yield Difference(name, "differs", repr(ours), repr(value))


def _compared_mappings(
    subject: str, path: Path, ours: dict[str, Any], value: Mapping[str, Any], unknown: Any, sensitive: Any
) -> Iterator[Difference]:
    for key in sorted({*ours, *value, *(unknown if isinstance(unknown, dict) else ())}):
        here = (*path, key)
        below_unknown, below_sensitive = _part(unknown, key), _part(sensitive, key)
        if key not in ours:
            found = "known after apply" if below_unknown is True else repr(value.get(key))
            yield Difference(f"{subject}.{'.'.join(map(str, here))}", "differs", "absent", found)
        elif key not in value and below_unknown is False:
            yield Difference(f"{subject}.{'.'.join(map(str, here))}", "differs", repr(ours[key]), "absent")
        else:
            yield from _compared(subject, here, ours[key], value.get(key), below_unknown, below_sensitive)


def _part(mask: Any, key: str | int) -> Any:
    """What a mask says of a part; a mask leaves out what it does not apply to."""
    if isinstance(mask, dict):
        return mask.get(key, False)
    if isinstance(mask, list) and isinstance(key, int):
        return mask[key] if key < len(mask) else False
    return mask if isinstance(mask, bool) else False


def _same(ours: object, value: object) -> bool:
    if isinstance(ours, bool) or isinstance(value, bool) or ours is None or value is None:
        return ours is value
    if isinstance(ours, (int, Decimal)) and isinstance(value, (int, Decimal)):
        return ours == value or (Decimal(ours).is_finite() and _same_in_plan(ours, value))
    return type(ours) is type(value) and ours == value


def _same_in_plan(ours: int | Decimal, value: int | Decimal) -> bool:
    """A plan file keeps numbers as float64 where that is exact, and then prints them with fewer digits."""
    nearest = float(value)
    if not isfinite(nearest) or Decimal(repr(nearest)) != value:
        return False
    return abs(Fraction(ours) - Fraction(nearest)) <= abs(Fraction(nearest)) / 2**60
