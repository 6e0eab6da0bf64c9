"""Which numbers in a document are totals: ``| Tables | 5 |``, ``5 tables, 8 GSIs``, ``All 5 tables``; not ``2 tables with streams``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bbws_gate.deferred import regex
from bbws_gate.evidence.counts import StatedCount

_THING = {
    "table": r"(?:dynamodb\s+)?tables?",
    "index": r"(?:gsis?|(?:global\s+secondary\s+)?ind(?:ex(?:es)?|ices))",
}
_NUMBER = r"[0-9]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PART_BEFORE = regex(
    r"\b(another|other|more|remaining|first|last|new|missing|extra|additional|of|to|than|least|most|only|these|those|or|[0-9]+\s*[-/])\W*$",
    re.IGNORECASE,
)
_PART_AFTER = regex(
    r"^\s*(each|per|a|for every|missing|more|with(?!\s+(?:[0-9]|one|two|three|four|five|six|seven|eight|nine|ten))|without|that|which|whose"
    r"|have|has|need|needs|on|in|of)\b",
    re.IGNORECASE,
)
_WHOLE = regex(r"\b(all|total|creates?|contains?|holds?|defines?|deploys?|provisions?|comprises?|consists?)\b[^.;]{0,30}$", re.IGNORECASE)
_LABEL = regex(r"(?:number of |total )?[a-z0-9 ]+?(?: count)?\s*[:=]\s*[0-9]+", re.IGNORECASE)


def totals(counts: Iterable[StatedCount], noun: str) -> tuple[StatedCount, ...]:
    """The counts of tables (``table``) or indexes (``index``) that speak of all of them."""
    every = tuple(counts)
    return tuple(
        count
        for count in every
        if count.noun == noun
        and _is_total(count, together=any(other.place == count.place and {other.noun, noun} == set(_THING) for other in every))
    )


def _is_total(count: StatedCount, *, together: bool) -> bool:
    """A labelled number; or one in a sentence that names both kinds, or says that it speaks of all, and does not pick out a part."""
    if _LABEL.fullmatch(count.text):
        return True
    for match in re.finditer(rf"(?<![\w.,:/-])({_NUMBER})\s+{_THING[count.noun]}(?![\w-])", count.text, re.IGNORECASE):
        before, after = count.text[: match.start()], count.text[match.end() :]
        if not _PART_BEFORE.search(before) and not _PART_AFTER.search(after) and (together or _WHOLE.search(before)):
            return True
    return False
