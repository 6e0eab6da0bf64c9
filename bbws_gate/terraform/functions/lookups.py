"""Functions that read something out of a collection: cty's stdlib/collection.go and Terraform's funcs/collection.go."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.equality import equals
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type, friendly_name
from bbws_gate.terraform.cty.values import FALSE, TRUE, Unknown, Value, boolean, first_unknown, number, string
from bbws_gate.terraform.functions.arguments import entries, go_int, is_sequence, items, length, text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.graphemes import count

_ONE_ELEMENT = "must be a list, set, or tuple value with either zero or one elements"


def _marked(value: Value, *sources: Value) -> Value:
    """``value``, sensitive when one of the sources is."""
    return value.marked() if any(source.sensitive for source in sources) else value


def _length_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if kind in (STRING, DYNAMIC) or isinstance(kind, (ListOf, SetOf, MapOf, ObjectOf, TupleOf)):
        return NUMBER
    raise FunctionError("argument must be a string, a collection type, or a structural type")


def _length(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = arguments[0]
    if isinstance(given.type, TupleOf):
        size: int | None = len(given.type.elements)
    elif isinstance(given.type, ObjectOf):
        size = len(given.type.attributes)
    elif isinstance(given.raw, str):
        size = count(given.raw)
    else:
        size = length(given)
    missing = first_unknown(given) if size is None else None
    result = number(counted(size or 0)) if missing is None else Value(promised, missing)
    return _marked(result, given)


def _contains(arguments: Arguments, promised: Type, _: Context) -> Value:
    given, wanted = arguments
    if not is_sequence(given.type):
        raise FunctionError("argument must be list, tuple, or set")
    missing: Unknown | None = None
    for item in items(given):
        same = equals(wanted, item)
        if isinstance(same.raw, Unknown):
            missing = missing or same.raw
        elif same.raw:
            return TRUE
    return FALSE if missing is None else Value(promised, missing)


def _index(arguments: Arguments, promised: Type, _: Context) -> Value:
    given, wanted = arguments
    if not isinstance(given.type, (ListOf, TupleOf)):
        raise FunctionError("argument must be a list or tuple")
    if not given.raw:
        raise FunctionError("cannot search an empty list")
    for position, item in enumerate(items(given)):
        same = equals(item, wanted)
        if isinstance(same.raw, Unknown):
            return Value(promised, same.raw)
        if same.raw:
            return number(counted(position))
    raise FunctionError("item not found")


def _wrapped(position: Value, size: int) -> int:
    try:
        index = go_int(position.raw)
    except FunctionError as error:
        raise FunctionError(f"invalid index: {error.message}") from error
    if size == 0:
        raise FunctionError("cannot use element function with an empty list")
    return index % size


def _element_type(arguments: Arguments) -> Type:
    kind, position = arguments[0].type, arguments[1]
    if isinstance(kind, ListOf):
        return kind.element
    if isinstance(kind, TupleOf):
        return kind.elements[_wrapped(position, len(kind.elements))] if position.is_known else DYNAMIC
    raise FunctionError(f"cannot read elements from {friendly_name(kind)}")


def _element(arguments: Arguments, _: Type, _context: Context) -> Value:
    given = items(arguments[0])
    return _marked(given[_wrapped(arguments[1], len(given))], arguments[0])


def _one_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if isinstance(kind, (ListOf, SetOf)):
        return kind.element
    if isinstance(kind, TupleOf) and len(kind.elements) < 2:
        return kind.elements[0] if kind.elements else DYNAMIC
    raise FunctionError(_ONE_ELEMENT, 0)


def _one(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = arguments[0]
    size = length(given)
    if size is None:
        missing = first_unknown(given)
        return Value(promised, missing)
    if size > 1:
        raise FunctionError(_ONE_ELEMENT, 0)
    return items(given)[0] if size else Value(promised, None)


def _lookup_type(arguments: Arguments) -> Type:
    if len(arguments) > 3:
        raise FunctionError(f"lookup() takes two or three arguments, got {len(arguments)}")
    kind, default = arguments[0].type, arguments[2] if len(arguments) == 3 else None
    if isinstance(kind, MapOf):
        if default is not None:
            try:
                convert(default, kind.element)
            except ConvertError as error:
                raise FunctionError("the default value must have the same type as the map elements", 2) from error
        return kind.element
    if not isinstance(kind, ObjectOf):
        raise FunctionError("lookup() requires a map as the first argument", 0)
    key = arguments[1].raw
    if not isinstance(key, str):
        return DYNAMIC
    if key in kind.attributes:
        return kind.attributes[key]
    if default is not None:
        return default.type
    raise FunctionError(f"the given object has no attribute {quoted(key)}", 0)


def _lookup(arguments: Arguments, promised: Type, _: Context) -> Value:
    mapping, key = arguments[:2]
    for argument in (mapping, key):
        if isinstance(argument.raw, Unknown):
            return _marked(Value(promised, argument.raw), mapping, key)
    found = entries(mapping).get(text(key))
    if found is None:
        if len(arguments) < 3:
            shown = "(sensitive value)" if key.sensitive else quoted(text(key))
            raise FunctionError(f"lookup failed to find key {shown}")
        found = convert(arguments[2], promised)
    return _marked(found, mapping, key)


def _keys_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if isinstance(kind, MapOf):
        return ListOf(STRING)
    if isinstance(kind, ObjectOf):
        return TupleOf((STRING,) * len(kind.attributes))
    raise FunctionError("must have map or object type", 0)


def _keys(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = arguments[0]
    # An object's attributes are known from its type even when its value is not.
    names = sorted(given.type.attributes) if isinstance(given.type, ObjectOf) else None
    if names is None and isinstance(given.raw, Unknown):
        return Value(promised, given.raw, given.sensitive)
    found = entries(given) if names is None else names
    return Value(promised, tuple([string(name) for name in found]), given.sensitive)


def _values_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if isinstance(kind, MapOf):
        return ListOf(kind.element)
    if isinstance(kind, ObjectOf):
        return TupleOf(tuple([kind.attributes[name] for name in sorted(kind.attributes)]))
    raise FunctionError("values() requires a map as the first argument")


def _values(arguments: Arguments, promised: Type, _: Context) -> Value:
    found = entries(arguments[0])
    return Value(promised, tuple([found[name] for name in sorted(found)]), arguments[0].sensitive)


def _alltrue(arguments: Arguments, promised: Type, _: Context) -> Value:
    for item in items(arguments[0]):
        if isinstance(item.raw, Unknown):
            return Value(promised, item.raw)
        if not item.raw:
            return FALSE
    return TRUE


def _anytrue(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = items(arguments[0])
    if any(item.raw is True for item in given):
        return TRUE
    missing = next((item.raw for item in given if isinstance(item.raw, Unknown)), None)
    return boolean(False) if missing is None else Value(promised, missing)


FUNCTIONS = (
    Function("alltrue", (Parameter("list", ListOf(BOOL)),), BOOL, _alltrue),
    Function("anytrue", (Parameter("list", ListOf(BOOL)),), BOOL, _anytrue),
    Function("contains", (Parameter("list", DYNAMIC), Parameter("value", DYNAMIC)), BOOL, _contains),
    Function("element", (Parameter("list", DYNAMIC, marked=True), Parameter("index", NUMBER)), _element_type, _element),
    Function("index", (Parameter("list", DYNAMIC), Parameter("value", DYNAMIC)), NUMBER, _index),
    Function("keys", (Parameter("inputMap", DYNAMIC, unknown=True, marked=True),), _keys_type, _keys),
    Function("length", (Parameter("value", DYNAMIC, unknown=True, dynamic=True, marked=True),), _length_type, _length),
    Function(
        "lookup",
        (Parameter("inputMap", DYNAMIC, unknown=True, marked=True), Parameter("key", STRING, unknown=True, marked=True)),
        _lookup_type,
        _lookup,
        Parameter("default", DYNAMIC, null=True, unknown=True, dynamic=True, marked=True),
    ),
    Function("one", (Parameter("list", DYNAMIC),), _one_type, _one),
    Function("values", (Parameter("mapping", DYNAMIC, marked=True),), _values_type, _values),
)
