"""Places inside expressions: which part of an expression makes which part of its value.

A question follows a path: ``global_secondary_index[0].name`` -> the dynamic block's ``for_each`` -> the local that it names -> the
very line of that local's object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.evaluate import Budget, BudgetExceeded, EvaluationError, Scope, evaluate
from bbws_gate.terraform.evaluate.references import Access
from bbws_gate.terraform.expand.address import Key
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.stack import Path
from bbws_gate.terraform.syntax import (
    Attribute,
    Body,
    Call,
    Conditional,
    Expression,
    ForObject,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectCons,
    Template,
    TupleCons,
)

_BUDGET: Final = 100_000
"""Steps that one question may take to find keys and chosen branches."""


class Origin(NamedTuple):
    """What a bound name is an element of: ``each`` of the resource's for_each, an iterator of its dynamic block's."""

    expression: Expression
    frame: Frame
    key: str | int | None
    what: str
    direct: bool = False
    """Whether the name is the element itself, as a ``for`` variable is, not an object with ``key`` and ``value``."""


class Frame(NamedTuple):
    """Where an expression stands: its module instance, what it can see, and where bound names come from."""

    instance: ModuleInstance
    scope: Scope
    origins: Mapping[str, Origin]

    def value(self, expression: Expression) -> Value | None:
        """The value of a part of the expression; None where it has none."""
        try:
            return evaluate(expression, self.scope)
        except (EvaluationError, BudgetExceeded):
            return None

    def bind(self, name: str, origin: Origin) -> Frame:
        """This frame with one more bound name."""
        return self._replace(origins={**self.origins, name: origin})


Site: TypeAlias = tuple[Expression, Frame, Path]
"""An expression, where it stands, and the part of its value that is asked for."""


def module_frame(instance: ModuleInstance) -> Frame:
    """The frame of a local or output."""
    return frame_of(instance, instance.scope)


def frame_of(instance: ModuleInstance, scope: Scope) -> Frame:
    """The frame of expressions that see ``scope``, without the origins of its bindings."""
    return Frame(instance, _asking(scope), {})


def _asking(scope: Scope) -> Scope:
    """What ``scope`` sees, with a budget for one question."""
    return Scope(scope.lookup, scope.context, Budget(_BUDGET, _BUDGET), scope.bindings)


def repeated(frame: Frame, body: Body, key: Key) -> Frame:
    """``frame`` with ``each`` or ``count`` bound as the block's count or for_each says."""
    each = argument(body, "for_each")
    if each is not None:
        return frame.bind("each", Origin(each, module_frame(frame.instance), key, ""))
    count = argument(body, "count")
    return frame if count is None else frame.bind("count", Origin(count, module_frame(frame.instance), key, ""))


def concrete(accesses: tuple[Access, ...], frame: Frame) -> Path:
    """The accesses up to the first that cannot be told."""
    path: list[str | int] = []
    for access in accesses:
        if isinstance(access, str):
            path.append(access)
            continue
        value = frame.value(access)
        raw = None if value is None else value.raw
        if not isinstance(raw, (str, int)) or isinstance(raw, bool):
            break
        path.append(raw)
    return tuple(path)


class Spot(NamedTuple):
    """What stands at a path of a block."""

    place: Place
    """Where it is written; the nearest enclosing part when it is not set."""
    site: Site | None
    """The expression of the argument that is set there and the path within its value."""


def locate(content: Content, path: Path, frame: Frame, enclosing: Place) -> Spot:
    """The part at ``path`` of a block that stands at ``enclosing``."""
    around: list[Content] = []
    exact = True
    """Whether the path names a block that is there; otherwise the first of its type is the nearest."""
    while path and isinstance(path[0], str):
        kind, rest = path[0], path[1:]
        attribute = content.body.attribute(kind)
        if attribute is not None and kind in content.attributes:
            value = attribute.value
            if isinstance(value, Literal):  # as most are: what it could see does not matter
                return Spot(attribute.span.place, (value, frame, rest) if exact else None)
            site = value, _inside(around, frame), rest
            return Spot(written_at(attribute, site), site if exact else None)
        nested = content.blocks.get(kind)
        if not nested:
            break
        position = rest[0] if rest and isinstance(rest[0], int) and -len(nested) <= rest[0] < len(nested) else None
        inner = nested[position or 0]
        if isinstance(inner, Unknown):
            return Spot(_dynamic_place(content.body, kind) or _around(around, enclosing), None)
        exact = exact and position is not None
        around.append(inner)
        content, path = inner, rest[1:]
    return Spot(_around(around, enclosing), None)


def _around(blocks: list[Content], enclosing: Place) -> Place:
    return blocks[-1].span.place if blocks else enclosing


def _inside(blocks: list[Content], frame: Frame) -> Frame:
    for block in blocks:
        frame = nested_frame(block, frame)
    return frame


def nested_frame(content: Content, frame: Frame) -> Frame:
    """The frame of a nested block: a dynamic block's iterator is bound."""
    inner = Frame(frame.instance, _asking(content.scope), frame.origins)
    if content.element is None:
        return inner
    name, each, key = content.element
    raw = key.raw
    origin_key = raw if isinstance(raw, (str, int)) and not isinstance(raw, bool) else None
    return inner.bind(name, Origin(each.value, frame, origin_key, " in the dynamic block"))


def repetition(content: Content, path: Path, frame: Frame) -> Iterator[Site]:
    """What decides how many blocks there are on the way to ``path``: the for_each of its dynamic blocks."""
    while path and isinstance(path[0], str):
        kind, rest = path[0], path[1:]
        for block in content.body.blocks_of("dynamic"):
            for_each = argument(block.body, "for_each") if block.labels == (kind,) else None
            if for_each is not None:
                yield for_each, frame, ()
        nested = content.blocks.get(kind) or ()
        inner = nested[rest[0]] if rest and isinstance(rest[0], int) and -len(nested) <= rest[0] < len(nested) else None
        if inner is None or isinstance(inner, Unknown):
            return
        frame = nested_frame(inner, frame)
        content, path = inner, rest[1:]


def descend(site: Site) -> Site:
    """Into the part of an expression that makes the part of its value: an object's item, a chosen branch, merge's last word."""
    return descent(site)[-1]


def descent(site: Site) -> list[Site]:
    """The way of :func:`descend`, from the expression itself to the part."""
    way = [site]
    while True:
        step = _deeper(*way[-1])
        if step is None:
            return way
        way.append(step)


def _deeper(expression: Expression, frame: Frame, path: Path) -> Site | None:
    if isinstance(expression, Template) and len(expression.parts) == 1:
        only = expression.parts[0]
        return None if not isinstance(only, (Name, GetAttr, Index, Call, Conditional)) else (only, frame, path)
    if isinstance(expression, Conditional):
        chosen = frame.value(expression.condition)
        if chosen is None or not isinstance(chosen.raw, bool):
            return None
        return (expression.yes if chosen.raw else expression.no), frame, path
    if not path:
        return None
    if isinstance(expression, ObjectCons):
        found = object_item(expression, path[0], frame)
        return None if found is None else (found, frame, path[1:])
    if isinstance(expression, TupleCons):
        position = path[0]
        if isinstance(position, int) and -len(expression.items) <= position < len(expression.items):
            return expression.items[position], frame, path[1:]
        return None
    if isinstance(expression, Call) and expression.name == "merge" and not expression.expand:
        return _merged(expression, frame, path)
    if isinstance(expression, ForObject):
        return _comprehended(expression, frame, path)
    return None


def object_item(expression: ObjectCons, name: str | int, frame: Frame) -> Expression | None:
    """The value expression of the last item with that key."""
    items = frame.instance.shared.facts.items(expression)
    if items is not None:
        return items.get(str(name))
    for key, value in reversed(expression.items):
        found = key.value if isinstance(key, Literal) else getattr(frame.value(key), "raw", None)
        if found is not None and str(found) == str(name):
            return value
    return None


def _merged(expression: Call, frame: Frame, path: Path) -> Site | None:
    for argument_expression in reversed(expression.args):
        value = frame.value(argument_expression)
        if value is None or not isinstance(value.raw, dict):
            return None
        if path[0] in value.raw:
            return argument_expression, frame, path
    return None


def _comprehended(expression: ForObject, frame: Frame, path: Path) -> Site | None:
    """``{for k, v in c : k => f(v)}``: the element of ``c`` with the same key is where ``v`` comes from."""
    key = expression.key
    if expression.group or not isinstance(key, Name) or key.name != expression.key_name:
        return None
    collection = frame.value(expression.collection)
    element = collection.raw.get(str(path[0])) if collection is not None and isinstance(collection.raw, dict) else None
    if element is None:
        return None
    scope = frame.scope.binding({key.name: Value(element.type, path[0]), expression.value_name: element})
    inner = Frame(frame.instance, scope, frame.origins)
    inner = inner.bind(expression.value_name, Origin(expression.collection, frame, path[0], " in the for expression", True))
    return expression.value, inner, path[1:]


def written_at(attribute: Attribute, site: Site) -> Place:
    """The lines of the part of an argument that is asked for; those of the whole argument when that is the whole."""
    part = descend(site)[0]
    return attribute.span.place if part is attribute.value else part.span.place


def _dynamic_place(body: Body, kind: str) -> Place | None:
    for block in body.blocks_of("dynamic"):
        if block.labels == (kind,):
            return block.header.place
    return None
