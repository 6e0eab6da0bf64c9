"""What publishing may do to GitHub, as values: decided by ``reconcile``, printed by a dry run, carried out by ``apply``."""

from __future__ import annotations

from dataclasses import fields
from typing import ClassVar

from bbws_gate.deferred import dataclass, regex
from bbws_gate.render.annotations import Annotation

SUPERSEDED, UNFINISHED = "superseded", "unfinished"
OURS = regex(rf"[0-9a-f]{{64}}|{SUPERSEDED}|{UNFINISHED}")
"""What a completed check run of ours has as its ``external_id``."""


@dataclass(frozen=True, slots=True)
class StartCheck:
    """Create the check run, in progress."""

    what: ClassVar[str] = "start the check run"
    permission: ClassVar[str] = "checks: write"
    name: str
    head: str


@dataclass(frozen=True, slots=True)
class AnnotateCheck:
    """Add annotations to the check run that is in progress; GitHub takes 50 at a time."""

    what: ClassVar[str] = "annotate the check run"
    permission: ClassVar[str] = "checks: write"
    run: int | None
    """None: the one that this run starts."""
    title: str
    summary: str
    annotations: tuple[Annotation, ...]
    already: int
    """Annotations that the check run holds before these."""


@dataclass(frozen=True, slots=True)
class CompleteCheck:
    """Complete the check run with its conclusion."""

    what: ClassVar[str] = "complete the check run"
    permission: ClassVar[str] = "checks: write"
    run: int | None
    conclusion: str
    """``success``, ``action_required`` or ``failure``; never ``neutral`` or ``skipped``, which count as passed."""
    title: str
    summary: str
    text: str
    digest: str
    """Of everything that the check run says, or why it says less; kept as its ``external_id``."""


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Write a commit status."""

    what: ClassVar[str] = "set the commit status"
    permission: ClassVar[str] = "statuses: write"
    context: str
    head: str
    state: str
    description: str


@dataclass(frozen=True, slots=True)
class CreateComment:
    """Write the pull request's comment."""

    what: ClassVar[str] = "comment on the pull request"
    permission: ClassVar[str] = "pull-requests: write"
    pull: int
    marker: str
    body: str


@dataclass(frozen=True, slots=True)
class UpdateComment:
    """Replace our comment's text."""

    what: ClassVar[str] = "edit the comment"
    permission: ClassVar[str] = "pull-requests: write"
    pull: int
    marker: str
    id: int
    body: str


@dataclass(frozen=True, slots=True)
class DeleteComment:
    """Delete a second comment of ours, left behind by a fault or a race."""

    what: ClassVar[str] = "delete a doubled comment"
    permission: ClassVar[str] = "pull-requests: write"
    id: int


@dataclass(frozen=True, slots=True)
class CreateLabel:
    """Make the label that our issues carry."""

    what: ClassVar[str] = "make the label"
    permission: ClassVar[str] = "issues: write"
    name: str
    color: str
    description: str


@dataclass(frozen=True, slots=True)
class CreateIssue:
    """Open an action item's issue."""

    what: ClassVar[str] = "open an issue"
    permission: ClassVar[str] = "issues: write"
    key: str
    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...] = ()
    """Logins; left out where GitHub does not let one of them be assigned."""
    milestone: int | None = None
    """Its number; None for the one that this run made, or for none."""


@dataclass(frozen=True, slots=True)
class UpdateIssue:
    """Change our part of an issue, and open or close it.

    ``state`` is None to leave it as it is, else ``open`` or ``closed`` with its reason (``reopened``, ``completed``, ``not_planned``).
    """

    what: ClassVar[str] = "edit an issue"
    permission: ClassVar[str] = "issues: write"
    number: int
    title: str
    body: str
    state: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CreateMilestone:
    """Make the milestone of a project and environment, due on its target date."""

    what: ClassVar[str] = "make the milestone"
    permission: ClassVar[str] = "issues: write"
    title: str
    due: str
    """ISO date."""


@dataclass(frozen=True, slots=True)
class AddSubIssue:
    """Put an issue under the tracking issue."""

    what: ClassVar[str] = "put an issue under its tracking issue"
    permission: ClassVar[str] = "issues: write"
    parent: int
    child: int
    """Its id, not its number."""
    is_elsewhere: bool = False
    """It stands under a doubled tracking issue now; GitHub gives an issue one parent."""


@dataclass(frozen=True, slots=True)
class AddBlocker:
    """Say that one issue stands in the way of another."""

    what: ClassVar[str] = "link an issue to what blocks it"
    permission: ClassVar[str] = "issues: write"
    number: int
    blocker: int
    """Its id, not its number."""


@dataclass(frozen=True, slots=True)
class React:
    """Answer a command by a reaction; GitHub keeps one of a kind by the same author."""

    what: ClassVar[str] = "react to a command"
    permission: ClassVar[str] = "issues: write"
    comment: int
    content: str


Extra = CreateMilestone | AddSubIssue | AddBlocker | React
"""What a server may not have: left out, and said so, where it is refused."""

Command = (
    StartCheck
    | AnnotateCheck
    | CompleteCheck
    | SetStatus
    | CreateComment
    | UpdateComment
    | DeleteComment
    | CreateLabel
    | CreateIssue
    | UpdateIssue
    | CreateMilestone
    | AddSubIssue
    | AddBlocker
    | React
)


def as_json(command: Command) -> dict[str, object]:
    """A command as data, for a dry run's list."""
    return {"command": type(command).__name__, **{field.name: _plain(getattr(command, field.name)) for field in fields(command)}}


def _plain(value: object) -> object:
    if isinstance(value, Annotation):
        return value._asdict()
    return [_plain(entry) for entry in value] if isinstance(value, tuple) else value
