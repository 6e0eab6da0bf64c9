"""Values written as HCL in canonical layout: hclwrite's TokensForValue and its formatter.

https://github.com/hashicorp/hcl/blob/v2.24.0/hclwrite/generate.go and format.go. Only what a value needs is here: names, literals,
brackets, commas, equals signs and line ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from bbws_gate.deferred import dataclass, field
from bbws_gate.terraform.cty.numbers import text as number_text
from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.functions.graphemes import count
from bbws_gate.terraform.functions.identifiers import is_identifier

_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_OPENING: Final = ("{", "[")
_CLOSING: Final = ("}", "]")
_INDENT: Final = 2


def tokens(value: Value, spend: Callable[[int], None]) -> Iterator[str]:
    """The tokens of a wholly known value; a quoted string is one."""
    spend(1)
    raw = value.raw
    if isinstance(raw, tuple):
        yield "["
        for index, item in enumerate(raw):
            if index:
                yield ","
            yield from tokens(item, spend)
        yield "]"
    elif isinstance(raw, dict):
        yield "{"
        if raw:
            yield "\n"
        for name in sorted(raw):
            yield from assignment(name if is_identifier(name) else quote(name), raw[name], spend)
        yield "}"
    else:
        yield _literal(raw)


def assignment(name: str, value: Value, spend: Callable[[int], None]) -> Iterator[str]:
    """The tokens of ``name = value`` on its own line."""
    yield name
    yield "="
    yield from tokens(value, spend)
    yield "\n"


def _literal(raw: object) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (int, Fraction, float)):
        return number_text(raw)
    return quote(raw) if isinstance(raw, str) else "null"


def quote(text: str) -> str:
    """``text`` as a quoted template without sequences."""
    pieces = []
    for index, character in enumerate(text):
        if character in "$%" and text[index + 1 : index + 2] == "{":
            pieces.append(character * 2)
        elif character in _ESCAPES:
            pieces.append(_ESCAPES[character])
        elif character.isprintable():
            pieces.append(character)
        else:
            point = ord(character)
            pieces.append(f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}")
    return f'"{"".join(pieces)}"'


@dataclass(slots=True)
class _Line:
    """One line: its first cell, the assigned value when that stands whole on the line, and the layout."""

    lead: list[str]
    assigned: list[str] = field(default_factory=list)
    indent: int = 0
    gap: int = 1
    """Spaces before the equals sign."""

    @property
    def columns(self) -> int:
        """The width of the first cell."""
        return self.indent + count(_spaced(self.lead))

    def text(self) -> str:
        """The line as it is written."""
        rest = " " * self.gap + _spaced(self.assigned) if self.assigned else ""
        return " " * self.indent + _spaced(self.lead) + rest


def _change(parts: list[str]) -> int:
    """How many more brackets are opened than closed."""
    return sum((part in _OPENING) - (part in _CLOSING) for part in parts)


def _spaced(parts: list[str]) -> str:
    pieces: list[str] = []
    for index, part in enumerate(parts):
        pieces.append(part)
        if index + 1 < len(parts) and _space_between(part, parts[index + 1]):
            pieces.append(" ")
    return "".join(pieces)


def _space_between(part: str, following: str) -> bool:
    if following == ",":
        return False
    if part == ",":
        return True
    if part == "{" or following == "}":
        return part + following != "{}"
    return part not in _OPENING and following not in _CLOSING


def layout(written: Iterator[str]) -> str:
    """Tokens with canonical spaces: indented by open brackets, equals signs of adjacent lines aligned."""
    lines = [_line(parts) for parts in _split(written)]
    _indent(lines)
    _align(lines)
    return "\n".join([line.text() for line in lines])


def _split(written: Iterator[str]) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for part in written:
        if part == "\n":
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def _line(parts: list[str]) -> _Line:
    if "=" in parts[1:]:
        sign = parts.index("=", 1)
        # A value that goes on in further lines takes no part in the alignment.
        if _change(parts[sign:]) == 0:
            return _Line(parts[:sign], parts[sign:])
    return _Line(parts)


def _indent(lines: list[_Line]) -> None:
    opened: list[int] = []
    for line in lines:
        change = _change(line.lead) + _change(line.assigned)
        if change < 0:
            _close(opened, -change)
        line.indent = _INDENT * len(opened)
        if change > 0:
            opened.append(change)


def _close(opened: list[int], closed: int) -> None:
    while closed > 0 and opened:
        if closed < opened[-1]:
            opened[-1] -= closed
            return
        closed -= opened.pop()


def _align(lines: list[_Line]) -> None:
    chain: list[_Line] = []
    for line in [*lines, _Line([])]:
        if line.assigned:
            chain.append(line)
            continue
        widest = max((member.columns for member in chain), default=0)
        for member in chain:
            member.gap = widest - member.columns + 1
        chain = []
