"""Numbers of things that a document states: ``5 tables``, ``| GSIs | 8 |``, ``Tables: 5``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.markdown import Document, plain_text
from bbws_gate.model import Place


class StatedCount(NamedTuple):
    """How many of something a document says there are."""

    noun: str
    """``table``, ``index``, ``local index``, ``bucket``, ..."""
    number: int
    place: Place
    text: str
    """The line where it says so."""


_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NOUNS = {
    "table": "table",
    "dynamodb table": "table",
    "gsi": "index",
    "index": "index",
    "indexe": "index",
    "global secondary index": "index",
    "global secondary indexe": "index",
    "indice": "index",
    "lsi": "local index",
    "local secondary index": "local index",
    "local secondary indexe": "local index",
    "bucket": "bucket",
    "s3 bucket": "bucket",
    "queue": "queue",
    "sqs queue": "queue",
    "topic": "topic",
    "sns topic": "topic",
    "function": "function",
    "lambda": "function",
    "lambda function": "function",
    "alarm": "alarm",
    "backup vault": "backup vault",
    "vault": "backup vault",
    "email template": "template",
    "template": "template",
}
_NOUN = "|".join(sorted((re.escape(noun) for noun in _NOUNS), key=len, reverse=True))
_NUMBER = rf"[0-9]{{1,4}}|{'|'.join(_NUMBERS)}"
_BEFORE = regex(rf"(?<![\w.,:/-])({_NUMBER})\s+({_NOUN})(?:s|es)?(?!\w|-)", re.IGNORECASE)
_AFTER = regex(rf"({_NOUN})(?:s|es)?(?: count)?\s*[:=]\s*({_NUMBER})(?![\w./-])", re.IGNORECASE)
_WHOLE = regex(rf"(?:number of |total )?({_NOUN})(?:s|es)?(?: count)?", re.IGNORECASE)


def stated_counts(document: Document) -> tuple[StatedCount, ...]:
    """Every number of things in a document, in the order of lines."""
    found = [count for fact in document.texts() for count in _in_text(plain_text(fact.value), fact.place)]
    for table in document.tables:
        for row in table.rows:
            found += _in_row(row.cells, row.place)
    return tuple(sorted(found, key=lambda count: (count.place, count.noun, count.number)))


def _in_text(text: str, place: Place) -> Iterator[StatedCount]:
    for match in _BEFORE.finditer(text):
        yield StatedCount(_NOUNS[match[2].casefold()], _number(match[1]), place, text)
    for match in _AFTER.finditer(text):
        yield StatedCount(_NOUNS[match[1].casefold()], _number(match[2]), place, text)


def _in_row(cells: tuple[str, ...], place: Place) -> Iterator[StatedCount]:
    """A row of two cells: what, and how many."""
    if len(cells) != 2:
        return
    what, number = (plain_text(cell) for cell in cells)
    noun = _WHOLE.fullmatch(what)
    counted = re.match(r"([0-9]{1,4})(?![\w.,:/-])", number)
    if noun is not None and counted is not None:
        yield StatedCount(_NOUNS[noun[1].casefold()], int(counted[1]), place, f"{what}: {number}")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text.casefold())
