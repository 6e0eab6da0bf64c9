"""``csvdecode``: cty's stdlib/csv.go over Go's encoding/csv reader, with its errors.

https://github.com/golang/go/blob/go1.25.10/src/encoding/csv/reader.go
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, ListOf, ObjectOf, Type
from bbws_gate.terraform.cty.values import Value, string
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.strings import normal

_BARE_QUOTE: Final = 'bare " in non-quoted-field'
_QUOTE: Final = 'extraneous or missing " in quoted-field'


def _error(line: int, what: str) -> FunctionError:
    return FunctionError(f"CSV parse error on line {line}: {what}")


def _lines(source: str) -> list[str]:
    """Lines, each but perhaps the last with its end, which is a line feed; a carriage return at the very end is dropped."""
    *lines, last = source.replace("\r\n", "\n").split("\n")
    last = last.removesuffix("\r")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


class _Reader:
    """Reads records from lines; quoted fields may run over several."""

    def __init__(self, source: str) -> None:
        self.lines = _lines(source)
        self.line = 0
        """Lines read so far, which is the number of the last one."""

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record with the number of its first line; blank lines are none."""
        while self.line < len(self.lines):
            line = self._next()
            if line != "\n":
                first = self.line
                yield first, list(self._fields(line))

    def _next(self) -> str:
        self.line += 1
        return self.lines[self.line - 1]

    def _fields(self, line: str) -> Iterator[str]:
        more = True
        while more:
            if line.startswith('"'):
                field, line, more = self._quoted(line[1:])
            else:
                field, comma, line = line.partition(",")
                more = bool(comma)
                field = field if more else field.removesuffix("\n")
                if '"' in field:
                    raise _error(self.line, _BARE_QUOTE)
            yield field

    def _quoted(self, line: str) -> tuple[str, str, bool]:
        """The text up to the closing quote, what follows it, and whether that is another field."""
        pieces: list[str] = []
        while True:
            piece, quote, rest = line.partition('"')
            pieces.append(piece)
            if not quote:
                if self.line == len(self.lines):
                    raise _error(self.line, _QUOTE)
                line = self._next()
            elif rest.startswith('"'):
                pieces.append('"')
                line = rest[1:]
            elif rest.startswith(","):
                return "".join(pieces), rest[1:], True
            elif rest in ("", "\n"):
                return "".join(pieces), "", False
            else:
                raise _error(self.line, _QUOTE)


def _headers(source: str) -> list[str]:
    for _, headers in _Reader(source).records():
        for index, name in enumerate(headers):
            if name in headers[:index]:
                raise FunctionError(f"duplicate column name {quoted(name)}")
        return headers
    raise FunctionError("missing header line")


def _result_type(arguments: Arguments) -> Type:
    if not isinstance(arguments[0].raw, str):
        return DYNAMIC
    return ListOf(ObjectOf({normal(name): STRING for name in sorted(_headers(arguments[0].raw))}))


def _csvdecode(arguments: Arguments, promised: Type, context: Context) -> Value:
    kind = promised.element if isinstance(promised, ListOf) else DYNAMIC
    source = text(arguments[0])
    headers: list[str] | None = None
    rows: list[Value] = []
    for line, record in _Reader(source).records():
        context.spend(1 + len(record))
        if headers is None:
            headers = record
            continue
        if len(record) != len(headers):
            raise _error(line, "wrong number of fields")
        cells = dict(zip(headers, record, strict=True))
        rows.append(Value(kind, {normal(name): string(normal(cells[name])) for name in sorted(cells)}))
    return Value(promised, tuple(rows))


FUNCTIONS = (Function("csvdecode", (Parameter("str", STRING),), _result_type, _csvdecode),)
