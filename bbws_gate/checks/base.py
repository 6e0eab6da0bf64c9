"""What a check is, and how the catalogue finds them.

A check is a generator of outcomes over the evidence of one project. It reads nothing, writes nothing and knows nothing of other
checks. Adding one means adding a function to one module of this package (or a new module) and its test; the catalogue,
``docs/checks.md`` and ``bbws-gate explain`` find it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bbws_gate.deferred import dataclass
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Outcome, Severity


@dataclass(frozen=True, slots=True)
class Work:
    """The action item that a check's findings fold into. Checks that share an ``id`` share one action item."""

    id: str
    title: str
    owner: str
    """Default role; a spec that has no such role leaves the item to the plan's owner."""
    estimate: str
    phase: str
    """``decide``, ``build``, ``test``, ``document`` or ``deploy``."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with a stable code that turns a project's evidence into outcomes."""

    code: str
    name: str
    """Kebab-case, named for the fault: ``table-missing``."""
    severity: Severity
    category: str
    """Heading of the checklist: Tables, Indexes, Backup, Naming, Tags, Environment, Workflow, Validation, Terraform, Repository, ..."""
    work: Work
    sees: str
    """What it looks at and compares (the function's docstring)."""
    why: str
    """Why it matters; the default impact of its findings."""
    clear: str
    """How to clear it; the default action of its findings."""
    run: Callable[[ProjectEvidence], Iterator[Outcome]]


def check(
    code: str, name: str, *, severity: Severity, category: str, work: Work, why: str, clear: str
) -> Callable[[Callable[[ProjectEvidence], Iterator[Outcome]]], Check]:
    """Make a :class:`Check` of the decorated generator; its docstring is what the catalogue prints under "What it sees"."""

    def wrap(run: Callable[[ProjectEvidence], Iterator[Outcome]]) -> Check:
        return Check(code, name, severity, category, work, " ".join((run.__doc__ or "").split()), why, clear, run)

    return wrap
