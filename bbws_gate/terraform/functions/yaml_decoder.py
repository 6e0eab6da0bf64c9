"""YAML as values: go-cty-yaml's decoder over YAML events; nothing is ever constructed from a tag.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/decode.go. The events come from ruamel.yaml's parser, which has libyaml's grammar
as Terraform's has, save the few places that are set right here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import STRING, ObjectOf, friendly_name
from bbws_gate.terraform.cty.values import Value, object_of, tuple_of
from bbws_gate.terraform.functions.arguments import entries, text
from bbws_gate.terraform.functions.base import Context, FunctionError
from bbws_gate.terraform.functions.yaml_scalars import TAG_PREFIX, ScalarError, resolve
from bbws_gate.terraform.functions.yaml_scanner import LibyamlScanner

_DEEPEST: Final = 100
_MERGE: Final = "<<"


def _events(source: str) -> Iterator[Event]:
    parser = YAML(typ="safe", pure=True)
    parser.Scanner = LibyamlScanner
    try:
        yield from parser.parse(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"on line {mark.line + 1}, column {mark.column + 1}: " if mark is not None else ""
        raise FunctionError(f"{where}{error.problem or error.context}") from error
    except (YAMLError, ValueError) as error:
        raise FunctionError("control characters are not allowed") from error


class _Decoder:
    """Turns the events of one document into a value."""

    def __init__(self, source: str, context: Context) -> None:
        self._events = _events(source)
        self._context = context
        self._anchors: dict[str, Value] = {}
        self._open: list[str] = []
        """Anchors whose values are not complete."""
        self._depth = 0

    def document(self) -> Value:
        """The only document of the stream."""
        next(self._events)
        if not isinstance(next(self._events), DocumentStartEvent):
            raise FunctionError("on line 1, column 1: missing start of document")
        value = self._value(next(self._events))
        if not isinstance(next(self._events), DocumentEndEvent):
            raise FunctionError("unexpected extra content after value")
        if not isinstance(next(self._events), StreamEndEvent):
            raise FunctionError("unexpected extra content after value")
        return value

    def _value(self, event: Event) -> Value:
        self._context.spend(1)
        if isinstance(event, AliasEvent):
            return self._alias(event)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self._open.append(anchor)
        if isinstance(event, ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            value = self._nested(event, "mapping")
        elif isinstance(event, SequenceStartEvent):
            value = self._nested(event, "sequence")
        else:
            raise FunctionError("did not find expected node content")
        if anchor:
            self._open.remove(anchor)
            self._anchors[anchor] = value
        return value

    def _nested(self, event: MappingStartEvent | SequenceStartEvent, kind: str) -> Value:
        tag = _tag(event)
        expected = TAG_PREFIX + ("map" if kind == "mapping" else "seq")
        if tag not in ("", expected):
            raise FunctionError(f"can't interpret {kind} as {tag}")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FunctionError(f"nested more than {_DEEPEST} levels deep")
        value = self._mapping() if kind == "mapping" else self._sequence()
        self._depth -= 1
        return value

    def _alias(self, event: AliasEvent) -> Value:
        name = str(event.anchor)
        if name in self._open:
            raise FunctionError(f"cannot refer to anchor {quoted(name)} from inside its own definition")
        if name not in self._anchors:
            raise FunctionError(f"reference to undefined anchor {quoted(name)}")
        value = self._anchors[name]
        self._context.spend(value.count)
        return value

    def _scalar(self, event: ScalarEvent) -> Value:
        value = self._resolved(event)
        # The type is foreseen to be a string for everything but plain text, whatever it looks like.
        return convert(value, STRING) if event.style and not _tag(event) else value

    def _resolved(self, event: ScalarEvent) -> Value:
        if not event.value.isascii() and any("\ud800" <= character <= "\udfff" for character in event.value):
            raise FunctionError("found invalid Unicode character escape code")
        try:
            return resolve(_tag(event), event.value, is_quoted=event.style in ("'", '"'))
        except ScalarError as error:
            raise FunctionError(str(error)) from error

    def _mapping(self) -> Value:
        attributes: dict[str, Value] = {}
        while not isinstance(event := next(self._events), CollectionEndEvent):
            if isinstance(event, ScalarEvent) and event.value == _MERGE and not _tag(event):
                merged = self._value(next(self._events))
                if not isinstance(merged.type, ObjectOf):
                    raise FunctionError(f"cannot merge {friendly_name(merged.type)} into mapping")
                attributes.update(entries(merged))
                continue
            attributes[self._key(event)] = self._value(next(self._events))
        return object_of(attributes)

    def _key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            raise FunctionError("only strings are allowed as mapping keys")
        try:
            key = convert(self._resolved(event), STRING)
        except ConvertError as error:
            raise FunctionError("only strings are allowed as mapping keys") from error
        if key.raw is None:
            raise FunctionError("mapping key cannot be null")
        return text(key)

    def _sequence(self) -> Value:
        items = []
        while not isinstance(event := next(self._events), CollectionEndEvent):
            items.append(self._value(event))
        return tuple_of(tuple(items))


def _tag(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> str:
    return "" if event.tag is None else str(event.tag)


def decode(source: str, context: Context) -> Value:
    """The value of the only document in ``source``.

    Raises:
        FunctionError: it is not YAML, or not what Terraform can hold.
    """
    return _Decoder(source, context).document()
