"""JSON, SARIF and annotations: what machines rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bbws_gate.model import Assessment, Evidence, Place
from bbws_gate.render.annotations import annotate
from bbws_gate.render.json import to_json
from bbws_gate.render.sarif import to_sarif
from tests.render.sample import ALL, BLOCKED, FINDINGS, READY, SPEC, hostile


def of(text: str) -> dict[str, Any]:
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def run(text: str) -> dict[str, Any]:
    (only,) = of(text)["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("assessment", [*ALL.values(), hostile('\ud800 "\\ \x00 \u2028')], ids=[*ALL, "hostile"])
def test_json__is_what_the_standard_library_writes(assessment: Assessment) -> None:
    text = to_json(assessment)
    assert text == json.dumps(json.loads(text), indent=2) + "\n"


def test_json__keys_are_the_contract() -> None:
    found = of(to_json(BLOCKED))
    assert list(found) == [
        "tool", "project", "environment", "commit", "assessed_at", "status", "score", "counts", "findings", "checklist", "action_items",
        "decisions", "approvals", "dependencies", "cost", "schedule", "score_breakdown", "notes", "error", "spec",
        "replies", "content_digest", "risks", "rollback", "dossier", "issues", "proposal", "history",
    ]  # fmt: skip
    assert list(found["findings"][0]) == [
        "id", "code", "severity", "blocking", "state", "subject", "title", "expected", "actual", "impact", "action", "evidence", "waiver",
        "deferred_by",
    ]  # fmt: skip
    assert list(found["findings"][0]["evidence"][0]) == ["path", "line", "end_line", "value", "provenance"]
    assert list(found["checklist"][0]) == ["category", "item", "result", "reason", "evidence", "finding"]
    assert found["counts"] == {"critical": 4, "high": 1, "medium": 1, "low": 1, "waived": 1, "unverified": 1}


def test_json__a_file_as_a_whole_has_no_line() -> None:
    evidence = of(to_json(BLOCKED))["findings"][0]["evidence"]
    assert [(each["line"], each["end_line"]) for each in evidence] == [(68, 68), (None, None)]


def test_json__says_nothing_it_does_not_know() -> None:
    assert of(to_json(READY))["cost"] == {}


@pytest.mark.parametrize("name", ALL)
def test_json__is_ascii(name: str) -> None:
    assert to_json(ALL[name]).isascii()


def test_json__lone_surrogates_are_replaced() -> None:
    text = to_json(hostile("a\ud800é🙂\\ud800"))
    assert of(text)["project"] == "a\ufffdé🙂\\ud800"


def test_sarif__a_rule_for_each_code_and_a_result_for_each_finding() -> None:
    found = run(to_sarif(BLOCKED))
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert rules == sorted({finding.code for finding in FINDINGS})
    assert [rules[result["ruleIndex"]] for result in found["results"]] == [finding.code for finding in FINDINGS]
    assert [result["fingerprints"]["bbwsGateFinding/v1"] for result in found["results"]] == [finding.id for finding in FINDINGS]


def test_sarif__levels_states_and_waivers() -> None:
    results = run(to_sarif(BLOCKED))["results"]
    assert [result["level"] for result in results] == ["error"] * 5 + ["warning", "note", "warning", "warning"]
    assert [result["baselineState"] for result in results] == ["unchanged"] * 2 + ["new"] + ["unchanged"] * 5 + ["absent"]
    assert [bool(result.get("suppressions")) for result in results] == [False] * 7 + [True, False]


def test_sarif__places() -> None:
    first = run(to_sarif(BLOCKED))["results"][0]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": SPEC, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 68, "endLine": 68},
    }
    assert first["relatedLocations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "terraform/dynamodb", "uriBaseId": "%SRCROOT%"}}


def test_sarif__a_finding_without_evidence_points_at_the_spec() -> None:
    found = run(to_sarif(replace(BLOCKED, findings=(replace(FINDINGS[0], evidence=()),))))
    assert found["results"][0]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": SPEC, "uriBaseId": "%SRCROOT%"}}}]


def test_sarif__brackets_make_no_links_and_paths_are_addresses() -> None:
    found = run(to_sarif(hostile("[x](http://evil) ö\ud800")))
    assert "\\[x\\](http://evil)" in found["results"][0]["message"]["text"]
    assert found["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%5Bx%5D%28http%3A//evil%29%20%C3%B6%3F"


def test_sarif__an_assessment_that_failed_says_so() -> None:
    (invocation,) = run(to_sarif(ALL["error"]))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == ALL["error"].error


def test_annotations__one_for_each_open_finding_with_a_line() -> None:
    found = annotate(BLOCKED)
    assert [(each.path, each.start_line, each.end_line, each.level) for each in found] == [
        (SPEC, 68, 68, "failure"),
        ("terraform/dynamodb/main.tf", 123, 123, "failure"),
        ("docs/promotion_plan.md", 47, 47, "failure"),
        (".github/workflows/deploy-sit.yml", 89, 89, "failure"),
        (".github/workflows/deploy-sit.yml", 55, 89, "failure"),
        ("terraform/dynamodb/main.tf", 44, 44, "warning"),
        ("README.md", 5, 5, "notice"),
    ]
    assert found[1].message == (
        "Expected: campaigns-sit\nActual: campaigns\n"
        'To do: Set name = "campaigns-${var.environment}", or decide that no table carries it.\nNAM001/table/campaigns'
    )


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../b", "x" * 256, "a\nb", "a\u202eb", "🙂.tf"])
def test_annotations__paths_that_github_would_refuse_are_left_out(path: str) -> None:
    finding = replace(FINDINGS[0], evidence=(Evidence(Place(path, 1, 1), ""),))
    assert annotate(replace(BLOCKED, findings=(finding,))) == ()
