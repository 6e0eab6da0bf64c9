"""What a plan says in free lines about every table, about backups, names, releases and approvals.

Only statements that leave no doubt count: a line that denies, or that speaks of one table, is no statement about all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.draft.environments import mentions
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.markdown import Document, names, plain_text
from bbws_gate.model import Place

MAX_STATEMENT = 500
"""Characters of a line that are looked at; longer lines are no statements, and the patterns below are not linear."""
_ON = r"\b(?:enabled|on|required|active|yes|true)\b"
_DENIED = regex(r"\b(?:not|no|never|without|unless|except|disabled|off|optional|none)\b|n't\b", re.IGNORECASE)
_SETTINGS: tuple[tuple[str, re.Pattern[str], bool | str], ...] = (
    ("billing_mode", regex(r"\bPAY_PER_REQUEST\b|\bon[- ]demand (?:capacity|billing)", re.IGNORECASE), "PAY_PER_REQUEST"),
    ("billing_mode", regex(r"\bPROVISIONED\b(?: (?:capacity|billing|mode))?"), "PROVISIONED"),
    ("point_in_time_recovery", regex(rf"\b(?:point[- ]in[- ]time[- ]recovery|PITR)\b.*{_ON}", re.IGNORECASE), True),
    ("encryption", regex(rf"\b(?:encryption(?: at rest)?|server[- ]side encryption|SSE)\b.*{_ON}", re.IGNORECASE), True),
    ("deletion_protection", regex(rf"\bdeletion[- ]protection\b.*{_ON}", re.IGNORECASE), True),
)
_STREAM = regex(r"\bstreams?\b.*\b(KEYS_ONLY|NEW_AND_OLD_IMAGES|NEW_IMAGE|OLD_IMAGE)\b", re.IGNORECASE)
_TABLE_LINE = regex(r"`[^`]+`\s+(?:dynamodb\s+)?table\b|\btable:?\s+`", re.IGNORECASE)
_SCHEDULE = regex(r"\b(hourly|daily|weekly|monthly)\b", re.IGNORECASE)
_RELEASE = regex(r"\b(v[0-9]+\.[0-9]+\.[0-9]+(?:[-+.][A-Za-z0-9.+-]*[A-Za-z0-9])?)(?![\w-])")
_APPROVAL = regex(r"\benvironment\s+`([^`]+)`|`([^`]+)`\s+environment\b", re.IGNORECASE)


class BackupWords(NamedTuple):
    """What a plan says about backups."""

    vault: Place | None
    schedules: tuple[Fact[str], ...]
    all_tables: Place | None


def table_settings(document: Document) -> Iterator[tuple[str, Fact[bool | str]]]:
    """Settings that the plan wants of every table: the spec's word for each, value and place."""
    for text, place in _statements(document):
        if _TABLE_LINE.search(text) or _DENIED.search(plain_text(text)):
            continue
        plain = plain_text(text)
        for key, pattern, value in _SETTINGS:
            if pattern.search(plain):
                yield key, Fact(value, place)
        stream = _STREAM.search(plain)
        if stream is not None:
            yield "stream", Fact(stream[1].upper(), place)


def backup_words(document: Document) -> BackupWords:
    """What the plan wants to be backed up, where and how often."""
    vault: Place | None = None
    everything: Place | None = None
    schedules: list[Fact[str]] = []
    for text, place in _statements(document):
        plain = plain_text(text)
        if not re.search(r"\bback(?:ed)?[- ]?ups?\b", plain, re.IGNORECASE) or _DENIED.search(plain):
            continue
        if vault is None and re.search(r"\bvault\b", plain, re.IGNORECASE):
            vault = place
        if everything is None and re.search(r"\b(?:all|every|each)\b.{0,30}\btables?\b", plain, re.IGNORECASE):
            everything = place
        if re.search(r"\bfirst\b", plain, re.IGNORECASE) is None:
            schedules += [Fact(match.casefold(), place) for match in _SCHEDULE.findall(plain)[:1]]
    return BackupWords(vault, tuple(schedules), everything)


def naming_rules(document: Document) -> Iterator[Fact[str]]:
    """Patterns such as ``{name}-{env}`` in backticks."""
    for text, place in _statements(document):
        yield from (Fact(name, place) for name in names(text) if "{name}" in name and "{env}" in name)


def release_tags(document: Document, environment: str) -> Iterator[Fact[str]]:
    """Release tags that carry the environment's name."""
    for text, place in _statements(document):
        if re.search(r"\b(?:tag|release)\b", text, re.IGNORECASE):
            yield from (Fact(tag, place) for tag in _RELEASE.findall(plain_text(text)) if mentions(tag, environment))


def approval_environments(document: Document, environment: str) -> Iterator[Fact[str]]:
    """GitHub environments in which somebody approves the deployment."""
    for text, place in _statements(document):
        if re.search(r"\bapprov", text, re.IGNORECASE):
            found = (first or second for first, second in _APPROVAL.findall(text))
            yield from (Fact(name, place) for name in found if mentions(name, environment))


def _statements(document: Document) -> Iterator[tuple[str, Place]]:
    """Lines and table rows in the order of the document; code is left out."""
    found = [(line.text, line.place) for line in document.lines]
    found += [(" | ".join(row.cells), row.place) for table in document.tables for row in table.rows]
    yield from sorted(((text[:MAX_STATEMENT], place) for text, place in found), key=lambda statement: statement[1])
