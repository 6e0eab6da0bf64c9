"""What a change does to the rules that judge it, in words and as JSON."""

from __future__ import annotations

from typing import Any

from bbws_gate.model import Assessment
from bbws_gate.model.proposal import Proposal, Retrial
from bbws_gate.render.view import listed, plural

Json = dict[str, Any]


def proposal_line(assessment: Assessment) -> str:
    """``the promotion spec (BLOCKED with it) and 2 templates (1 page differs)``; empty where the change edits neither."""
    proposal = assessment.proposal
    if proposal is None:
        return ""
    parts = [f"the promotion spec{_outcome(proposal)}"] if proposal.edits_spec else []
    if proposal.templates:
        parts.append(f"{plural(len(proposal.templates), 'template')} ({_pages(proposal)})")
    return listed(parts)


def _outcome(proposal: Proposal) -> str:
    if proposal.spec_problem:
        return " (no verdict with it)"
    return f" ({proposal.retrial.status.replace('_', ' ')} with it)" if proposal.retrial is not None else ""


def _pages(proposal: Proposal) -> str:
    broken = sum(1 for page in proposal.pages if page.problem)
    differing = len(proposal.pages) - broken
    parts = [f"{plural(differing, 'page')} {'differs' if differing == 1 else 'differ'}"] if differing or not broken else []
    return listed([*parts, *([f"{plural(broken, 'page')} cannot be made"] if broken else [])])


def proposal_object(proposal: Proposal | None) -> Json | None:
    """For machines; None where the change leaves its rules alone."""
    if proposal is None:
        return None
    return {
        "changes": [change._asdict() for change in proposal.changes],
        "owners": list(proposal.owners),
        "under_changed_spec": None if proposal.retrial is None else _retrial(proposal.retrial),
        "spec_problem": proposal.spec_problem or None,
        "pages": [{**page._asdict(), "sections": list(page.sections), "problem": page.problem or None} for page in proposal.pages],
        "template_problems": list(proposal.template_problems),
    }


def _retrial(found: Retrial) -> Json:
    return {
        "status": found.status,
        "score": found.score,
        "checklist_lines": {"before": found.lines[0], "after": found.lines[1]},
        "dropped_lines": list(found.dropped),
        "findings": [mark._asdict() for mark in found.marks],
        "keys": list(found.keys),
        "approvals": {"before": found.approvals[0], "after": found.approvals[1]},
    }
