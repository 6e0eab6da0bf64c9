"""From frozen values to JSON: what :mod:`bbws_gate.isolation.decode` reads.

The standard library's encoder asks here for what it does not know. A general library writes a large assessment in the same time, and takes
longer to load than a small one takes to be made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter


def encode(value: object) -> str:
    """JSON: objects for dataclasses, lists for named tuples."""
    return json.dumps(value, default=_known, ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _known(value: object) -> object:
    """``value`` in terms of what JSON has.

    Raises:
        TypeError: it has none for such a value.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    names: tuple[str, ...] = getattr(type(value), "__match_args__", ())
    if not names:
        raise TypeError(f"{type(value).__name__} cannot be written as JSON")
    return dict(zip(names, _values(names)(value), strict=True))


@cache
def _values(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names)
