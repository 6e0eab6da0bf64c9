"""Attribute access, indexing, splats and iteration, as HCL does them (https://github.com/hashicorp/hcl/blob/main/ops.go)."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value, number, string, tuple_of
from bbws_gate.terraform.evaluate.failure import EvaluationError
from bbws_gate.terraform.syntax import Span

_NO_ELEMENT = "the given key does not identify an element in this collection value"
_ADVICE = "; did you mean to access that attribute for a specific element, or across all elements?"


def marked_if(value: Value, sensitive: bool) -> Value:
    """``value``, sensitive when what it came from is."""
    return value.marked() if sensitive else value


def attribute(source: Value, name: str, span: Span) -> Value:
    """``source.name``

    Raises:
        EvaluationError: null, no such attribute, or something that has none.
    """
    raw = source.raw
    kind = source.type
    if type(raw) is dict:
        found = raw.get(name)
        if found is None:
            raise EvaluationError(_missing(kind, name), span)
    elif type(raw) is Unknown:
        found = _attribute_of_unknown(raw, kind, name, span)
    elif raw is None:
        raise EvaluationError(f'this value is null, so it does not have any attributes (asked for "{name}")', span)
    else:
        raise EvaluationError(_no_attributes(kind, name), span)
    return marked_if(found, source.sensitive)


def _attribute_of_unknown(raw: Unknown, kind: Type, name: str, span: Span) -> Value:
    if kind is DYNAMIC:
        return _known_attribute(raw, name, span)
    if isinstance(kind, ObjectOf) and name in kind.attributes:
        return Value(kind.attributes[name], Unknown(raw.reason))
    if isinstance(kind, MapOf):
        return Value(kind.element, Unknown(raw.reason))
    raise EvaluationError(_missing(kind, name) if isinstance(kind, ObjectOf) else _no_attributes(kind, name), span)


def _known_attribute(raw: Unknown, name: str, span: Span) -> Value:
    if raw.known is None:
        return Value(DYNAMIC, Unknown(raw.reason))
    found = raw.known.attribute(name)
    if found is None:
        raise EvaluationError(f'this object does not have an attribute named "{name}"', span)
    return found


def _missing(kind: Type, name: str) -> str:
    if isinstance(kind, MapOf):
        return f'this map does not have an element with the key "{name}"'
    return f'this object does not have an attribute named "{name}"'


def _no_attributes(kind: Type, name: str) -> str:
    if isinstance(kind, (ListOf, TupleOf, SetOf)):
        return f'this is a {_word(kind)}, which does not have an attribute named "{name}"{_ADVICE}'
    return f'cannot access the attribute "{name}" on a primitive-typed value ({_word(kind)})'


def _word(kind: Type) -> str:
    return repr(kind).split("(", 1)[0]


def index(source: Value, key: Value, span: Span) -> Value:
    """``source[key]``

    Raises:
        EvaluationError: null, a key of the wrong type, no such element, or something without elements.
    """
    # The key's mark counts where the key picks an element, which it does not do of an object, and not before both are known.
    picked = key.is_known and source.is_known and not isinstance(source.type, ObjectOf)
    sensitive = source.sensitive or (key.sensitive and picked)
    if key.raw is None:
        raise EvaluationError("cannot use a null value as an indexing key", span)
    if source.raw is None:
        raise EvaluationError("this value is null, so it does not have any indices", span)
    kind = source.type
    if isinstance(kind, (ListOf, TupleOf)):
        return marked_if(_element(source, kind, _key(key, NUMBER, span), span), sensitive)
    if isinstance(kind, (MapOf, ObjectOf)):
        return marked_if(_entry(source, kind, _key(key, STRING, span), span), sensitive)
    if kind is DYNAMIC and type(source.raw) is Unknown:
        return marked_if(_index_of_unknown(source.raw, key, span), sensitive)
    if isinstance(kind, SetOf):
        message = "elements of a set are identified only by their value and have no index or key"
        raise EvaluationError(message, span)
    raise EvaluationError(f"this value does not have any indices: it is a {_word(kind)}", span)


def _key(key: Value, kind: Type, span: Span) -> Value:
    try:
        return convert(key, kind)
    except ConvertError as error:
        raise EvaluationError(f"{_NO_ELEMENT}: {error}", span) from error


def _element(source: Value, kind: ListOf | TupleOf, key: Value, span: Span) -> Value:
    raw = source.raw
    if type(key.raw) is Unknown:
        return Value(kind.element if isinstance(kind, ListOf) else DYNAMIC, Unknown(key.raw.reason))
    if type(raw) is Unknown:
        # A list of unknown length may have any element; a tuple's length is part of its type.
        element = kind.element if isinstance(kind, ListOf) else kind.elements[_position(key, len(kind.elements), span)]
        return Value(element, Unknown(raw.reason))
    found = raw if isinstance(raw, tuple) else ()
    return found[_position(key, len(found), span)]


def _position(key: Value, length: int, span: Span) -> int:
    raw = key.raw
    position = 0 if raw == 0 else raw
    if not isinstance(position, int):
        raise EvaluationError(f"{_NO_ELEMENT}: indexing a sequence requires a whole number", span)
    if position < 0:
        raise EvaluationError(f"{_NO_ELEMENT}: a negative number is not a valid index for a sequence", span)
    if position >= length:
        large = "the given index is greater than or equal to the length of the collection"
        raise EvaluationError(f"{_NO_ELEMENT}: {large if length else 'the collection has no elements'}", span)
    return position


def _entry(source: Value, kind: MapOf | ObjectOf, key: Value, span: Span) -> Value:
    raw = source.raw
    name = key.raw
    if type(name) is Unknown:
        return Value(kind.element if isinstance(kind, MapOf) else DYNAMIC, Unknown(name.reason))
    if type(raw) is Unknown:
        return _attribute_of_unknown(raw, kind, str(name), span)
    found = raw.get(str(name)) if type(raw) is dict else None
    if found is None:
        shown = "such key" if key.sensitive else f'"{name}"'
        raise EvaluationError(f"{_NO_ELEMENT}: there is no {shown}", span)
    return found


def _index_of_unknown(raw: Unknown, key: Value, span: Span) -> Value:
    name = key.raw
    if type(name) is Unknown:
        return Value(DYNAMIC, Unknown(name.reason))
    if type(name) is str:
        return _known_attribute(raw, name, span)
    if raw.known is not None and raw.known.single:
        raise EvaluationError("this object has no count, so it must not be indexed with a number", span)
    return Value(DYNAMIC, Unknown(raw.reason))


def elements(source: Value) -> list[tuple[Value, Value]] | None:
    """Keys and values in iteration order; None for something that cannot be iterated over. ``source`` is known and not null."""
    raw = source.raw
    if isinstance(raw, tuple):
        if isinstance(source.type, SetOf):
            return [(item, item) for item in raw]
        return [(number(counted(position)), item) for position, item in enumerate(raw)]
    if isinstance(raw, dict):
        return [(string(name), item) for name, item in raw.items()]
    return None


def sequence(items: tuple[Value, ...], source: Type) -> Value:
    """The result of a splat: a list for a list or set, a tuple for the rest; a tuple too where unknown parts hide a common type."""
    if isinstance(source, (ListOf, SetOf)):
        if not items:
            return Value(ListOf(source.element), items)
        if all(item.type == items[0].type for item in items):
            return Value(ListOf(items[0].type), items)
    return tuple_of(items)
