"""From findings and what people said to what stands, who decided what, and who still has to."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.checks.base import Check
from bbws_gate.deferred import NamedTuple
from bbws_gate.govern.approvals import Approvals, Now
from bbws_gate.govern.authority import Authority
from bbws_gate.govern.contradictions import follow, propose
from bbws_gate.govern.decisions import asked, decide
from bbws_gate.govern.deferral import defer
from bbws_gate.govern.gate_edit import accept
from bbws_gate.govern.hearing import Hearing, answer_questions, hear, replies
from bbws_gate.govern.snapshot import Snapshot
from bbws_gate.govern.waivers import waive, waive_by_command
from bbws_gate.model import Approval, Decision, Finding, Record, Reply
from bbws_gate.spec import LoadedSpec


class Said(NamedTuple):
    """What people said, and about what."""

    record: Record | None
    """None where nobody was asked: on a laptop."""
    commit: str
    today: str
    """ISO date."""
    snapshot: Snapshot
    approved: Mapping[str, Snapshot]
    """Other commits that were approved, by full name, as far as they could be read."""
    over_budget: bool | None = None
    spec_edited: bool = False
    templates_edited: bool = False


class Governed(NamedTuple):
    """What follows."""

    findings: tuple[Finding, ...]
    """With waivers and deferrals on them."""
    decisions: tuple[Decision, ...]
    approvals: tuple[Approval, ...]
    replies: tuple[Reply, ...]
    notes: tuple[str, ...]
    authority: Authority


def govern(found: tuple[Finding, ...], loaded: LoadedSpec, environment: str, checks: tuple[Check, ...], said: Said) -> Governed:
    """Apply decisions, then waivers, then ask for approvals.

    Args:
        found: findings of the assessed commit, ``fixed`` ones of its base among them.
        loaded: the spec that judges.
        environment: the target's name.
        checks: what ``/gate explain`` can speak of.
        said: the record, and what it is about.
    """
    record = said.record or Record(None)
    authority = Authority(loaded.spec, record)
    hearing = hear(record) if said.record is not None else Hearing((), ())
    standing = tuple(finding for finding in found if finding.state != "fixed")
    questions = (*asked(loaded, environment, standing), *propose(standing, loaded))
    decided = decide(questions, hearing, authority)
    followed, unable = defer(follow(found, decided.decisions), decided.deferrals, loaded.spec)
    by_spec = waive(followed, loaded, environment, said.today)
    by_people = waive_by_command(by_spec.findings, loaded, hearing, authority, said.today)
    present = tuple(finding for finding in by_people.findings if finding.state != "fixed")
    now = Now(said.commit, environment, said.snapshot, said.approved, present, said.over_budget, said.spec_edited, said.templates_edited)
    approvals = Approvals(loaded.spec, said.record, hearing, now)
    about = {check.code: f"{check.why} {check.clear}" for check in checks}
    answers = (
        *hearing.answers,
        *answer_questions(hearing.heard, about),
        *decided.answers,
        *by_people.answers,
        *approvals.answers(),
    )
    return Governed(
        findings=accept(by_people.findings, approvals.all(), said.today),
        decisions=decided.decisions,
        approvals=approvals.all(),
        replies=replies(answers),
        notes=(*decided.notes, *unable, *by_spec.notes, *by_people.notes),
        authority=authority,
    )
