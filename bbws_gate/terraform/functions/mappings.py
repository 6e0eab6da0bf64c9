"""``merge``, ``transpose`` and ``zipmap``: cty's stdlib/collection.go and Terraform's funcs/collection.go."""

from __future__ import annotations

from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type, friendly_name
from bbws_gate.terraform.cty.values import EMPTY_OBJECT, Value, first_unknown, object_of, string
from bbws_gate.terraform.functions.arguments import entries, items, text, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter


def _merge_type(arguments: Arguments) -> Type:
    if not arguments:
        return EMPTY_OBJECT.type
    attributes: dict[str, Type] = {}
    kinds: list[Type] = []
    complete = True
    for argument in arguments:
        kind = argument.type
        if kind is DYNAMIC:
            return DYNAMIC
        if isinstance(kind, ObjectOf):
            # A null object counts as one without attributes.
            kind = EMPTY_OBJECT.type if argument.raw is None else kind
            attributes.update(kind.attributes if isinstance(kind, ObjectOf) else {})
        elif isinstance(kind, MapOf):
            attributes.update(dict.fromkeys(entries(argument), kind.element))
            complete = complete and argument.is_known
        else:
            raise FunctionError(f"arguments must be maps or objects, got {quoted(friendly_name(kind))}")
        kinds.append(kind)
    if all(kind == kinds[0] for kind in kinds):
        return kinds[0]
    return ObjectOf({name: attributes[name] for name in sorted(attributes)}) if complete else DYNAMIC


def _merge(arguments: Arguments, promised: Type, context: Context) -> Value:
    merged: dict[str, Value] = {}
    for argument in arguments:
        found = _elements(argument)
        context.spend(len(found) // 8)
        merged.update(found)
    sensitive = any(argument.sensitive for argument in arguments if argument.raw is not None)
    ordered = {name: merged[name] for name in sorted(merged)}
    result = object_of(ordered) if promised is DYNAMIC else Value(promised, ordered)
    return result.marked() if sensitive else result


def _elements(argument: Value) -> dict[str, Value]:
    """Beside a null of no type, cty does not check what the others are: the strings of a set are keys and values, the rest fails."""
    if argument.raw is None or isinstance(argument.raw, dict):
        return entries(argument)
    if argument.raw == ():
        return {}
    if isinstance(argument.type, SetOf) and all(isinstance(item.raw, str) for item in items(argument)):
        return {text(item): item for item in items(argument)}
    raise FunctionError(f"arguments must be maps or objects, got {quoted(friendly_name(argument.type))}")


def _transpose(arguments: Arguments, promised: Type, context: Context) -> Value:
    unclear = undecided(arguments[0], promised)
    if unclear is not None:
        return unclear
    turned: dict[str, list[str]] = {}
    for key, names in entries(arguments[0]).items():
        if names.raw is None:
            raise FunctionError("input must not contain null list")
        context.spend(len(items(names)))
        for name in items(names):
            if name.raw is None:
                raise FunctionError("input list must not contain null string")
            turned.setdefault(text(name), []).append(key)
    result = {name: Value(ListOf(STRING), tuple([string(key) for key in sorted(turned[name])])) for name in sorted(turned)}
    return Value(promised, result)


def _zipmap_type(arguments: Arguments) -> Type:
    keys, kind = arguments[0], arguments[1].type
    if isinstance(kind, ListOf):
        return MapOf(kind.element)
    if not isinstance(kind, TupleOf):
        raise FunctionError("values argument must be a list or tuple value")
    if first_unknown(keys) is not None:
        return DYNAMIC
    _check_lengths(len(items(keys)), len(kind.elements))
    names = []
    for index, key in enumerate(items(keys)):
        if key.raw is None:
            raise FunctionError(f"keys list has null value at index {index}")
        names.append(text(key))
    kinds = dict(zip(names, kind.elements, strict=True))
    return ObjectOf({name: kinds[name] for name in sorted(kinds)})


def _check_lengths(keys: int, values: int) -> None:
    if keys != values:
        raise FunctionError(f"number of keys ({keys}) does not match number of values ({values})")


def _zipmap(arguments: Arguments, promised: Type, context: Context) -> Value:
    keys, values = arguments
    sensitive = keys.sensitive or values.sensitive
    missing = first_unknown(keys)
    if missing is not None:
        return Value(promised, missing, sensitive)
    _check_lengths(len(items(keys)), len(items(values)))
    context.spend(len(items(keys)) // 8)
    zipped: dict[str, Value] = {}
    for key, value in zip(items(keys), items(values), strict=True):
        if key.raw is None:
            raise FunctionError("keys list has a null value")
        zipped[text(key)] = value
        # A key cannot carry its mark, so the whole takes it.
        sensitive = sensitive or key.sensitive
    return Value(promised, {name: zipped[name] for name in sorted(zipped)}, sensitive)


_LISTS_BY_NAME = MapOf(ListOf(STRING))

FUNCTIONS = (
    Function("merge", (), _merge_type, _merge, Parameter("maps", DYNAMIC, null=True, dynamic=True, marked=True)),
    Function("transpose", (Parameter("values", _LISTS_BY_NAME),), _LISTS_BY_NAME, _transpose),
    Function("zipmap", (Parameter("keys", ListOf(STRING), marked=True), Parameter("values", DYNAMIC, marked=True)), _zipmap_type, _zipmap),
)
