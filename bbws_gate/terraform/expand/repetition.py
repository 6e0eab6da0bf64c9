"""``count`` and ``for_each``: which instances a block stands for (https://github.com/hashicorp/terraform/blob/main/internal/terraform/eval_count.go)."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.precision import counted
from bbws_gate.terraform.cty.types import DYNAMIC, NUMBER, STRING, MapOf, ObjectOf, SetOf
from bbws_gate.terraform.cty.values import Unknown, Value, any_sensitive, number, object_of, string, tuple_of, unknown
from bbws_gate.terraform.evaluate import BudgetExceeded, Scope
from bbws_gate.terraform.evaluate.budget import INSTANCE
from bbws_gate.terraform.expand.address import Key
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.syntax import Attribute, Body


class Repetition(NamedTuple):
    """The instances of a block."""

    instances: tuple[tuple[Key, dict[str, Value]], ...]
    """Key and what ``each`` or ``count`` is; one with unknown parts when the instances cannot be told."""
    kind: str
    """``single``, ``count`` or ``for_each``."""
    reason: str = ""
    """Why the instances cannot be told; empty when they can."""

    def collected(self, subject: str, objects: list[Value]) -> Value:
        """What a reference to the block as a whole sees: one object, a tuple, or an object with a part for each key."""
        if self.reason:
            return unknown(f"{subject} is repeated by a {self.kind} that cannot be known: {self.reason}")
        if self.kind == "single":
            return objects[0]
        if self.kind == "count":
            return tuple_of(tuple(objects))
        return object_of({str(key): item for (key, _), item in zip(self.instances, objects, strict=True)})


SINGLE = Repetition(((None, {}),), "single")


def repetition(body: Body, scope: Scope, subject: str, guard: Guard) -> Repetition:
    """The instances of a resource or module block; what is wrong with its count or for_each is reported to ``guard``."""
    count = body.attribute("count")
    each = body.attribute("for_each")
    if count is not None and each is not None:
        guard.add("EVL001", f"{subject}: count and for_each are mutually exclusive", each.span.place)
        return _untold("for_each", "count and for_each are both set")
    if count is not None:
        return _count(count, scope, subject, guard)
    if each is not None:
        return _for_each(each, scope, subject, guard)
    return SINGLE


def _count(attribute: Attribute, scope: Scope, subject: str, guard: Guard) -> Repetition:
    value = guard.value(attribute.value, scope, f"{subject}.count")
    if isinstance(value.raw, Unknown):
        return _undecided("count", value.raw.reason, attribute, subject, guard)
    try:
        amount = convert(value, NUMBER).raw
    except ConvertError as error:
        return _refused("count", str(error), attribute, subject, guard)
    if amount is None:
        return _refused("count", 'the given "count" argument value is null; an integer is required', attribute, subject, guard)
    if not isinstance(amount, int):
        return _refused("count", "a whole number is required", attribute, subject, guard)
    if amount < 0:
        return _refused("count", "must be greater than or equal to zero", attribute, subject, guard)
    if not _afford(amount, attribute, subject, guard):
        return _untold("count", f"{subject}.count is beyond the budget")
    return Repetition(tuple([(index, {"count": object_of({"index": number(counted(index))})}) for index in range(amount)]), "count")


def _for_each(attribute: Attribute, scope: Scope, subject: str, guard: Guard) -> Repetition:
    value = guard.value(attribute.value, scope, f"{subject}.for_each")
    if value.sensitive or (isinstance(value.type, SetOf) and any_sensitive(value)):
        return _refused("for_each", "sensitive values cannot be used as for_each arguments", attribute, subject, guard)
    if isinstance(value.raw, Unknown) and (value.type is DYNAMIC or isinstance(value.type, (MapOf, ObjectOf, SetOf))):
        return _undecided("for_each", value.raw.reason, attribute, subject, guard)
    pairs = _pairs(value)
    if isinstance(pairs, Unknown):
        return _undecided("for_each", pairs.reason, attribute, subject, guard)
    if isinstance(pairs, str):
        return _refused("for_each", pairs, attribute, subject, guard)
    if not _afford(len(pairs), attribute, subject, guard):
        return _untold("for_each", f"{subject}.for_each is beyond the budget")
    return Repetition(tuple([(key, {"each": object_of({"key": string(key), "value": item})}) for key, item in pairs]), "for_each")


def _pairs(value: Value) -> list[tuple[str, Value]] | Unknown | str:
    """Keys and values; an unknown key; or what is wrong."""
    raw = value.raw
    kind = value.type
    if raw is None:
        return 'the given "for_each" argument value is null; a map, or set of strings is allowed'
    if isinstance(raw, dict) and isinstance(kind, (MapOf, ObjectOf)):
        return list(raw.items())
    if isinstance(raw, tuple) and isinstance(kind, SetOf):
        pairs = []
        for item in raw:
            if isinstance(item.raw, Unknown):
                return item.raw
            if item.type is not STRING or not isinstance(item.raw, str):
                return '"for_each" supports maps and sets of strings, but this set contains something else'
            pairs.append((item.raw, item))
        return pairs
    word = repr(kind).split("(", 1)[0]
    return f'the "for_each" argument must be a map, or set of strings, and this is a value of type {word}'


def _afford(amount: int, attribute: Attribute, subject: str, guard: Guard) -> bool:
    try:
        guard.budget.spend(amount * INSTANCE)
    except BudgetExceeded as error:
        guard.exceeded(str(error), f"{subject}.{attribute.name}", attribute.span.place)
        return False
    return True


def _undecided(kind: str, reason: str, attribute: Attribute, subject: str, guard: Guard) -> Repetition:
    if not guard.is_exhausted:
        guard.add("EVL003", f"{subject}: {kind} cannot be known from files: {reason}", attribute.span.place)
    return _untold(kind, reason)


def _refused(kind: str, why: str, attribute: Attribute, subject: str, guard: Guard) -> Repetition:
    guard.add("EVL001", f"{subject}: invalid {kind}: {why}", attribute.span.place)
    return _untold(kind, f"{kind} is invalid: {why}")


def _untold(kind: str, reason: str) -> Repetition:
    each = object_of({"key": unknown(reason, STRING), "value": unknown(reason)})
    binding = {"count": object_of({"index": unknown(reason, NUMBER)})} if kind == "count" else {"each": each}
    return Repetition(((None, binding),), kind, reason)
