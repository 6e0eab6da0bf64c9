"""What GitHub shows now, as far as it is ours."""

from __future__ import annotations

from bbws_gate.deferred import dataclass
from bbws_gate.publish.marker import ManagedBody

SAME_APP = "the same App"
"""Another workflow that posts as the App that we post as."""
PASSING = frozenset({"success", "neutral", "skipped"})
"""https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks"""


@dataclass(frozen=True, slots=True)
class ObservedCheck:
    """A check run of our name on the head commit."""

    id: int
    completed: bool
    digest: str
    said: tuple[str, str, str, str]
    """Conclusion, title, summary and text."""
    annotations: int
    url: str
    foreign: str = ""
    """Who made it, where that was not this gate: the slug of another App, or :data:`SAME_APP`; empty for one of ours."""

    @property
    def passes(self) -> bool:
        """Whether it satisfies a rule that requires a check of its name."""
        return self.completed and self.said[0] in PASSING


@dataclass(frozen=True, slots=True)
class ObservedComment:
    """A comment of ours on the pull request."""

    id: int
    body: str
    url: str


@dataclass(frozen=True, slots=True)
class ObservedIssue:
    """An issue of ours for an action item of this project and environment."""

    number: int
    title: str
    body: ManagedBody
    is_open: bool
    url: str
    id: int = 0
    """Its identity for other requests; the number is for people."""
    reason: str = ""
    """``completed``, ``not_planned``, ``reopened`` or empty."""
    comments: int = 0
    sub_issues: int | None = None
    """How many stand under it; None where the server does not say."""
    blockers: int | None = None
    """How many are said to block it; None where the server does not say."""
    blocks: int | None = None
    """How many it is said to block; None where the server does not say."""
    parent: int | None = None
    """The number of the issue under which it stands; None where it stands under none, or the server does not say."""


@dataclass(frozen=True, slots=True)
class ObservedIssues:
    """The issues, and what is needed to judge them."""

    issues: tuple[ObservedIssue, ...] = ()
    """Oldest first."""
    has_label: bool = False
    live_refs: frozenset[str] | None = None
    """Refs under which an action item can still be open; None when nobody asked, and all are taken to be live."""
    milestone: int | None = None
    """The wanted milestone's number; None when there is none, or nobody asked because no issue is to be opened."""
