"""What people can write: ``/gate approve dba 1a2b3c4`` at the beginning of a line of a comment.

A command is words; whether its author may give it, and whether it means anything here, is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import partial
from typing import TypeAlias

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.govern.speech import spoken

MAX_COMMANDS = 20
"""Commands in one comment; more are refused."""
MAX_LINE = 1_000
MAX_REASON = 300

_DOUBT = "leave an empty line before it: what stands above may draw it into a quote or code"

_ROLE = regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}", re.ASCII)
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_COMMIT = regex(r"[0-9a-f]{7,64}", re.ASCII)
_FINDING = regex(r"[A-Z]{3}[0-9]{3}/\S{1,200}", re.ASCII)
_CODE = regex(r"[A-Z]{3}[0-9]{3}", re.ASCII)
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Approve(NamedTuple):
    """A yes as a role for a commit."""

    role: str
    commit: str
    """At least seven hexadecimal digits."""


class Decide(NamedTuple):
    """An answer to a question."""

    decision: str
    option: str
    reason: str


class Waive(NamedTuple):
    """A finding accepted for a time."""

    finding: str
    until: str
    reason: str


class Revoke(NamedTuple):
    """An earlier word taken back."""

    what: str
    """``approve``, ``decide`` or ``waive``."""
    subject: str
    """The role, the decision or the finding."""


class Explain(NamedTuple):
    """What a check is about."""

    code: str


class Ask(NamedTuple):
    """``status``, ``recheck`` or ``help``."""

    what: str


class Misspoken(NamedTuple):
    """A line that begins like a command and is none."""

    why: str


Command: TypeAlias = Approve | Decide | Waive | Revoke | Explain | Ask | Misspoken

USAGE = {
    "approve": "/gate approve <role> <commit>",
    "decide": "/gate decide <decision> <option> [reason]",
    "waive": "/gate waive <finding> until <YYYY-MM-DD> <reason>",
    "revoke": "/gate revoke approve <role> | decide <decision> | waive <finding>",
    "explain": "/gate explain <code>",
    "status": "/gate status",
    "recheck": "/gate recheck",
    "help": "/gate help",
}
"""Every command and how it is written."""


def parse(text: str) -> tuple[Command, ...]:
    """The commands in a comment's text, in its order; a line that fails to be one says why."""
    found: list[Command] = []
    for line, doubt in spoken(text):
        if not re.match(r"/gate(?:[ \t]|$)", line):
            continue
        if len(found) == MAX_COMMANDS:
            return (*found, Misspoken(f"a comment can hold {MAX_COMMANDS} commands; those after it were not read"))
        found.append(Misspoken(_DOUBT) if doubt else _read(line))
    return tuple(found)


def _read(line: str) -> Command:
    if len(line) > MAX_LINE:
        return Misspoken(f"longer than {MAX_LINE} characters")
    _, *words = line.split()
    if not words:
        return Misspoken(f"say what: {', '.join(USAGE)}")
    name, *rest = words
    reader = _READERS.get(name)
    if reader is not None:
        return reader(rest)
    near = get_close_matches(name.casefold()[:40], USAGE, n=1)
    return Misspoken(f"no such command{f' (did you mean {near[0]}?)' if near else ''}: {', '.join(USAGE)}")


def _wrong(name: str, why: str = "") -> Misspoken:
    # One code span: apart, every word with a bracket would be one of its own.
    return Misspoken(f"{why}; write `{USAGE[name]}`" if why else f"write `{USAGE[name]}`")


def _approve(words: list[str]) -> Command:
    if not words or not _ROLE.fullmatch(words[0]):
        return _wrong("approve")
    if len(words) == 1:
        return _wrong("approve", "say which commit, by at least 7 of its digits")
    if len(words) > 2 or not _COMMIT.fullmatch(words[1]):
        return _wrong("approve", "a commit is 7 to 64 hexadecimal digits, and nothing follows it")
    return Approve(words[0], words[1])


def _decide(words: list[str]) -> Command:
    if len(words) < 2 or not _NAME.fullmatch(words[0]) or not _NAME.fullmatch(words[1]):
        return _wrong("decide")
    return Decide(words[0], words[1], _reason(words[2:]))


def _waive(words: list[str]) -> Command:
    if len(words) < 3 or words[1] != "until":
        return _wrong("waive")
    finding, _, day, *reason = words
    if not _FINDING.fullmatch(finding):
        return _wrong("waive", "a finding is named by its id, such as TBL001/table/orders")
    if not _is_day(day):
        return _wrong("waive", "that is no date")
    if not reason:
        return _wrong("waive", "a reason is missing")
    if len(" ".join(reason)) > MAX_REASON:
        return _wrong("waive", f"the reason has more than {MAX_REASON} characters")
    return Waive(finding, day, _reason(reason))


def _revoke(words: list[str]) -> Command:
    shapes = {"approve": _ROLE, "decide": _NAME, "waive": _FINDING}
    if len(words) != 2 or words[0] not in shapes or not shapes[words[0]].fullmatch(words[1]):
        return _wrong("revoke")
    return Revoke(words[0], words[1])


def _explain(words: list[str]) -> Command:
    if len(words) != 1 or not _CODE.fullmatch(words[0]):
        return _wrong("explain", "a check has a code such as TBL001")
    return Explain(words[0])


def _ask(name: str, words: list[str]) -> Command:
    return _wrong(name) if words else Ask(name)


def _reason(words: list[str]) -> str:
    return " ".join(words)[:MAX_REASON]


def _is_day(word: str) -> bool:
    if not _DAY.fullmatch(word):
        return False
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


_READERS: dict[str, Callable[[list[str]], Command]] = {
    "approve": _approve,
    "decide": _decide,
    "waive": _waive,
    "revoke": _revoke,
    "explain": _explain,
    "status": partial(_ask, "status"),
    "recheck": partial(_ask, "recheck"),
    "help": partial(_ask, "help"),
}
