"""What a promotion plan for people states, wherever it states it: tables and indexes, environments, numbers, retention, dates, approvers.

Plans have no fixed form. Read are the forms that occur: ``**Owner**: x`` lines, tables with telling headings, list items such as
``- [ ] `orders-sit` table (GSI: ByDate, ByTenant)``, loops in shell blocks, phrases such as ``7 days SIT, 30 days PROD``. Every statement
is kept with its place, also when the plan says the same thing twice: whether statements agree is for checks to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bbws_gate.deferred import dataclass, regex
from bbws_gate.evidence.counts import StatedCount, stated_counts
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.markdown import Document, Line, MarkdownTable, names, plain_text
from bbws_gate.evidence.shell import Options, commands
from bbws_gate.model import Place

USUAL_ENVIRONMENTS = ("dev", "test", "sit", "qa", "uat", "staging", "preprod", "prod", "dr")


@dataclass(frozen=True, slots=True)
class PlannedTable:
    """A table that the plan names."""

    name: str
    """As written: ``orders-sit``, ``orders``, ``orders-{env}``."""
    place: Place
    indexes: tuple[Fact[str], ...]
    """Global secondary indexes that the same statement names."""


@dataclass(frozen=True, slots=True)
class PlannedEnvironment:
    """A row of the plan's table of environments."""

    name: str
    """In lower case."""
    place: Place
    account: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A date with what the plan says about it."""

    day: date
    environment: str | None
    """The one that the statement names, in lower case; None when it names none or several."""
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """Everything that one plan states."""

    document: Document
    environments: tuple[PlannedEnvironment, ...]
    tables: tuple[PlannedTable, ...]
    counts: tuple[StatedCount, ...]
    retention: tuple[tuple[str, Fact[int]], ...]
    """Days by environment (in lower case; ``""`` when none is named), in the order of lines."""
    days: tuple[PlannedDay, ...]
    tags: tuple[Fact[str], ...]
    approvers: tuple[Fact[str], ...]
    """Roles, as written."""
    paths: tuple[Fact[str], ...]
    """Files of the repository that the plan names."""

    def metadata(self, *keys: str) -> Fact[str] | None:
        """The first of some ``**Key**: value`` lines, keys in lower case."""
        return next((self.document.metadata[key] for key in keys if key in self.document.metadata), None)


def read_plan(document: Document, environments: Iterable[str] = USUAL_ENVIRONMENTS) -> PlanDocument:
    """What a document states; ``environments`` are the names to look for, whatever the case."""
    words = _Words(environments)
    return PlanDocument(
        document=document,
        environments=tuple(_environments(document, words)),
        tables=tuple(_tables(document)),
        counts=stated_counts(document),
        retention=tuple(_retention(document, words)),
        days=tuple(_days(document, words)),
        tags=tuple(_tags(document)),
        approvers=tuple(_approvers(document)),
        paths=tuple(_paths(document)),
    )


def environments_in(document: Document, environments: Iterable[str]) -> tuple[PlannedEnvironment, ...]:
    """The rows of a document's tables of environments."""
    return tuple(_environments(document, _Words(environments)))


class _Words:
    """Finds environments in text."""

    def __init__(self, environments: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(name.casefold() for name in environments))
        alternatives = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        self.pattern = rf"(?<![\w-])(?:{alternatives})(?![\w-])"
        self._expression = re.compile(self.pattern, re.IGNORECASE)

    def only(self, text: str) -> str | None:
        """The one environment that a text names."""
        found = {match.casefold() for match in self._expression.findall(text)}
        return found.pop() if len(found) == 1 else None


_ACCOUNT = regex(r"(?<!\d)\d{12}(?!\d)")
_REGION = regex(r"(?<![\w-])[a-z]{2}(?:-[a-z]+)+-\d(?![\w-])")
_TABLE_BEFORE = regex(r"`([A-Za-z0-9._{}-]+)`\s+(?:dynamodb\s+)?table\b", re.IGNORECASE)
_TABLE_AFTER = regex(r"\btable:?\s+`([A-Za-z0-9._{}-]+)`", re.IGNORECASE)
_BARE_TABLE = regex(r"^\**([A-Za-z0-9._{}-]+)\**\s+(?:dynamodb\s+)?table\s*\(", re.IGNORECASE)
_INDEX_LIST = regex(r"(?:GSIs?|(?:global secondary )?ind(?:exes|ices|ex))\s*:\s*([^()]*)", re.IGNORECASE)
_INDEX_NAME = regex(r"[A-Za-z][A-Za-z0-9_.-]{1,254}")
_DAYS = regex(r"(\d{1,4})[\s-]*days?", re.IGNORECASE)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTH = "|".join(_MONTHS)
_DATE = regex(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})|({_MONTH})\s+(\d{{1,2}}),?\s+(\d{{4}})", re.IGNORECASE)
_PATH = regex(r"(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]+\.(?:ya?ml|py|sh|tfvars|tf|json|md)")
_SHELL = frozenset({"", "sh", "bash", "shell", "console", "zsh"})


def _environments(document: Document, words: _Words) -> Iterator[PlannedEnvironment]:
    for table in document.tables:
        name = table.column("environment", "env")
        account = table.column("account", "aws account", "account id", "aws account id")
        region = table.column("region", "aws region", "primary region")
        if name is None or (account is None and region is None):
            continue
        for row in table.rows:
            found = words.only(plain_text(row.cells[name]))
            if found is not None:
                number = _ACCOUNT.search(row.cells[account]) if account is not None else None
                place = _REGION.search(row.cells[region]) if region is not None else None
                yield PlannedEnvironment(found, row.place, number[0] if number else None, place[0] if place else None)


def _tables(document: Document) -> Iterator[PlannedTable]:
    lines = document.lines
    for number, line in enumerate(lines):
        found = _TABLE_BEFORE.search(line.text) or _TABLE_AFTER.search(line.text) or (_BARE_TABLE.search(line.text) if line.depth else None)
        if found is not None:
            own = [*_index_names(line.text, line.place)]
            yield PlannedTable(found[1], line.place, tuple(own or _nested_indexes(lines, number)))
    for table in document.tables:
        yield from _table_rows(table)
    for block in document.code:
        if block.language in _SHELL and block.lines:
            yield from _loops(block.text, block.lines[0].place)


def _index_names(text: str, place: Place) -> Iterator[Fact[str]]:
    found = _INDEX_LIST.search(text)
    for name in re.split(r",|;|\band\b|\+", plain_text(found[1])) if found is not None else ():
        if _INDEX_NAME.fullmatch(name.strip(" .")) and not name.strip().isdigit():
            yield Fact(name.strip(" ."), place)


def _nested_indexes(lines: tuple[Line, ...], number: int) -> Iterator[Fact[str]]:
    """Indexes in the items below a table's item."""
    depth = lines[number].depth
    for line in lines[number + 1 :]:
        if not depth or line.depth <= depth:
            return
        yield from _index_names(line.text, line.place)


def _table_rows(table: MarkdownTable) -> Iterator[PlannedTable]:
    name = table.column("table", "table name", "dynamodb table")
    indexes = table.column("gsis", "gsi", "indexes", "global secondary indexes")
    if name is None:
        return
    for row in table.rows:
        own = names(row.cells[name]) or (plain_text(row.cells[name]),)
        if not re.fullmatch(r"[A-Za-z0-9._{}-]+", own[0]):
            continue
        listed = f"GSI: {row.cells[indexes]}" if indexes is not None else ""
        yield PlannedTable(own[0], row.place, tuple(_index_names(listed, row.place)))


def _loops(text: str, first: Place) -> Iterator[PlannedTable]:
    """``for table in orders users; do`` and ``--table-name orders``."""
    for command in commands(text, first.line, Options(errexit=False, pipefail=False)):
        place = Place(first.path, command.line, command.end_line)
        words = command.words
        found: tuple[str, ...] = ()
        if words[:1] == ("for",) and words[2:3] == ("in",) and "table" in words[1].casefold():
            found = words[3:]
        elif "--table-name" in words[:-1]:
            found = (words[words.index("--table-name") + 1],)
        for name in found:
            if re.fullmatch(r"[A-Za-z0-9._-]+", name):
                yield PlannedTable(name, place, ())


def _retention(document: Document, words: _Words) -> Iterator[tuple[str, Fact[int]]]:
    """``7 days SIT, 30 days PROD``, ``SIT: 7 days``, ``| Retention | 7 days |``, in statements about retention."""
    for fact in sorted(document.texts(), key=lambda fact: fact.place):
        text = plain_text(fact.value)
        if not re.search(r"retention|retain|kept for|keep ", text, re.IGNORECASE):
            continue
        parts = re.split(r"[,;|]|\band\b", text)
        for part in parts:
            days = _DAYS.search(part)
            if days is not None:
                yield words.only(part) or (words.only(text) if len(parts) == 1 else None) or "", Fact(int(days[1]), fact.place)


def _days(document: Document, words: _Words) -> Iterator[PlannedDay]:
    for fact in sorted(document.texts(), key=lambda fact: fact.place):
        text = plain_text(fact.value)
        for match in _DATE.finditer(text):
            day = _day(match)
            if day is not None:
                yield PlannedDay(day, words.only(text), text, fact.place)


def _day(match: re.Match[str]) -> date | None:
    year, month, day = match[1], match[2], match[3]
    if match[4]:
        year, month, day = match[6], str(_MONTHS.index(match[5].casefold()) + 1), match[4]
    elif match[7]:
        year, month, day = match[9], str(_MONTHS.index(match[7].casefold()) + 1), match[8]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _tags(document: Document) -> Iterator[Fact[str]]:
    """Names in backticks in lists and tables under a heading about tags, or after a line that ends in ``tags:``."""
    for line in document.lines:
        if line.depth and line.section and re.search(r"\btags?\b", line.section[-1], re.IGNORECASE):
            yield from (Fact(name, line.place) for name in names(line.text)[:1])
        elif re.search(r"\btags?\b[^:]*:", line.text, re.IGNORECASE):
            yield from (Fact(name, line.place) for name in names(line.text))
    for table in document.tables:
        column = table.column("tag", "tag key", "tag name")
        if column is not None:
            yield from (Fact(plain_text(row.cells[column]), row.place) for row in table.rows)


def _approvers(document: Document) -> Iterator[Fact[str]]:
    for key in ("approvers", "approver", "approval required", "approvals", "approvals required"):
        if key in document.metadata:
            fact = document.metadata[key]
            yield from (Fact(role.strip(), fact.place) for role in re.split(r",|;|\+|\band\b", fact.value) if role.strip())
    for table in document.tables:
        column = table.column("role", "approver")
        if column is not None and table.section and re.search(r"\bapprov", table.section[-1], re.IGNORECASE):
            yield from (Fact(plain_text(row.cells[column]), row.place) for row in table.rows)
    for line in document.lines:
        if line.depth and line.section and re.search(r"\bapprovals?\b", line.section[-1], re.IGNORECASE):
            yield Fact(plain_text(line.text).partition(" (")[0].strip(), line.place)


def _paths(document: Document) -> Iterator[Fact[str]]:
    """File names in backticks and in shell blocks."""
    seen: set[tuple[str, int]] = set()
    in_code = {fact.place.line for block in document.code if block.language in _SHELL for fact in block.lines}
    for fact in sorted(document.texts(), key=lambda fact: fact.place):
        spans = names(fact.value) or (fact.value.split() if fact.place.line in in_code else ())
        for span in spans:
            for match in _PATH.finditer(span):
                if "/" in match[0] and (match[0], fact.place.line) not in seen:
                    seen.add((match[0], fact.place.line))
                    yield Fact(match[0], fact.place)
