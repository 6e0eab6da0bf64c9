"""Hidden markers: how our comment and our issues are told apart from everybody else's text, and our part of an issue from people's.

A marker alone proves nothing, anybody can write one: whoever looks for it also looks at the author.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from bbws_gate.deferred import regex

_ISSUE = regex(r"^<!-- bbws-gate:issue (?P<key>[^\s<>]+) refs=(?P<refs>[^\s<>]*) -->$", re.MULTILINE)
_STATUS = regex(r"^<!-- bbws-gate:status (READY|READY_WITH_WARNINGS|PENDING|BLOCKED|ERROR) -->$", re.MULTILINE)
_END = "<!-- bbws-gate:end -->"
_TICKED = regex(r"^(\s*[-*] )\[[xX]\]( .+)$", re.MULTILINE)


def comment_marker(project: str, environment: str) -> str:
    """The first line of the one comment of a project and environment."""
    return f"<!-- bbws-gate:{_word(project)}/{_word(environment)} -->"


def issue_key(project: str, environment: str, item: str) -> str:
    """The identity of an action item's issue within a repository."""
    return f"{_word(project)}/{_word(environment)}/{_word(item)}"


def marked_comment(marker: str, text: str) -> str:
    """A comment's body: marker, then text."""
    return f"{marker}\n{normal(text)}"


def is_marked(body: str, marker: str) -> bool:
    """Whether a body starts with the marker; one that is quoted further down does not count."""
    return body.partition("\n")[0].rstrip() == marker


def status_marker(status: str) -> str:
    """A hidden line that says which status a comment shows, so that a later run can tell a change."""
    return f"<!-- bbws-gate:status {status} -->"


def read_status(body: str) -> str:
    """The status that a comment of ours shows; empty where it does not say. The last such line is ours: quoted text stands before it."""
    found = _STATUS.findall(normal(body))
    return found[-1] if found else ""


class ManagedBody(NamedTuple):
    """An issue's body in three parts: people's text, ours, people's text."""

    before: str
    key: str
    refs: tuple[str, ...]
    """Where the action item is open: ``pull/12``, ``heads/main``."""
    managed: str
    after: str

    @property
    def item(self) -> str:
        """The item within its project and environment: ``manual/security-review``, ``add-missing-tables``."""
        return unquote(self.key.rpartition("/")[2])

    @property
    def owner(self) -> tuple[str, str]:
        """Project and environment."""
        project, _, rest = self.key.partition("/")
        return unquote(project), unquote(rest.partition("/")[0])

    def __str__(self) -> str:
        parts = (
            self.before,
            f"<!-- bbws-gate:issue {self.key} refs={','.join(quote(ref, safe='/') for ref in self.refs)} -->",
            self.managed,
            _END,
            self.after,
        )
        return "\n".join(part for part in parts if part)

    def with_text(self, text: str) -> ManagedBody:
        """The same body around other text of ours; a task that a person ticked stays ticked while it is still listed."""
        ticked = {match[2] for match in _TICKED.finditer(self.managed)}

        def keep(match: re.Match[str]) -> str:
            return f"{match[1]}[x]{match[2]}" if match[2] in ticked else match[0]

        return self._replace(managed=re.sub(r"^(\s*[-*] )\[ \]( .+)$", keep, normal(text), flags=re.MULTILINE))


def read_body(body: str) -> ManagedBody | None:
    """An issue's body taken apart; None when it carries no marker of ours."""
    text = normal(body)
    found = _ISSUE.search(text)
    if found is None:
        return None
    managed, end, after = text[found.end() :].partition(_END)
    if not end:  # somebody deleted the end marker: nothing can be told from ours any more, so nothing is thrown away
        managed, after = "", managed
    refs = tuple(unquote(ref) for ref in found["refs"].split(",") if ref)
    return ManagedBody(text[: found.start()].strip("\n"), found["key"], refs, managed.strip("\n"), after.strip("\n"))


def normal(text: str) -> str:
    """Text as it is compared: GitHub's web editor writes CRLF, and trailing blanks come and go."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip("\n")


def _word(text: str) -> str:
    return quote(text, safe="")
