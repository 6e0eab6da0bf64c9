"""Functions from sequences to sequences: cty's stdlib/sequence.go and collection.go, Terraform's funcs/collection.go."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from bbws_gate.deferred import dataclass, field
from bbws_gate.terraform.cty.convert import ConvertError, convert, unify
from bbws_gate.terraform.cty.equality import equals
from bbws_gate.terraform.cty.numbers import add, compare
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import DYNAMIC, NUMBER, STRING, ListOf, SetOf, TupleOf, Type, friendly_name
from bbws_gate.terraform.cty.values import EMPTY_TUPLE, Unknown, Value, first_unknown, number, tuple_of
from bbws_gate.terraform.functions.arguments import go_int, is_sequence, items, length, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter

_LONGEST_RANGE: Final = 1024
_ANY_LIST: Final = ListOf(DYNAMIC)


def _chunklist_type(arguments: Arguments) -> Type:
    return ListOf(arguments[0].type)


def _chunklist(arguments: Arguments, promised: Type, _: Context) -> Value:
    given, wanted = arguments
    try:
        size = go_int(wanted.raw)
    except FunctionError as error:
        raise FunctionError(f"invalid size: {error.message}") from error
    if size < 0:
        raise FunctionError("the size argument must be positive")
    found = items(given)
    step = size or len(found) or 1
    chunks = [Value(given.type, found[start : start + step]) for start in range(0, len(found), step)]
    return Value(promised, tuple(chunks), given.sensitive or wanted.sensitive)


def _coalescelist_type(arguments: Arguments) -> Type:
    if not arguments:
        raise FunctionError("at least one argument is required")
    kinds = []
    for argument in arguments:
        if not argument.is_known:
            return DYNAMIC
        if not isinstance(argument.type, (ListOf, TupleOf)):
            raise FunctionError("coalescelist arguments must be lists or tuples")
        kinds.append(argument.type)
    return kinds[0] if all(kind == kinds[0] for kind in kinds) else DYNAMIC


def _coalescelist(arguments: Arguments, promised: Type, _: Context) -> Value:
    for argument in arguments:
        if isinstance(argument.raw, Unknown):
            return Value(promised, argument.raw)
        if argument.raw:
            return argument
    raise FunctionError("no non-null arguments")


def _coalesce_type(arguments: Arguments) -> Type:
    kind = unify([argument.type for argument in arguments])
    if kind is None:
        raise FunctionError("all arguments must have the same type")
    return kind


def _coalesce(arguments: Arguments, promised: Type, _: Context) -> Value:
    for argument in arguments:
        try:
            candidate = convert(argument, promised)
        except ConvertError:
            # Terraform passes over what does not become the common type.
            continue
        if isinstance(candidate.raw, Unknown):
            return Value(promised, candidate.raw)
        if candidate.raw is not None and not (promised is STRING and candidate.raw == ""):
            return candidate
    raise FunctionError("no non-null, non-empty-string arguments")


def _compact(arguments: Arguments, promised: Type, _: Context) -> Value:
    unclear = undecided(arguments[0], promised)
    if unclear is not None:
        return unclear
    return Value(promised, tuple([item for item in items(arguments[0]) if item.raw]))


def _concat_type(arguments: Arguments) -> Type:
    if not arguments:
        raise FunctionError("at least one argument is required")
    if all(isinstance(argument.type, ListOf) for argument in arguments):
        common = unify([argument.type for argument in arguments])
        if common is not None:
            return common
    kinds: list[Type] = []
    for position, argument in enumerate(arguments):
        if isinstance(argument.type, TupleOf):
            kinds += argument.type.elements
        elif isinstance(argument.type, ListOf):
            if not argument.is_known:
                return DYNAMIC
            kinds += [argument.type.element] * len(items(argument))
        else:
            raise FunctionError(f"all arguments must be lists or tuples; got {friendly_name(argument.type)}", position)
    return TupleOf(tuple(kinds))


def _concat(arguments: Arguments, promised: Type, context: Context) -> Value:
    found: list[Value] = []
    sensitive = False
    for position, argument in enumerate(arguments):
        sensitive = sensitive or argument.sensitive
        try:
            given = convert(argument, promised) if isinstance(promised, ListOf) else argument
        except ConvertError as error:
            raise FunctionError(str(error), position) from error
        context.spend(len(items(given)) // 8)
        found += items(given)
    return Value(promised, tuple(found), sensitive)


def _distinct(arguments: Arguments, promised: Type, context: Context) -> Value:
    unclear = undecided(arguments[0], promised)
    if unclear is not None:
        return unclear
    kept: list[Value] = []
    seen: set[object] = set()
    simple = arguments[0].type == ListOf(STRING)
    for item in items(arguments[0]):
        if simple:
            if item.raw not in seen:
                seen.add(item.raw)
                kept.append(item)
            continue
        context.spend(1 + len(kept))
        if not any(equals(other, item).raw is True for other in kept):
            kept.append(item)
    return Value(promised, tuple(kept))


@dataclass(slots=True)
class _Flattening:
    """What flattening finds: the elements, whether a mark stood on a list, and why the result cannot be told."""

    context: Context
    found: list[Value] = field(default_factory=list)
    sensitive: bool = False
    missing: Unknown | None = None

    def add(self, given: Value) -> None:
        """Adds the elements of a sequence, and of the sequences in it."""
        self.sensitive = self.sensitive or given.sensitive
        if length(given) is None:
            self.missing = self.missing or first_unknown(given)
            return
        self.context.spend(1 + len(items(given)) // 8)
        for item in items(given):
            if isinstance(item.raw, Unknown) and (is_sequence(item.type) or (item.type is DYNAMIC and not item.sensitive)):
                # A sensitive unknown of no type passes for an element: cty compares with its unmarked one.
                self.sensitive = self.sensitive or item.sensitive
                self.missing = self.missing or item.raw
            elif item.raw is not None and is_sequence(item.type):
                self.add(item)
            else:
                self.found.append(item)


def _flatten(arguments: Arguments, _: Type, context: Context) -> Value:
    given = arguments[0]
    if not is_sequence(given.type):
        raise FunctionError("can only flatten lists, sets and tuples")
    if not given.raw:
        return Value(EMPTY_TUPLE.type, (), given.sensitive)
    flat = _Flattening(context)
    flat.add(given)
    if flat.missing is not None:
        return Value(DYNAMIC, flat.missing, flat.sensitive)
    result = tuple_of(tuple(flat.found))
    return result.marked() if flat.sensitive else result


def _range(arguments: Arguments, promised: Type, context: Context) -> Value:
    amounts = [argument.raw if isinstance(argument.raw, (int, Fraction, float)) else 0 for argument in arguments]
    if not 1 <= len(amounts) <= 3:
        raise FunctionError("must have one, two, or three arguments")
    start = amounts[0] if len(amounts) > 1 else counted(0)
    end = amounts[1] if len(amounts) > 1 else amounts[0]
    step = amounts[2] if len(amounts) > 2 else counted(-1 if compare(end, start) < 0 else 1)
    # A step of zero is positive: cty means to refuse it, but compares the addresses of two zeros.
    direction = -1 if compare(step, 0) < 0 else 1
    if compare(end, start) == -direction:
        order, sign = ("less", "negative") if direction < 0 else ("greater", "positive")
        raise FunctionError(f"end must be {order} than start when step is {sign}", 1)
    found: list[Value] = []
    while compare(start, end) == -direction:
        if len(found) >= _LONGEST_RANGE:
            raise FunctionError(
                f"more than {_LONGEST_RANGE} values were generated; "
                "either decrease the difference between start and end or use a smaller step"
            )
        context.spend(1)
        found.append(number(start))
        start = add(start, step)
    return Value(promised, tuple(found))


def _reverse_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if isinstance(kind, TupleOf):
        return TupleOf(tuple(reversed(kind.elements)))
    if isinstance(kind, (ListOf, SetOf)):
        return ListOf(kind.element)
    raise FunctionError(f"can only reverse list or tuple values, not {friendly_name(kind)}", 0)


def _reverse(arguments: Arguments, promised: Type, _: Context) -> Value:
    return Value(promised, tuple(reversed(items(arguments[0]))), arguments[0].sensitive)


def _slice_bounds(arguments: Arguments) -> tuple[int | None, int | None]:
    given = arguments[0]
    size = len(given.type.elements) if isinstance(given.type, TupleOf) else length(given)
    bounds: list[int | None] = []
    for position, word in ((1, "start"), (2, "end")):
        if not arguments[position].is_known:
            bounds.append(None)
            continue
        try:
            index = go_int(arguments[position].raw)
        except FunctionError as error:
            raise FunctionError(f"invalid {word} index: {error.message}", position) from error
        if index < 0:
            raise FunctionError(f"{word} index must not be less than zero", position)
        if size is not None and index > size:
            raise FunctionError(f"{word} index must not be greater than the length of the list", position)
        bounds.append(index)
    start, end = bounds
    if start is not None and end is not None and start > end:
        raise FunctionError("start index must not be greater than end index", 1)
    return start, end


def _slice_type(arguments: Arguments) -> Type:
    kind = arguments[0].type
    if isinstance(kind, SetOf):
        raise FunctionError(
            "cannot slice a set, because its elements do not have indices; "
            "explicitly convert to a list if the ordering of the result is not important",
            0,
        )
    if not isinstance(kind, (ListOf, TupleOf)):
        raise FunctionError("must be a list or tuple value", 0)
    start, end = _slice_bounds(arguments)
    if isinstance(kind, ListOf):
        return kind
    return DYNAMIC if start is None or end is None else TupleOf(kind.elements[start:end])


def _slice(arguments: Arguments, promised: Type, _: Context) -> Value:
    start, end = _slice_bounds(arguments)
    return Value(promised, items(arguments[0])[start:end], arguments[0].sensitive)


def _matchkeys_type(arguments: Arguments) -> Type:
    if unify([arguments[1].type, arguments[2].type]) is None:
        raise FunctionError("keys and searchset must be of the same type")
    return arguments[0].type


def _matchkeys(arguments: Arguments, promised: Type, context: Context) -> Value:
    values, keys, searched = arguments
    if len(items(values)) != len(items(keys)):
        raise FunctionError("length of keys and values should be equal")
    kind = unify([keys.type, searched.type]) or keys.type
    wanted = items(convert(searched, kind))
    if not wanted:
        return Value(promised, ())
    for argument in (values, keys):
        unclear = undecided(argument, promised)
        if unclear is not None:
            return unclear
    found: list[Value] = []
    for value, key in zip(items(values), items(convert(keys, kind)), strict=True):
        for candidate in wanted:
            context.spend(1)
            same = equals(key, candidate)
            if isinstance(same.raw, Unknown):
                # Terraform gives an empty list here, though the answer is not known yet.
                return Value(promised, same.raw)
            if same.raw:
                found.append(value)
                break
    return Value(promised, tuple(found))


FUNCTIONS = (
    Function("chunklist", (Parameter("list", _ANY_LIST, marked=True), Parameter("size", NUMBER, marked=True)), _chunklist_type, _chunklist),
    Function("coalesce", (), _coalesce_type, _coalesce, Parameter("vals", DYNAMIC, null=True, unknown=True, dynamic=True)),
    Function("coalescelist", (), _coalescelist_type, _coalescelist, Parameter("vals", DYNAMIC, null=True, unknown=True, dynamic=True)),
    Function("compact", (Parameter("list", ListOf(STRING)),), ListOf(STRING), _compact),
    Function("concat", (), _concat_type, _concat, Parameter("seqs", DYNAMIC, marked=True)),
    Function("distinct", (Parameter("list", _ANY_LIST),), lambda arguments: arguments[0].type, _distinct),
    Function("flatten", (Parameter("list", DYNAMIC, marked=True),), DYNAMIC, _flatten),
    Function(
        "matchkeys",
        (Parameter("values", _ANY_LIST), Parameter("keys", _ANY_LIST), Parameter("searchset", _ANY_LIST)),
        _matchkeys_type,
        _matchkeys,
    ),
    Function("range", (), ListOf(NUMBER), _range, Parameter("params", NUMBER)),
    Function("reverse", (Parameter("list", DYNAMIC, marked=True),), _reverse_type, _reverse),
    Function(
        "slice",
        (Parameter("list", DYNAMIC, marked=True), Parameter("start_index", NUMBER), Parameter("end_index", NUMBER)),
        _slice_type,
        _slice,
    ),
)
