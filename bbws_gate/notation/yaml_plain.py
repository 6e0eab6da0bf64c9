"""A quick reader for the plain YAML that people write in specs and workflows.

It reads block mappings and sequences, one-line flow collections, one-line scalars and ``|`` blocks, and gives up on whatever it is not
certain of: multi-line scalars, escapes, anchors, tags, odd keys, repeated keys, limits. :mod:`bbws_gate.notation.yaml` then asks the
complete parser, which also words the errors. Where it answers, it answers exactly as that parser does; tests compare the two.
"""

from __future__ import annotations

import re

from bbws_gate.deferred import regex
from bbws_gate.notation.node import MAX_DEPTH, MAX_NODES, Mapping, Node, Scalar, Sequence
from bbws_gate.notation.yaml_scalar import OutOfRange, resolve

_UNUSUAL_ASCII = regex("[^\n\x20-\x7e]")
_UNUSUAL = regex("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_MARKER = regex(r"^(?:%|---|\.\.\.)", re.MULTILINE)
_KEY = regex(r"""([A-Za-z_][A-Za-z0-9_./-]*|"[^"\\]*"|'[^']*'):(?= |$) *""")
_PLAIN = regex(r"""(?![-?:] |[-?:]$|\.\.\.)[^\s,\[\]{}#&*!|>'"%@`?:](?:[^#:]|:(?=[^\s])|(?<! )#)*""")
_QUOTED = regex(r"""("[^"\\]*"|'[^']*')(?: *$| +#)""")
_FLOW_SCALAR = regex(r"""("[^"\\]*"|'[^']*')|((?![-.]{3})[A-Za-z0-9_./$+~-][A-Za-z0-9_./$+~() -]*)""")
_FLOW_KEY = regex(r"""("[^"\\]*"|'[^']*'|[A-Za-z_][A-Za-z0-9_./-]*):(?= |[,}]) *""")
_COMMENT = regex(r" *(?:$| #)")


class _GiveUp(Exception):
    """Something that only the complete parser reads."""


def parse_plain(text: str) -> Node | None:
    """The document in ``text``, or None when the complete parser has to say."""
    if (_UNUSUAL_ASCII if text.isascii() else _UNUSUAL).search(text):
        return None
    body = text.removeprefix("---\n")
    if _MARKER.search(body):
        return None
    try:
        return _Reader(body, 1 if body is text else 2).document()
    except (_GiveUp, OutOfRange):
        return None


class _Reader:
    """Lines with their indentation, read from the top."""

    def __init__(self, text: str, first: int) -> None:
        self._raw = text.split("\n")
        self._first = first
        self._lines: list[tuple[int, str, int]] = []
        """Indentation, content and position in the text, of lines that are neither blank nor a comment."""
        for position, line in enumerate(self._raw):
            content = line.lstrip(" ")
            if content and content[0] != "#":
                self._lines.append((len(line) - len(content), content, position))
        self._next = 0
        self._nodes = 0

    def document(self) -> Node:
        if not self._lines:
            raise _GiveUp
        node = self._block(self._lines[0][0], 0)
        if self._next != len(self._lines):
            raise _GiveUp
        return node

    def _number(self, position: int) -> int:
        return position + self._first

    def _enter(self, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise _GiveUp

    def _indent(self) -> int:
        """Indentation of the next line, -1 after the last."""
        return self._lines[self._next][0] if self._next < len(self._lines) else -1

    def _block(self, indent: int, depth: int) -> Node:
        self._enter(depth)
        content = self._lines[self._next][1]
        if content == "-" or content.startswith("- "):
            return self._sequence(indent, depth)
        return self._mapping(indent, depth)

    def _sequence(self, indent: int, depth: int) -> Sequence:
        items: list[Node] = []
        start = self._lines[self._next][2]
        while self._indent() == indent:
            _, content, position = self._lines[self._next]
            if not content.startswith("- "):
                break
            rest = content[2:].lstrip(" ")
            column = indent + len(content) - len(rest)
            if not rest or rest.startswith(("- ", "#")) or rest == "-":
                raise _GiveUp
            if _KEY.match(rest):
                self._lines[self._next] = (column, rest, position)
                items.append(self._block(column, depth + 1))
            else:
                self._next += 1
                items.append(self._value(rest, position, indent, depth + 1))
        if not items or self._indent() > indent:
            raise _GiveUp
        return Sequence(tuple(items), self._number(start), max(items[-1].end_line, self._number(start)))

    def _mapping(self, indent: int, depth: int) -> Mapping:
        items: dict[str, Node] = {}
        lines: dict[str, int] = {}
        start = self._lines[self._next][2]
        value: Node | None = None
        while self._indent() == indent:
            _, content, position = self._lines[self._next]
            key = _KEY.match(content)
            if key is None:
                break
            name = key[1][1:-1] if key[1][0] in "'\"" else key[1]
            if name in items:
                raise _GiveUp
            self._nodes += 1
            self._next += 1
            rest = content[key.end() :]
            value = (
                self._nested(position, indent, depth + 1) if not rest or rest[0] == "#" else self._value(rest, position, indent, depth + 1)
            )
            items[name], lines[name] = value, self._number(position)
        if value is None or self._indent() > indent:
            raise _GiveUp
        return Mapping(items, lines, self._number(start), max(value.end_line, self._number(start)))

    def _nested(self, position: int, indent: int, depth: int) -> Node:
        """The value of a key with nothing after it: a deeper block, a sequence at the same depth, or null."""
        following = self._indent()
        if following > indent or (following == indent and self._lines[self._next][1].startswith("- ")):
            return self._block(following, depth)
        self._enter(depth)
        return Scalar(None, self._number(position), self._number(position))

    def _value(self, text: str, position: int, indent: int, depth: int) -> Node:
        """What stands after a key or a dash, on its line."""
        if not text or text[0] == "#":
            return self._nested(position, indent, depth)
        if text in {"|", "|-"}:
            self._enter(depth)
            return self._literal(position, indent, keep_end=text == "|")
        line = self._number(position)
        if text[0] in "[{":
            node, end = self._flow(text, 0, line, depth)
            if not _COMMENT.match(text, end):
                raise _GiveUp
        else:
            self._enter(depth)
            node = self._scalar(text, line)
        if self._indent() > indent:
            raise _GiveUp
        return node

    def _scalar(self, text: str, line: int) -> Scalar:
        quoted = _QUOTED.match(text)
        if quoted is not None:
            return Scalar(quoted[1][1:-1], line, line, quoted[1][0])
        plain = _PLAIN.match(text)
        if plain is None or (plain.end() != len(text) and text[plain.end()] != "#"):
            raise _GiveUp
        word = plain[0].rstrip(" ")
        return Scalar(resolve(word), line, line, "", word)

    def _literal(self, position: int, indent: int, *, keep_end: bool) -> Scalar:
        """A ``|`` block: the lines below that are deeper than ``indent``."""
        last = position
        own = 0
        for number in range(position + 1, len(self._raw)):
            line = self._raw[number]
            content = line.lstrip(" ")
            if not content:
                if own == 0 and line:
                    raise _GiveUp
                continue
            depth = len(line) - len(content)
            if depth <= indent:
                break
            own = own or depth
            if depth < own:
                raise _GiveUp
            last = number
        if not own or last == len(self._raw) - 1:
            raise _GiveUp  # empty, or the file ends without a line break
        while self._next < len(self._lines) and self._lines[self._next][2] <= last:
            self._next += 1
        text = "\n".join(line[own:] for line in self._raw[position + 1 : last + 1])
        trailing = self._raw[last + 1 : last + 2]
        if trailing and len(trailing[0]) > own and not trailing[0].strip(" "):
            raise _GiveUp
        return Scalar(text + "\n" if keep_end else text, self._number(position), self._number(last), "|")

    def _flow(self, text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
        """A flow collection or scalar at ``start`` and where it ends."""
        self._enter(depth)
        if text[start] == "[":
            return self._flow_sequence(text, start, line, depth)
        if text[start] == "{":
            return self._flow_mapping(text, start, line, depth)
        scalar = _FLOW_SCALAR.match(text, start)
        if scalar is None:
            raise _GiveUp
        if scalar[1] is not None:
            return Scalar(scalar[1][1:-1], line, line, scalar[1][0]), scalar.end()
        word = scalar[2].rstrip(" ")
        if word == "-" or word.startswith("- "):
            raise _GiveUp
        return Scalar(resolve(word), line, line, "", word), start + len(word)

    def _flow_sequence(self, text: str, start: int, line: int, depth: int) -> tuple[Sequence, int]:
        items: list[Node] = []
        position = self._skip(text, start + 1)
        while text[position] != "]":
            node, position = self._flow(text, position, line, depth + 1)
            items.append(node)
            position = self._separated(text, position, "]")
        return Sequence(tuple(items), line, line), position + 1

    def _flow_mapping(self, text: str, start: int, line: int, depth: int) -> tuple[Mapping, int]:
        items: dict[str, Node] = {}
        position = self._skip(text, start + 1)
        while text[position] != "}":
            key = _FLOW_KEY.match(text, position)
            if key is None:
                raise _GiveUp
            name = key[1][1:-1] if key[1][0] in "'\"" else key[1]
            if name in items:
                raise _GiveUp
            self._nodes += 1
            position = self._skip(text, key.end())
            if text[position] in ",}":
                self._enter(depth + 1)
                items[name] = Scalar(None, line, line)
            else:
                items[name], position = self._flow(text, position, line, depth + 1)
            position = self._separated(text, position, "}")
        return Mapping(items, dict.fromkeys(items, line), line, line), position + 1

    def _skip(self, text: str, position: int) -> int:
        while position < len(text) and text[position] == " ":
            position += 1
        if position == len(text):
            raise _GiveUp  # goes on in the next line, or never ends
        return position

    def _separated(self, text: str, position: int, closing: str) -> int:
        position = self._skip(text, position)
        if text[position] == closing:
            return position
        if text[position] != ",":
            raise _GiveUp
        position = self._skip(text, position + 1)
        if text[position] == closing:
            raise _GiveUp
        return position
