"""The assessment as JSON: what ``bbws-gate check --format json`` prints and machines rely on.

Keys come in a fixed order and lists in the assessment's own, so that the same commit gives the same bytes (``assessed_at`` aside).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any

from bbws_gate.deferred import regex
from bbws_gate.model import (
    ActionItem,
    Approval,
    Assessment,
    ChecklistItem,
    Decision,
    Dependent,
    Dossier,
    Evidence,
    Finding,
    Past,
    Place,
    Score,
    Severity,
    Step,
)
from bbws_gate.render.cost import cost_object
from bbws_gate.render.proposal import proposal_object
from bbws_gate.render.schedule import to_json as schedule_json

Json = dict[str, Any]


def to_json(assessment: Assessment) -> str:
    """The whole assessment as one indented JSON object, ASCII only, ending in a newline."""
    return encode(_assessment(assessment))


def encode(value: Json) -> str:
    """Indented JSON, ASCII only, ending in a newline; a lone surrogate, which no UTF-8 text can hold, becomes U+FFFD.

    What ``json.dumps(value, indent=2)`` writes, in a third of the time: the standard library's encoder in C cannot indent.
    """
    text = _encoded(value, "\n") + "\n"
    return text.replace("##[", "#\\u0023[")  # only strings have it, and it commands the runner in whose log this is printed


class _Text(str):
    """JSON already, indented for where it will stand."""


def _encoded(value: object, line: str) -> str:
    """``line`` starts a new line with the indentation of the value around."""
    if type(value) is _Text:
        return value
    if isinstance(value, str):
        return _quoted(value)
    if type(value) is int:
        return str(value)
    if value is None:
        return "null"
    inner = f"{line}  "
    if isinstance(value, dict):
        items = [f"{_often(key)}: {_encoded(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(items)}{line}}}" if items else "{}"
    if isinstance(value, list):
        items = [_encoded(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(items)}{line}]" if items else "[]"
    return json.dumps(value)


def _quoted(text: str) -> str:
    return encode_basestring_ascii(text if text.isascii() else _SURROGATE.sub("\ufffd", text))


_often = lru_cache(maxsize=1 << 12)(_quoted)


_SURROGATE = regex("[\ud800-\udfff]")


def _assessment(assessment: Assessment) -> Json:
    return {
        "tool": {"name": "bbws-gate", "version": assessment.version},
        "project": assessment.project,
        "environment": assessment.environment,
        "commit": assessment.commit,
        "assessed_at": assessment.assessed_at,
        "status": assessment.status.value,
        "score": assessment.score.value,
        "counts": {severity.value: assessment.count(severity) for severity in Severity}
        | {"waived": assessment.waived, "unverified": assessment.unverified},
        "findings": [_finding(finding) for finding in assessment.findings],
        "checklist": _list(map(_line, assessment.checklist), "\n    "),
        "action_items": [_action_item(item) for item in assessment.action_items],
        "decisions": [_decision(decision) for decision in assessment.decisions],
        "approvals": [_approval(approval) for approval in assessment.approvals],
        "dependencies": {
            "wave": assessment.wave,
            "upstream": [_dependent(project) for project in assessment.upstream],
            "downstream": [_dependent(project) for project in assessment.downstream],
        },
        "cost": cost_object(assessment),
        "schedule": schedule_json(assessment.schedule, assessment.target_date),
        "score_breakdown": _score(assessment.score),
        "notes": list(assessment.notes),
        "error": assessment.error or None,
        "spec": {"path": assessment.spec_path, "digest": assessment.spec_digest},
        "replies": [
            {"comment": each.remark, "accepted": each.accepted, "text": each.text, "link": each.link or None} for each in assessment.replies
        ],
        "content_digest": assessment.content_digest or None,
        "risks": [risk._asdict() for risk in assessment.risks],
        "rollback": _rollback(assessment),
        "dossier": _dossier(assessment.dossier),
        "issues": dict(sorted(assessment.issues.items())),
        "proposal": proposal_object(assessment.proposal),
        "history": [_past(past) for past in assessment.history],
    }


def _rollback(assessment: Assessment) -> Json | None:
    told = assessment.rollback
    return None if told is None else {**told._asdict(), "steps": list(told.steps), "triggers": list(told.triggers)}


def _dossier(dossier: Dossier | None) -> Json | None:
    if dossier is None:
        return None
    return {
        "resources": [
            {"address": each.address, "type": each.type, "name": each.name or None, "details": list(each.details), **_place(each.place)}
            | {"counted": each.counted}
            for each in dossier.resources
        ],
        "environments": [
            {"environment": each.environment, "counts": dict(each.counts), "at_least": each.at_least} for each in dossier.environments
        ],
        "sources": [{"kind": each.kind, "paths": list(each.paths)} for each in dossier.sources],
        "deployment": [
            {"job": each.job, "after": list(each.after), "approval": each.approval or None, "commands": list(each.commands)}
            | _place(each.place)
            for each in dossier.deployment
        ],
    }


def _past(past: Past) -> Json:
    return {
        "assessed_at": past.assessed_at,
        "commit": past.commit,
        "status": past.status,
        "score": past.score,
        "counts": dict(past.counts),
        "open": list(past.open),
    }


def _finding(finding: Finding) -> Json:
    waiver = finding.waiver
    return {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity.value,
        "blocking": finding.blocking,
        "state": finding.state,
        "subject": finding.subject,
        "title": finding.title,
        "expected": finding.expected,
        "actual": finding.actual,
        "impact": finding.impact,
        "action": finding.action,
        "evidence": _list(map(_evidence, finding.evidence), "\n        "),
        "waiver": None
        if waiver is None
        else {"reason": waiver.reason, "by": waiver.by, "until": waiver.until, "link": waiver.link or None},
        "deferred_by": finding.deferred or None,
    }


def _place(place: Place) -> Json:
    return {"path": place.path, "line": place.line or None}


# The lines of the checklist with their evidence are nearly all of the text: these are written straight away.
_LINE = """{{
      "category": {},
      "item": {},
      "result": {},
      "reason": {},
      "evidence": {},
      "finding": {}
    }}""".format
_EVIDENCE = """{{
          "path": {},
          "line": {},
          "end_line": {},
          "value": {},
          "provenance": {}
        }}""".format
_STEP = """{{
              "what": {},
              "path": {},
              "line": {}
            }}""".format


def _line(line: ChecklistItem) -> str:
    return _LINE(
        _often(line.category),
        _quoted(line.item),
        _often(line.result.value),
        _often(line.reason),
        _list(map(_evidence, line.evidence), "\n        "),
        _quoted(line.finding) if line.finding else "null",
    )


def _evidence(fact: Evidence) -> str:
    (path, line, end_line), value, provenance = fact
    return _EVIDENCE(_often(path), line or "null", end_line or "null", _quoted(value), _provenance(provenance) if provenance else "[]")


@lru_cache(maxsize=1 << 14)
def _provenance(steps: tuple[Step, ...]) -> str:
    return _list((_STEP(_quoted(what), _often(place.path), place.line or "null") for what, place in steps), "\n            ")


def _list(items: Iterable[str], line: str) -> _Text:
    """``line`` starts a new line with the indentation of an item."""
    joined = f",{line}".join(items)
    return _Text(f"[{line}{joined}{line[:-2]}]" if joined else "[]")


def _action_item(item: ActionItem) -> Json:
    return {
        "id": item.id,
        "title": item.title,
        "severity": item.severity.value,
        "owner": item.owner,
        "estimate": item.estimate,
        "phase": item.phase,
        "tasks": list(item.tasks),
        "findings": list(item.findings),
        "manual": item.manual,
        "done_by": item.done_by,
        "note": item.note or None,
        "after": list(item.after),
    }


def _decision(decision: Decision) -> Json:
    return {
        "id": decision.id,
        "question": decision.question,
        "options": {option.key: option.text for option in decision.options},
        "owners": list(decision.owners),
        "chosen": decision.chosen,
        "chosen_by": decision.chosen_by,
        "reason": decision.reason or None,
        "link": decision.link or None,
        "proposed": decision.proposed,
        "recommended": decision.recommended,
        "due": decision.due,
        "urgency": decision.urgency or None,
        "impact": decision.impact or None,
        "findings": list(decision.findings),
        "details": [
            {"option": each.key, "pros": list(each.pros), "cons": list(each.cons), "defers": list(each.defers)}
            | {"estimate": each.estimate or None, "monthly": each.monthly or None}
            for each in decision.options
        ],
        **_place(decision.place),
    }


def _approval(approval: Approval) -> Json:
    return {
        "role": approval.role,
        "scope": approval.scope,
        "when": approval.when,
        "required": approval.required,
        "given_by": approval.given_by,
        "count": approval.count,
        "given": list(approval.given),
        "dropped": approval.dropped or None,
    }


def _dependent(project: Dependent) -> Json:
    return {
        "project": project.project,
        "repository": project.repository,
        "requires": list(project.requires),
        "environment": project.environment,
        "blocked_by": list(project.blocked_by),
        "blocked": bool(project.blocked_by),
        "deferred_by": list(project.deferred_by),
    }


def _score(score: Score) -> Json:
    return {
        "value": score.value,
        "uncapped": score.uncapped,
        "cap": score.cap,
        "verified": score.verified,
        "total": score.total,
        "categories": [
            {
                "category": part.category,
                "passed": part.passed,
                "failed": part.failed,
                "unverified": part.unverified,
                "points": part.points,
                "possible": part.possible,
            }
            for part in score.categories
        ],
    }
