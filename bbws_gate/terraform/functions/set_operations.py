"""Set algebra: cty's stdlib/set.go and its SetProductFunc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod

from bbws_gate.terraform.cty.convert import ConvertError, convert, unify
from bbws_gate.terraform.cty.equality import equals
from bbws_gate.terraform.cty.set_order import hash_bytes
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import DYNAMIC, ListOf, SetOf, TupleOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value, first_unknown
from bbws_gate.terraform.functions.arguments import items, length
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter


def _operation_type(arguments: Arguments) -> Type:
    kinds = []
    for argument in arguments:
        element = argument.type.element if isinstance(argument.type, SetOf) else DYNAMIC
        # An empty set of no type becomes a set of whatever the others hold.
        if not (element is DYNAMIC and argument.raw == ()):
            kinds.append(element)
    if not kinds:
        return SetOf(DYNAMIC)
    common = unify(kinds)
    if common is None:
        raise FunctionError("given sets must all have compatible element types")
    return SetOf(common)


def _union(first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    return [*first, *second]


def _intersection(first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    return [item for item, shared in _compared(first, second) if shared]


def _difference(first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    return [item for item, shared in _compared(first, second) if not shared]


def _compared(first: Sequence[Value], second: Sequence[Value]) -> Iterator[tuple[Value, bool]]:
    """Each item of the first, and whether the second has it."""
    buckets: dict[bytes, list[Value]] = {}
    for item in second:
        buckets.setdefault(hash_bytes(item), []).append(item)
    for item in first:
        yield item, any(equals(item, other).raw is True for other in buckets.get(hash_bytes(item), ()))


def _operation(name: str, combine: Callable[[Sequence[Value], Sequence[Value]], list[Value]], *, unknowns: bool = False) -> Function:
    def implementation(arguments: Arguments, promised: Type, context: Context) -> Value:
        found: Sequence[Value] | None = None
        element = promised.element if isinstance(promised, SetOf) else DYNAMIC
        for position, argument in enumerate(arguments):
            try:
                given = convert(argument, promised)
            except ConvertError as error:
                raise FunctionError(str(error), position) from error
            missing = None if unknowns else first_unknown(given)
            if missing is not None:
                return Value(promised, missing)
            context.spend(len(items(given)))
            found = items(given) if found is None else combine(found, items(given))
        return set_of(element, found or ())

    sets = SetOf(DYNAMIC)
    if name == "setsubtract":
        return Function(name, (Parameter("a", sets, dynamic=True), Parameter("b", sets, dynamic=True)), _operation_type, implementation)
    first, others = Parameter("first_set", sets, dynamic=True), Parameter("other_sets", sets, dynamic=True)
    return Function(name, (first,), _operation_type, implementation, others)


def _product_type(arguments: Arguments) -> Type:
    if len(arguments) < 2:
        raise FunctionError("at least two arguments are required")
    kinds = tuple([_factor_type(argument.type, position) for position, argument in enumerate(arguments)])
    ordered = not any(isinstance(argument.type, SetOf) for argument in arguments)
    return ListOf(TupleOf(kinds)) if ordered else SetOf(TupleOf(kinds))


def _factor_type(kind: Type, position: int) -> Type:
    if isinstance(kind, (SetOf, ListOf)):
        return kind.element
    if not isinstance(kind, TupleOf):
        raise FunctionError("a set or a list is required", position)
    common = unify(kind.elements) if kind.elements else DYNAMIC
    if common is None:
        raise FunctionError("all elements must be of the same type", position)
    return common


def _product(arguments: Arguments, promised: Type, context: Context) -> Value:
    sensitive = any(argument.sensitive for argument in arguments)
    sizes = [length(argument) for argument in arguments]
    total = prod(size for size in sizes if size is not None)
    if None in sizes:
        missing = next(found for found in map(first_unknown, arguments) if found is not None)
        return Value(promised, Unknown(missing.reason), sensitive)
    row = promised.element if isinstance(promised, (ListOf, SetOf)) else DYNAMIC
    if not isinstance(row, TupleOf) or not total:
        return Value(promised, (), sensitive)
    context.spend(total * len(arguments))
    factors = [[convert(item, kind) for item in items(argument)] for argument, kind in zip(arguments, row.elements, strict=True)]
    rows = [Value(row, combination) for combination in product(*factors)]
    result = Value(promised, tuple(rows)) if isinstance(promised, ListOf) else set_of(row, rows)
    return result.marked() if sensitive else result


FUNCTIONS = (
    _operation("setintersection", _intersection),
    Function("setproduct", (), _product_type, _product, Parameter("sets", DYNAMIC, unknown=True, marked=True)),
    _operation("setsubtract", _difference),
    _operation("setunion", _union, unknowns=True),
)
