"""Sets: no element twice, in Terraform's order."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from bbws_gate.terraform.cty.equality import equals
from bbws_gate.terraform.cty.marks import unmarked_deep
from bbws_gate.terraform.cty.set_order import OrderKey, hash_bytes, order_key
from bbws_gate.terraform.cty.types import STRING, SetOf, Type
from bbws_gate.terraform.cty.values import Value, any_sensitive, first_unknown


def set_of(element: Type, items: Iterable[Value]) -> Value:
    """The set of ``items``, which are of type ``element`` or untyped nulls and unknowns.

    An unknown item is kept beside all others, for it may or may not equal one of them; the length of such a set is unknown. When any
    item or a part of one is sensitive, the whole set is, and its items are not marked.
    """
    given = list(items)
    sensitive = any(map(any_sensitive, given))
    if sensitive:
        given = [unmarked_deep(item) for item in given]
    texts = {item.raw: item for item in given if type(item.raw) is str} if element is STRING else {}
    if texts and all(type(item.raw) is str for item in given):
        return Value(SetOf(element), tuple([texts[text] for text in sorted(texts)]), sensitive)
    kept: dict[bytes, list[tuple[OrderKey, Value]]] = {}
    for item in given:
        value = item if item.type == element else Value(element, item.raw)
        hashed = hash_bytes(value)
        alike = kept.setdefault(hashed, [])
        if first_unknown(value) is not None or not any(equals(value, other).raw is True for _, other in alike):
            alike.append((order_key(element, value, hashed), value))
    ordered = sorted([pair for alike in kept.values() for pair in alike], key=itemgetter(0))
    return Value(SetOf(element), tuple([value for _, value in ordered]), sensitive)
