"""YAML 1.2 (https://yaml.org/spec/1.2.2/), core schema: ``on``, ``yes`` and dates are text, as GitHub reads workflows too.

Only parser events of ruamel.yaml are used (its event classes carry no types): no constructor, hence no tag ever makes an object.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bbws_gate.deferred import NamedTuple
from bbws_gate.notation.node import MAX_DEPTH, MAX_NODES, Malformed, Mapping, Node, Scalar, Sequence, decode
from bbws_gate.notation.yaml_plain import parse_plain
from bbws_gate.notation.yaml_scalar import OutOfRange, resolve


def parse(text: bytes, path: str, *, aliases: bool = False) -> Node:
    """The one document in ``text``; an empty one is null.

    Args:
        text: the bytes of a file.
        path: its name, for messages.
        aliases: whether ``*name`` may repeat ``&name``, within the budget of nodes; otherwise both are refused.

    Raises:
        Malformed: not UTF-8, not YAML, a repeated key, a tag, more than one document, or nested, long or large beyond the limits.
    """
    source = decode(text, path)
    found = parse_plain(source)
    return found if found is not None else complete(source, path, aliases=aliases)


def complete(text: str, path: str, *, aliases: bool = False) -> Node:
    """As :func:`parse`, by the complete parser alone: for what the quick reader gives up on, and to compare the two."""
    return _Composer(text, path, aliases=aliases).document()


class _Anchored(NamedTuple):
    node: Node
    size: int
    """Nodes in it, aliases expanded."""


class _Composer:
    """Turns the parser's events into nodes, with budgets for depth and number."""

    def __init__(self, text: str, path: str, *, aliases: bool) -> None:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        self._path = path
        self._aliases = aliases
        self._anchors: dict[str, _Anchored | None] = {}
        self._nodes = 0
        self._error = YAMLError
        self._events = YAML(typ="safe", pure=True).parse(text)

    def document(self) -> Node:
        found: Node | None = None
        while True:
            event = self._next()
            kind = _kind(event)
            if kind == "StreamEnd":
                return found if found is not None else Scalar(None, 1, 1)
            if kind == "DocumentStart":
                if found is not None:
                    raise self._malformed(event, "more than one YAML document")
                found = self._node(self._next(), 0)

    def _next(self) -> Any:
        try:
            return next(self._events)
        except StopIteration:
            raise Malformed(self._path, 0, "ends too early") from None
        except self._error as error:
            raise self._translated(error) from None
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
            # What ruamel.yaml's scanner lets through for hostile escapes, directives and the like.
            raise Malformed(self._path, 0, f"not YAML: {type(error).__name__}") from None

    def _translated(self, error: Exception) -> Malformed:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read")
        return Malformed(self._path, mark.line + 1 if mark is not None else 0, f"not YAML: {' '.join(why.split())}")

    def _malformed(self, event: Any, why: str) -> Malformed:
        return Malformed(self._path, event.start_mark.line + 1, why)

    def _node(self, event: Any, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._malformed(event, f"more than {MAX_NODES:,} nodes")
        if depth > MAX_DEPTH:
            raise self._malformed(event, f"nested deeper than {MAX_DEPTH}")
        kind = _kind(event)
        if kind == "Alias":
            return self._repeated(event)
        if event.tag is not None:
            raise self._malformed(event, f"tag {event.tag!s:.60} (tags are not accepted)")
        if event.anchor is None:
            return self._content(kind, event, depth)
        if not self._aliases:
            raise self._malformed(event, f"anchor &{event.anchor!s:.60} (anchors and aliases are not accepted)")
        before = self._nodes
        self._anchors[event.anchor] = None
        node = self._content(kind, event, depth)
        self._anchors[event.anchor] = _Anchored(node, self._nodes - before + 1)
        return node

    def _repeated(self, event: Any) -> Node:
        if not self._aliases:
            raise self._malformed(event, f"alias *{event.anchor!s:.60} (anchors and aliases are not accepted)")
        found = self._anchors.get(event.anchor)
        if found is None:
            raise self._malformed(event, f"alias *{event.anchor!s:.60} without an anchor before it")
        self._nodes += found.size
        if self._nodes > MAX_NODES:
            raise self._malformed(event, f"YAML aliases expand past {MAX_NODES:,} nodes")
        return found.node

    def _content(self, kind: str, event: Any, depth: int) -> Node:
        if kind == "Scalar":
            return self._scalar(event)
        if kind == "SequenceStart":
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.line + 1, event.end_mark.line + 1
        if event.style == "|" and event.value.strip("\n"):
            end = start + event.value.rstrip("\n").count("\n") + 1  # the mark is that of whatever follows
        elif end > start and event.end_mark.column == 0:
            end -= 1
        text = str(event.value)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise self._malformed(event, "a lone surrogate is not text") from None
        if not event.implicit[0]:
            return Scalar(text, start, end, event.style or "")
        return Scalar(self._resolved(event, text), start, end, "", text)

    def _resolved(self, event: Any, text: str) -> None | bool | int | Decimal | str:
        try:
            return resolve(text)
        except OutOfRange as error:
            raise self._malformed(event, str(error)) from None

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items: list[Node] = []
        event = self._next()
        while _kind(event) != "SequenceEnd":
            items.append(self._node(event, depth + 1))
            event = self._next()
        line = int(start.start_mark.line) + 1
        return Sequence(tuple(items), line, self._end(start, event, items[-1] if items else None))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        value: Node | None = None
        event = self._next()
        while _kind(event) != "MappingEnd":
            key, line = self._key(event, depth)
            if key in items:
                raise Malformed(self._path, line, f"duplicate key {key!r:.80}, first set in line {lines[key]}")
            value = self._node(self._next(), depth + 1)
            if value == Scalar(None, value.line, value.end_line):
                value = Scalar(None, line, line)  # nothing is written there, and the parser's mark is that of what follows
            items[key], lines[key] = value, line
            event = self._next()
        line = int(start.start_mark.line) + 1
        return Mapping(items, lines, line, self._end(start, event, value))

    def _key(self, event: Any, depth: int) -> tuple[str, int]:
        if _kind(event) not in {"Scalar", "Alias"}:
            raise self._malformed(event, "a key that is not text")
        node = self._node(event, depth + 1)
        if not isinstance(node, Scalar):
            raise self._malformed(event, "a key that is not text")
        return (node.value if isinstance(node.value, str) else node.text), event.start_mark.line + 1

    def _end(self, start: Any, end: Any, last: Node | None) -> int:
        """The last line of a collection: a block ends with its last value, a flow collection with its bracket."""
        if start.flow_style or last is None:
            return int(end.end_mark.line) + 1
        return max(last.end_line, int(start.start_mark.line) + 1)


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")
