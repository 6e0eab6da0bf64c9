"""What is wrong with a spec, in words for its author: the line, the key, and the nearest thing that would have been right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from bbws_gate.deferred import NamedTuple
from bbws_gate.deferred.models import pydantic_model
from bbws_gate.errors import SpecError
from bbws_gate.spec.tree import SpecTree

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MAX_SHOWN = 20
"""Complaints in one message."""

Location = tuple[str | int, ...]


class Complaint(NamedTuple):
    """One thing that is wrong."""

    location: Location
    """Keys down to it."""
    what: str
    """Starts in lower case, names the keys."""


def spec_error(complaints: Sequence[Complaint], tree: SpecTree) -> SpecError:
    """All complaints as one error, by line: one line of text each."""
    placed = sorted({(tree.place(*complaint.location), complaint.what) for complaint in complaints})
    first, *others = [f"{place}: {what}" for place, what in placed]
    shown = [first, *others[: MAX_SHOWN - 1]]
    if len(placed) > len(shown):
        shown.append(f"and {len(placed) - len(shown)} more")
    return SpecError("\n".join(shown))


def from_pydantic(errors: Iterable[ErrorDetails], model: type[BaseModel]) -> list[Complaint]:
    """The model's errors in our words."""
    described = pydantic_model(model)
    return [_complaint(error, described) for error in errors]


def _complaint(error: ErrorDetails, model: type[BaseModel]) -> Complaint:
    location = tuple(part for part in error["loc"] if part != "[key]")
    kind, parent = error["type"], _dotted(location[:-1])
    key = location[-1] if location else ""
    if kind == "extra_forbidden":
        from difflib import get_close_matches

        near = get_close_matches(str(key), _known_keys(model, location[:-1]), n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        return Complaint(location, f"unknown key {str(key)[:80]!r} in {parent}{hint}")
    if kind == "missing":
        return Complaint(location, f"{key!r} is missing in {parent}")
    where = _dotted(location)
    if kind == "value_error":
        return Complaint(location, f"{where}: {_one_line(error['msg'].removeprefix('Value error, '))}")
    return Complaint(location, f"{where}: {_our_words(error)}")


def _our_words(error: ErrorDetails) -> str:
    kind, given = error["type"], error["input"]
    if kind in {"too_short", "string_too_short"}:
        return "must not be empty"
    wanted = {
        "bool_type": "true or false",
        "string_type": "text",
        "int_type": "a whole number",
        "tuple_type": "a list",
        "dict_type": "a mapping of keys",
        "model_type": "a mapping of keys",
    }.get(kind)
    if wanted is None:
        return _one_line(error["msg"].replace("Input should be", "must be"))
    hint = ""
    if kind == "bool_type" and str(given).lower() in {"yes", "no", "on", "off"}:
        hint = " (YAML 1.2 reads yes and no as text)"
    if kind == "string_type" and isinstance(given, bool | int):
        hint = " (put it in quotes)"
    return f"must be {wanted}, not {_shown(given)}{hint}"


def _shown(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, Mapping):
        return "a mapping"
    if isinstance(given, tuple):
        return "a list"
    return repr(str(given) if not isinstance(given, bool) else given).replace("True", "true").replace("False", "false")[:80]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:300]


def _dotted(location: Location) -> str:
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text[:200] or "the spec"


def _known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that the part at ``location`` could have."""
    annotation: Any = model
    for part in location:
        annotation = _inner(annotation, part)
    found = _model(annotation)
    return [field.alias or name for name, field in found.model_fields.items()] if found is not None else []


def _inner(annotation: Any, part: str | int) -> Any:
    """The annotation of one part of what ``annotation`` describes."""
    found = _model(annotation)
    if found is not None:
        return next((field.annotation for name, field in found.model_fields.items() if part == (field.alias or name)), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(arguments[0], part)
    if origin in (Union, UnionType):
        return next((inner for inner in (_inner(argument, part) for argument in arguments) if inner is not None), None)
    if origin is tuple:
        return arguments[0]
    return arguments[1] if origin is not None and len(arguments) == 2 else None


def _model(annotation: Any) -> type[BaseModel] | None:
    from pydantic import BaseModel

    if get_origin(annotation) is Annotated:
        return _model(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return next((found for found in map(_model, get_args(annotation)) if found is not None), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
