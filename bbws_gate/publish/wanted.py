"""What should be on GitHub for one assessment. Says nothing of what is there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from bbws_gate.deferred import dataclass
from bbws_gate.render.annotations import Annotation

LABEL = "bbws-gate"
TRACKING = "tracking"
"""The item under whose issue all others of a project and environment stand."""


@dataclass(frozen=True, slots=True)
class WantedCheck:
    """The completed check run."""

    conclusion: str
    title: str
    summary: str
    text: str
    annotations: tuple[Annotation, ...] = ()

    @property
    def digest(self) -> str:
        """Of everything it says: a completed check run with this digest needs no other."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class WantedStatus:
    """The commit status."""

    state: str
    """``success``, ``failure`` or ``pending``."""
    description: str


@dataclass(frozen=True, slots=True)
class WantedIssue:
    """The issue of one action item, one decision, or of all of them together."""

    item: str
    title: str
    text: str
    assignees: tuple[str, ...] = ()
    """Logins, set when the issue is opened and left to people from then on."""
    leave_closed: bool = False
    """People closed it and that is right, or whether it is cannot be known now."""
    labels: tuple[str, ...] = ()
    """Beside the gate's own, set when the issue is opened."""
    blocked_by: tuple[str, ...] = ()
    """Items whose issues stand in the way of this one."""


@dataclass(frozen=True, slots=True)
class WantedMilestone:
    """What new issues are planned for."""

    title: str
    due: str
    """ISO date."""


@dataclass(frozen=True, slots=True)
class WantedReaction:
    """How a command that somebody wrote is answered."""

    comment: int
    content: str
    """``+1`` or ``confused``."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything; None means that the feature is off and what is there stays as it is."""

    project: str
    environment: str
    head: str
    """The commit that was assessed."""
    ref: str
    """Where that commit stands: ``pull/12``, ``heads/main``."""
    pull: int | None
    check: WantedCheck | None = None
    status: WantedStatus | None = None
    comment: str | None = None
    comment_if_present: bool = False
    """Only replace a comment that is there, for fear that it says more than is still known."""
    issues: tuple[WantedIssue, ...] | None = None
    milestone: WantedMilestone | None = None
    reactions: tuple[WantedReaction, ...] = ()

    @property
    def check_name(self) -> str:
        """``bbws-gate / project / environment``."""
        return check_name(self.project, self.environment)


def check_name(project: str, environment: str) -> str:
    """The name of the check run or status, by which branch rules require it."""
    return f"bbws-gate / {project} / {environment}"
