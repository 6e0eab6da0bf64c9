"""The open findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning and editors.

A finding's id is its fingerprint; code scanning follows alerts by ``primaryLocationLineHash`` alone, so that is made of the id. It wants
one location at least for every result; a finding without any points at the spec that asks for what is missing
(https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning). What it would not
show is left out, worst findings first, and the log says so
(https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit).
"""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from bbws_gate.checks.base import Check
from bbws_gate.checks.catalogue import all_checks
from bbws_gate.model import Assessment, Evidence, Finding, Place, Severity
from bbws_gate.render.escape import visible
from bbws_gate.render.json import encode

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "bbwsGateFinding/v1"
LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
_PROBLEMS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "recommendation"}
MAX_RESULTS = 5_000
"""Code scanning takes 25,000 results of a run and shows the worst 5,000."""
MAX_LOCATIONS = 100
"""Code scanning shows 100 locations of a result."""
_BASELINE = {"new": "new", "open": "unchanged", "fixed": "absent"}

Json = dict[str, Any]


def to_sarif(assessment: Assessment) -> str:
    """One SARIF log with one run: every finding is a result, a waiver suppresses it, ``fixed`` ones are absent from the baseline."""
    findings = assessment.findings[:MAX_RESULTS]
    codes = sorted({finding.code for finding in findings})
    run: Json = {
        "tool": {"driver": _driver(assessment, codes)},
        "automationDetails": {"id": f"bbws-gate/{_uri(assessment.project)}/{_uri(assessment.environment)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(assessment)],
        "results": [_result(finding, codes.index(finding.code), assessment.spec_path) for finding in findings],
        "properties": {"status": assessment.status.value, "score": assessment.score.value, "commit": assessment.commit},
    }
    return encode({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(assessment: Assessment) -> Json:
    invocation: Json = {"executionSuccessful": not assessment.error}
    if assessment.assessed_at:
        invocation["endTimeUtc"] = assessment.assessed_at
    notices = [_notice("error", assessment.error)] if assessment.error else []
    every = len(assessment.findings)
    if every > MAX_RESULTS:
        notices.append(_notice("warning", f"{every - MAX_RESULTS} of {every} findings are left out: code scanning shows {MAX_RESULTS}"))
    if notices:
        invocation["toolExecutionNotifications"] = notices
    return invocation


def _notice(level: str, text: str) -> Json:
    return {"level": level, "message": {"text": visible(text)}}


def _driver(assessment: Assessment, codes: list[str]) -> Json:
    first = {finding.code: finding for finding in reversed(assessment.findings)}
    known = {entry.code: entry for entry in all_checks()}
    return {
        "name": "bbws-gate",
        "semanticVersion": assessment.version,
        "rules": [_rule(first[code], known.get(code)) for code in codes],
    }


def _rule(finding: Finding, entry: Check | None) -> Json:
    """What code scanning shows beside an alert; ``entry`` is None for a code that no check of this version has."""
    short = f"{visible(finding.category)}: {entry.name.replace('-', ' ') if entry else finding.code}"
    why, clear = (entry.why, entry.clear) if entry else (visible(finding.impact), visible(finding.action))
    return {
        "id": finding.code,
        "name": entry.name if entry else finding.code,
        "shortDescription": {"text": short},
        "fullDescription": {"text": entry.sees.replace("``", "") if entry else short},
        "help": {
            "text": f"{why} {clear} See: bbws-gate explain {finding.code}",
            "markdown": f"{why}\n\n**How to clear it.** {clear}\n\nMore, with examples: `bbws-gate explain {finding.code}`",
        },
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"tags": [visible(finding.category)], "problem.severity": _PROBLEMS[finding.severity]},
    }


def _result(finding: Finding, rule: int, spec_path: str) -> Json:
    evidence = finding.evidence or (Evidence(Place(spec_path, 0, 0), ""),)
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(evidence[0])],
        "fingerprints": {FINGERPRINT: visible(finding.id)},
        "partialFingerprints": {"primaryLocationLineHash": f"{_hash(finding.id)}:1"},
        "properties": {"severity": finding.severity.value, "blocking": finding.blocking, "subject": visible(finding.subject)},
    }
    if len(evidence) > 1:
        result["relatedLocations"] = [{"id": number, **_location(fact)} for number, fact in enumerate(evidence[1:MAX_LOCATIONS], 1)]
    if finding.state is not None:
        result["baselineState"] = _BASELINE[finding.state]
    if finding.waiver is not None:
        waiver = finding.waiver
        reason = f"{waiver.reason} (accepted by {waiver.by} until {waiver.until})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": visible(reason)}]
    return result


def _message(finding: Finding) -> str:
    parts = [finding.title]
    if finding.expected or finding.actual:
        parts.append(f"Expected: {finding.expected or 'nothing'}. Actual: {finding.actual or 'nothing'}.")
    parts.append(finding.action)
    # Brackets make links in SARIF messages (section 3.11.6); a backslash takes that away.
    return " ".join(visible(part).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") for part in parts if part)


def _location(fact: Evidence) -> Json:
    physical: Json = {"artifactLocation": {"uri": _uri(fact.place.path), "uriBaseId": "%SRCROOT%"}}
    if fact.place.line:
        physical["region"] = {"startLine": fact.place.line, "endLine": max(fact.place.end_line, fact.place.line)}
    location: Json = {"physicalLocation": physical}
    if fact.value:
        location["message"] = {"text": visible(fact.value)}
    return location


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "replace"), safe="/-._~")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
