"""Which types convert to which, and the one type that several can all become: cty's convert package, looked at types alone.

Facts: https://github.com/zclconf/go-cty, cty/convert/conversion.go, unify.go, compare_types.go, sort_types.go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type

MAX_DISTINCT = 300
"""So many different types are compared pair by pair; beyond, no common type is sought."""


def conversion_exists(source: Type, target: Type, *, unsafe: bool = True) -> bool:
    """Whether values of ``source`` can become ``target``; ``unsafe`` counts conversions that may fail for some values."""
    if target is DYNAMIC or source == target:
        return True
    if source is DYNAMIC:
        return unsafe
    if isinstance(target, Primitive):
        return isinstance(source, Primitive) and (target is STRING or (unsafe and source is STRING))
    if isinstance(target, ObjectOf):
        return _to_object_exists(source, target, unsafe)
    if isinstance(target, TupleOf):
        return (
            isinstance(source, TupleOf)
            and len(source.elements) == len(target.elements)
            and all(conversion_exists(*pair, unsafe=unsafe) for pair in zip(source.elements, target.elements, strict=True))
        )
    if isinstance(target, MapOf):
        return _to_map_exists(source, target, unsafe)
    if isinstance(source, TupleOf):
        element = common_element(source.elements, target.element, unsafe=unsafe)
        return element is not None and _all_convert(source.elements, element, unsafe)
    if isinstance(target, SetOf) and isinstance(source, ListOf) and not unsafe:
        return False
    return isinstance(source, (ListOf, SetOf)) and conversion_exists(source.element, target.element, unsafe=unsafe)


def _to_object_exists(source: Type, target: ObjectOf, unsafe: bool) -> bool:
    if isinstance(source, ObjectOf):
        return all(
            conversion_exists(source.attributes[name], kind, unsafe=unsafe) if name in source.attributes else name in target.optional
            for name, kind in target.attributes.items()
        )
    if not (isinstance(source, MapOf) and unsafe):
        return False
    return all(name in target.optional or conversion_exists(source.element, kind, unsafe=True) for name, kind in target.attributes.items())


def _to_map_exists(source: Type, target: MapOf, unsafe: bool) -> bool:
    if isinstance(source, MapOf):
        return conversion_exists(source.element, target.element, unsafe=unsafe)
    if not isinstance(source, ObjectOf):
        return False
    kinds = tuple(source.attributes.values())
    element = unify(kinds, unsafe=unsafe) if target.element is DYNAMIC and kinds else target.element
    return element is not None and _all_convert(kinds, element, unsafe)


def _all_convert(kinds: Sequence[Type], target: Type, unsafe: bool) -> bool:
    return all(conversion_exists(kind, target, unsafe=unsafe) for kind in dict.fromkeys(kinds))


def common_element(kinds: Sequence[Type], wanted: Type, *, unsafe: bool = True) -> Type | None:
    """The element type for a list or set made of a tuple: what is wanted or, for ``any``, what all elements can become."""
    if wanted is not DYNAMIC or not kinds:
        return wanted
    element = unify(kinds, unsafe=unsafe)
    # Elements that are partly of unknown type may turn out not to fit together.
    if element is DYNAMIC and any(kind is not DYNAMIC for kind in kinds):
        return None
    return element


def unify(types: Sequence[Type], *, unsafe: bool = True) -> Type | None:
    """The most general type that all of ``types`` convert to, or None.

    DYNAMIC, where not all of ``types`` are, says that the type depends on a value that is not known yet: the result is unknown.
    """
    kinds = list(dict.fromkeys(types))
    if len(kinds) <= 1:
        return kinds[0] if kinds else None
    for family, rule in _FAMILIES:
        if any(isinstance(kind, family[0]) for kind in kinds) and all(kind is DYNAMIC or isinstance(kind, family) for kind in kinds):
            decided, result = rule(kinds, unsafe)
            if decided:
                return result
    if any(isinstance(kind, ObjectOf) for kind in kinds) and any(isinstance(kind, TupleOf) for kind in kinds):
        return None
    for wanted in _by_preference(kinds):
        if _all_convert(kinds, wanted, unsafe):
            return wanted
    return None


_Outcome = tuple[bool, "Type | None"]


def _collections(kinds: list[Type], unsafe: bool) -> _Outcome:
    elements = [kind.element for kind in kinds if isinstance(kind, (ListOf, SetOf, MapOf))]
    if len(elements) < len(kinds):
        return True, DYNAMIC
    first = kinds[0]
    element = unify(elements, unsafe=unsafe)
    if element is None or not isinstance(first, (ListOf, SetOf, MapOf)):
        return True, None
    result = type(first)(element)
    return True, result if _all_convert(kinds, result, unsafe) else None


def _objects_as_maps(kinds: list[Type], unsafe: bool) -> _Outcome:
    shaped = _objects_to_map([kind for kind in kinds if isinstance(kind, ObjectOf)], unsafe)
    if shaped is None:
        return False, None
    result = unify([shaped if isinstance(kind, ObjectOf) else kind for kind in kinds], unsafe=unsafe)
    return isinstance(result, MapOf), result


def _tuples_as_lists(kinds: list[Type], unsafe: bool) -> _Outcome:
    shaped = _tuples_to_list([kind for kind in kinds if isinstance(kind, TupleOf)], unsafe)
    if shaped is None:
        return False, None
    result = unify([shaped if isinstance(kind, TupleOf) else kind for kind in kinds], unsafe=unsafe)
    return isinstance(result, ListOf), result


def _objects(kinds: list[Type], unsafe: bool) -> _Outcome:
    objects = [kind for kind in kinds if isinstance(kind, ObjectOf)]
    if len(objects) < len(kinds):
        return True, DYNAMIC
    names = objects[0].attributes.keys()
    if any(kind.attributes.keys() != names for kind in objects):
        return True, _objects_to_map(objects, unsafe)
    attributes: dict[str, Type] = {}
    for name in names:
        common = unify([kind.attributes[name] for kind in objects], unsafe=unsafe)
        if common is None:
            return True, None
        attributes[name] = common
    result = ObjectOf(attributes)
    return True, result if _all_convert(objects, result, unsafe) else _objects_to_map(objects, unsafe)


def _objects_to_map(objects: list[ObjectOf], unsafe: bool) -> Type | None:
    element = unify([kind for each in objects for kind in each.attributes.values()], unsafe=unsafe)
    if element is None:
        return None
    result = MapOf(element)
    return result if _all_convert(objects, result, unsafe) else None


def _tuples(kinds: list[Type], unsafe: bool) -> _Outcome:
    tuples = [kind for kind in kinds if isinstance(kind, TupleOf)]
    if len(tuples) < len(kinds):
        return True, DYNAMIC
    length = len(tuples[0].elements)
    if any(len(kind.elements) != length for kind in tuples):
        return True, _tuples_to_list(tuples, unsafe)
    elements: list[Type] = []
    for position in range(length):
        common = unify([kind.elements[position] for kind in tuples], unsafe=unsafe)
        if common is None:
            return True, None
        elements.append(common)
    result = TupleOf(tuple(elements))
    return True, result if _all_convert(tuples, result, unsafe) else _tuples_to_list(tuples, unsafe)


def _tuples_to_list(tuples: list[TupleOf], unsafe: bool) -> Type | None:
    element = unify([kind for each in tuples for kind in each.elements], unsafe=unsafe)
    if element is None:
        return None
    result = ListOf(element)
    return result if _all_convert(tuples, result, unsafe) else None


_FAMILIES: tuple[tuple[tuple[type, ...], Callable[[list[Type], bool], _Outcome]], ...] = (
    ((MapOf,), _collections),
    ((MapOf, ObjectOf), _objects_as_maps),
    ((ListOf,), _collections),
    ((ListOf, TupleOf), _tuples_as_lists),
    ((SetOf,), _collections),
    ((ObjectOf,), _objects),
    ((TupleOf,), _tuples),
)
"""Kinds of one family can get a type that none of them is; tried in cty's order, the first kind of a family must occur."""


def _by_preference(kinds: list[Type]) -> list[Type]:
    """The most general types first: a topological order by :func:`_compared`, ties in the given order."""
    if len(kinds) > MAX_DISTINCT:
        return []
    below: list[list[int]] = [[] for _ in kinds]
    waiting = [0] * len(kinds)
    for left, right in combinations(range(len(kinds)), 2):
        order = _compared(kinds[left], kinds[right])
        if order:
            upper, lower = (left, right) if order < 0 else (right, left)
            below[upper].append(lower)
            waiting[lower] += 1
    queue = [index for index, count in enumerate(waiting) if count == 0]
    for index in queue:
        for lower in below[index]:
            waiting[lower] -= 1
            if waiting[lower] == 0:
                queue.append(lower)
    return [kinds[index] for index in queue]


def _compared(left: Type, right: Type) -> int:
    """Negative when ``left`` is the more general of the two, positive when ``right`` is, 0 when neither."""
    if left is DYNAMIC or right is DYNAMIC:
        return (left is DYNAMIC) - (right is DYNAMIC)
    if isinstance(left, Primitive) and isinstance(right, Primitive):
        return (right is STRING) - (left is STRING)
    if type(left) is type(right):
        return _compared_parts(*_paired(left, right))
    return _KIND_ORDER.get((type(left), type(right)), 0)


def _paired(left: Type, right: Type) -> tuple[list[Type], list[Type]]:
    """Parts of two types of one kind that stand in the same place; none when the shapes differ."""
    if isinstance(left, ObjectOf) and isinstance(right, ObjectOf) and left.attributes.keys() == right.attributes.keys():
        return list(left.attributes.values()), [right.attributes[name] for name in left.attributes]
    if isinstance(left, TupleOf) and isinstance(right, TupleOf) and len(left.elements) == len(right.elements):
        return list(left.elements), list(right.elements)
    if isinstance(left, (ListOf, SetOf, MapOf)) and isinstance(right, (ListOf, SetOf, MapOf)):
        return [left.element], [right.element]
    return [], []


def _compared_parts(left: list[Type], right: list[Type]) -> int:
    orders = [_compared(*pair) for pair in zip(left, right, strict=True)]
    upward, downward = any(order < 0 for order in orders), any(order > 0 for order in orders)
    return downward - upward


_KIND_ORDER: dict[tuple[type, type], int] = {
    (TupleOf, SetOf): -1,
    (ListOf, SetOf): -1,
    (ListOf, TupleOf): -1,
    (MapOf, ObjectOf): -1,
    (SetOf, TupleOf): 1,
    (SetOf, ListOf): 1,
    (TupleOf, ListOf): 1,
    (ObjectOf, MapOf): 1,
}
"""A list is more general than a tuple and both than a set, a map more than an object."""
