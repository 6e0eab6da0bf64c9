"""When two values are equal: cty's ``Equals``, which may be unknown, and ``RawEquals``, which never is (cty/value_ops.go)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from bbws_gate.terraform.cty.numbers import equal
from bbws_gate.terraform.cty.set_order import hash_bytes
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, SetOf, conforms, has_dynamic
from bbws_gate.terraform.cty.values import FALSE, TRUE, Unknown, Value, any_sensitive, boolean, first_unknown


def equals(a: Value, b: Value) -> Value:
    """Whether two values are equal, as ``==`` says: a bool, perhaps unknown, sensitive where what decides it is.

    Values of different types are never equal, except that nulls of any type are.
    """
    result = _equals(a, b)
    marked = (lambda value: value.sensitive) if a.is_null != b.is_null else any_sensitive
    return result.marked() if marked(a) or marked(b) else result


def _equals(a: Value, b: Value) -> Value:
    if isinstance(a.raw, Unknown):
        return _with_unknown(a.raw, a, b)
    if isinstance(b.raw, Unknown):
        return _with_unknown(b.raw, b, a)
    if a.raw is None or b.raw is None:
        return boolean(a.raw is b.raw)
    loose = _untyped_unknown(a) or _untyped_unknown(b)
    if loose is not None:
        return _undecided(loose) if conforms(a.type, b.type) or conforms(b.type, a.type) else FALSE
    return _same_type_equals(a, b) if a.type == b.type else FALSE


def _with_unknown(unknown: Unknown, value: Value, other: Value) -> Value:
    """An unknown value may still become null, so only a value that is known and not null can differ from it by type."""
    known = other.is_known and not other.is_null
    differs = known and not has_dynamic(value.type) and value.type != other.type
    return FALSE if differs or (unknown.not_null and other.is_null) else _undecided(unknown)


def _undecided(unknown: Unknown) -> Value:
    return Value(BOOL, unknown.as_not_null())


def _same_type_equals(a: Value, b: Value) -> Value:
    """Equality of values of one type, which have no part whose type is unknown; that makes their parts such values too."""
    one, other = a.raw, b.raw
    if isinstance(one, Unknown):
        return FALSE if one.not_null and b.is_null else _undecided(one)
    if isinstance(other, Unknown):
        return FALSE if other.not_null and a.is_null else _undecided(other)
    if isinstance(a.type, SetOf) and one is not None and other is not None:
        return _equal_sets(a, b)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _all_equal(zip(one, other, strict=True)) if len(one) == len(other) else FALSE
    if isinstance(one, dict) and isinstance(other, dict):
        return _equal_maps(one, other)
    if isinstance(one, (int, float, Fraction)) and isinstance(other, (int, float, Fraction)):
        return boolean(equal(one, other))
    return boolean(one == other)


def _untyped_unknown(value: Value) -> Unknown | None:
    """The first part of a known value whose very type is unknown."""
    raw = value.raw
    if type(raw) is Unknown:
        return raw if has_dynamic(value.type) else None
    return next((found for found in map(_untyped_unknown, _parts(value)) if found is not None), None)


def _all_equal(pairs: Iterable[tuple[Value, Value]]) -> Value:
    """Decided by the first pair that is not equal, in order, as cty does for sequences."""
    for a, b in pairs:
        result = _same_type_equals(a, b)
        if result.raw is not True:
            return result
    return TRUE


def _equal_maps(one: dict[str, Value], other: dict[str, Value]) -> Value:
    if one.keys() != other.keys():
        return FALSE
    # cty looks at attributes in random order; a difference that is certain wins here over one that is unknown.
    results = [_same_type_equals(part, other[name]) for name, part in one.items()]
    return next((result for result in results if result.raw is False), None) or next(
        (result for result in results if not result.is_known), TRUE
    )


def _equal_sets(a: Value, b: Value) -> Value:
    unknown = first_unknown(a) or first_unknown(b)
    if unknown is not None:
        return _undecided(unknown)
    one, other = list(_parts(a)), list(_parts(b))
    if len(one) != len(other):
        return FALSE
    alike: dict[bytes, list[Value]] = {}
    for part in other:
        alike.setdefault(hash_bytes(part), []).append(part)
    return boolean(
        all(any(_same_type_equals(part, candidate).raw is True for candidate in alike.get(hash_bytes(part), ())) for part in one)
    )


def _parts(value: Value) -> Iterator[Value]:
    raw = value.raw
    if type(raw) is tuple:
        yield from raw
    elif type(raw) is dict:
        yield from raw.values()


def raw_equal(a: Value, b: Value) -> bool:
    """Whether two values are the same to every part: type, marks, and unknown where the other is unknown, for whatever reason."""
    if a.type != b.type or a.sensitive != b.sensitive:
        return False
    one, other = a.raw, b.raw
    if type(one) is Unknown or type(other) is Unknown:
        return type(one) is type(other)
    if type(one) is dict and type(other) is dict and one.keys() != other.keys():
        return False
    if type(one) is tuple and type(other) is tuple and len(one) != len(other):
        return False
    if one is None or other is None or a.type is DYNAMIC:
        return one is other
    if isinstance(one, (tuple, dict)):
        return all(raw_equal(*pair) for pair in zip(_parts(a), _parts(b), strict=True))
    if isinstance(one, (int, float, Fraction)) and isinstance(other, (int, float, Fraction)):
        return equal(one, other)
    return one == other
