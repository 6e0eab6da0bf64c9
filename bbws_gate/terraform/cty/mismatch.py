"""Why one type does not convert to another, in Terraform's words: cty's convert/mismatch_msg.go."""

from __future__ import annotations

from bbws_gate.terraform.cty.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    constraint_name,
    friendly_name,
)
from bbws_gate.terraform.cty.unify import conversion_exists


def quoted(text: str) -> str:
    """``text`` in double quotes, as Go's ``%q`` prints it."""
    return '"' + "".join([_ESCAPES.get(letter) or _escaped(letter) for letter in text]) + '"'


_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


def _escaped(letter: str) -> str:
    if letter.isprintable():
        return letter
    code = ord(letter)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def mismatch_message(got: Type, want: Type) -> str:
    """Why a value of type ``got`` cannot become ``want``; only for types without a conversion."""
    if isinstance(got, ObjectOf) and isinstance(want, ObjectOf):
        return _objects(got, want)
    if isinstance(got, (TupleOf, ObjectOf)) and isinstance(want, (ListOf, SetOf, MapOf)):
        return _structure_to_collection(got, want)
    if isinstance(got, (ListOf, SetOf, MapOf)) and isinstance(want, (ListOf, SetOf, MapOf)):
        return _collections(got, want)
    if _names_both(got, want):
        return f"{friendly_name(want)} required, but have {friendly_name(got)}"
    return f"{constraint_name(want)} required"


def _objects(got: ObjectOf, want: ObjectOf) -> str:
    missing = sorted(name for name in want.attributes if name not in got.attributes and name not in want.optional)
    if len(missing) == 1:
        return f"attribute {quoted(missing[0])} is required"
    if len(missing) == 2:
        return f"attributes {quoted(missing[0])} and {quoted(missing[1])} are required"
    if missing:
        return f"attributes {', '.join(map(quoted, missing[:-1]))}, and {quoted(missing[-1])} are required"
    for unsafe in (True, False):
        for name, kind in sorted(want.attributes.items(), key=lambda item: item[0]):
            have = got.attributes.get(name)
            if have is not None and not conversion_exists(have, kind, unsafe=unsafe):
                return f"attribute {quoted(name)}: {mismatch_message(have, kind)}"
    return "incorrect object attributes"


def _structure_to_collection(got: TupleOf | ObjectOf, want: ListOf | SetOf | MapOf) -> str:
    if isinstance(got, TupleOf) == isinstance(want, MapOf):
        return f"{constraint_name(want)} required"
    if want.element is DYNAMIC:
        return f"all {want.word} elements must have the same type"
    if isinstance(got, TupleOf):
        parts = [(str(position), kind) for position, kind in enumerate(got.elements)]
    else:
        parts = [(quoted(name), kind) for name, kind in sorted(got.attributes.items(), key=lambda item: item[0])]
    for key, kind in parts:
        if not conversion_exists(kind, want.element):
            return f"element {key}: {mismatch_message(kind, want.element)}"
    return f"all elements must be {constraint_name(want.element)}"


def _collections(got: ListOf | SetOf | MapOf, want: ListOf | SetOf | MapOf) -> str:
    if isinstance(got, MapOf) != isinstance(want, MapOf):
        return f"{constraint_name(want)} required"
    return f"incorrect {want.word} element type: {mismatch_message(got.element, want.element)}"


def _names_both(got: Type, want: Type) -> bool:
    """Whether naming both types helps; otherwise readers tend to look at the wrong one, and only what is wanted is named."""
    if _is_primitive(got) != _is_primitive(want) or want is STRING or {got, want} == {BOOL, NUMBER}:
        return True
    return isinstance(got, TupleOf) and isinstance(want, ObjectOf)


def _is_primitive(kind: Type) -> bool:
    return isinstance(kind, Primitive) and kind is not DYNAMIC


def branch_mismatch(yes: Type, no: Type) -> str:
    """Why the branches of a conditional have no common type (HCL's describeConditionalTypeMismatch); for different types only."""
    if isinstance(yes, ObjectOf) and isinstance(no, ObjectOf):
        found = _object_branches(yes, no)
    elif isinstance(yes, TupleOf) and isinstance(no, TupleOf):
        found = _tuple_branches(yes, no)
    else:
        found = _collection_branches(yes, no)
    if found is not None:
        return found
    if friendly_name(yes) == friendly_name(no):
        return "At least one deeply-nested attribute or element is not compatible across both the 'true' and the 'false' value"
    return f"The 'true' value is {friendly_name(yes)}, but the 'false' value is {friendly_name(no)}"


def _object_branches(yes: ObjectOf, no: ObjectOf) -> str | None:
    for name in sorted(yes.attributes):
        if name not in no.attributes:
            return f"The 'true' value includes object attribute {quoted(name)}, which is absent in the 'false' value"
        one, other = yes.attributes[name], no.attributes[name]
        if one != other:
            return f"Type mismatch for object attribute {quoted(name)}: {branch_mismatch(one, other)}"
    for name in sorted(no.attributes):
        if name not in yes.attributes:
            return f"The 'false' value includes object attribute {quoted(name)}, which is absent in the 'true' value"
    return None


def _tuple_branches(yes: TupleOf, no: TupleOf) -> str | None:
    one, other = len(yes.elements), len(no.elements)
    if one != other:
        return f"The 'true' tuple has length {one}, but the 'false' tuple has length {other}"
    for position, kinds in enumerate(zip(yes.elements, no.elements, strict=True)):
        if kinds[0] != kinds[1]:
            return f"Type mismatch for tuple element {position}: {branch_mismatch(*kinds)}"
    return None


def _collection_branches(yes: Type, no: Type) -> str | None:
    if not (isinstance(yes, (ListOf, SetOf, MapOf)) and isinstance(no, (ListOf, SetOf, MapOf)) and type(yes) is type(no)):
        return None
    if isinstance(yes.element, (ObjectOf, TupleOf)) and type(yes.element) is type(no.element):
        return f"Mismatched {yes.word} element types: {branch_mismatch(yes.element, no.element)}"
    return None
