"""The errors that end a run, each with its exit code.

::

    GateError          70  a bug of ours, when nothing below fits
    ├─ UsageError       2  wrong words on the command line, in the action's inputs or in the event
    │  └─ SpecError     2  the promotion spec is missing or invalid
    ├─ SourceError      3  input that cannot be read and that no finding can express
    └─ PublishError     4  GitHub refused or could not be reached
       └─ PermissionMissing  the token lacks a named permission

A verdict (blocked, pending) is a result, not an error: exit code 1 is not in this tree.
"""

from __future__ import annotations


class GateError(Exception):
    """Something ended the run: what happened, where, and how to mend it, on one line."""

    exit_code = 70

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.mend})" if self.mend else ""
        return f"{place}{self.what}{remedy}"


class UsageError(GateError):
    """The caller asked for something that cannot be: an option, an input, an event, an environment."""

    exit_code = 2


class SpecError(UsageError):
    """The promotion spec is missing, malformed or expects nothing."""


class SourceError(GateError):
    """Input that cannot be read and that no finding can express."""

    exit_code = 3


class PublishError(GateError):
    """GitHub refused a request or could not be reached."""

    exit_code = 4


class PermissionMissing(PublishError):
    """The token lacks a permission; ``mend`` names it."""
