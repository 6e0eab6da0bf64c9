"""What a change does to the rules that judge it, in words and as JSON."""

from __future__ import annotations

from typing import Any

from bbws_gate.model import Assessment
from bbws_gate.model.proposal import Proposal, Retrial
from bbws_gate.render.view import listed, plural

Json = dict[str, Any]


def proposal_line(assessment: Assessment) -> str:
    """``the promotion spec and 2 templates``; empty where the change edits neither."""
    proposal = assessment.proposal
    if proposal is None:
        return ""
    parts = ["the promotion spec"] if proposal.edits_spec else []
    return listed([*parts, *([plural(len(proposal.templates), "template")] if proposal.templates else [])])


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
