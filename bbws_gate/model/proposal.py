"""What a change does to the rules that judge it: the promotion spec and a team's own page templates."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple, dataclass


class RuleChange(NamedTuple):
    """One file of the rules that the change touches."""

    path: str
    kind: str
    """``spec`` or ``template``."""
    how: str
    """``added``, ``changed`` or ``removed``."""


class Mark(NamedTuple):
    """A finding that comes, goes or counts otherwise under the changed spec."""

    id: str
    title: str
    severity: str
    why: str
    """``asked for``, ``blocks``, ``no longer blocks``, ``severity high``, ``waived``, ``put off``, ``no longer asked for``."""


@dataclass(frozen=True, slots=True)
class Retrial:
    """The same commit, judged by the changed spec as if it were merged."""

    status: str
    score: int
    lines: tuple[int, int]
    """Lines of the checklist under the base branch's spec, and under the changed one."""
    dropped: tuple[str, ...]
    """Lines of the checklist that are not looked at any more."""
    marks: tuple[Mark, ...]
    """Findings that come first, then those that count otherwise, then those that go."""
    keys: tuple[str, ...]
    """Keys of the spec that say something else, at the top level."""
    approvals: tuple[str, str]
    """Roles whose approval is wanted for this commit, before and after."""


class PageChange(NamedTuple):
    """One page that the changed templates lay out otherwise."""

    page: str
    """``comment``, ``summary``."""
    problem: str
    """Why it cannot be made; the bundled page is then used."""
    added: int
    """Lines."""
    removed: int
    sections: tuple[str, ...]
    """Headings under which it differs."""
    excerpt: str
    """The first differences, as a unified diff."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the change edits, and what that would do."""

    changes: tuple[RuleChange, ...]
    owners: tuple[str, ...]
    """Roles that must approve it."""
    retrial: Retrial | None = None
    """None where the spec is not edited, or the changed one gives no verdict."""
    spec_problem: str = ""
    """Why the changed spec gives no verdict."""
    pages: tuple[PageChange, ...] = ()
    template_problems: tuple[str, ...] = ()
    """What is wrong with the changed templates beside single pages: names that no page has, files that cannot be read."""

    @property
    def edits_spec(self) -> bool:
        """Whether the spec is among what is edited."""
        return any(change.kind == "spec" for change in self.changes)

    @property
    def templates(self) -> tuple[RuleChange, ...]:
        """The templates that are edited."""
        return tuple(change for change in self.changes if change.kind == "template")
