"""Every check has a failing and a passing example; both go through the whole pipeline, as a user's repository would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bbws_gate.assess import assess
from bbws_gate.checks.catalogue import all_checks
from bbws_gate.checks.example import SPEC, Example, Files, example_of, read_example
from bbws_gate.cost import estimate
from bbws_gate.evidence.collect import collect
from bbws_gate.evidence.gate_changes import gate_changes
from bbws_gate.model import Assessment, Result
from bbws_gate.repository import MemoryRepository, Tags
from bbws_gate.spec import load_spec

CODES = [check.code for check in all_checks()]


def assessed(example: Example, own: Files) -> Assessment:
    files = {**example.shared, **own}
    texts = {path: text for path, text in files.items() if text is not None and path not in (example.plan, example.tags)}
    links = [path for path, text in files.items() if text is None]
    listed = [line.split() for line in (files[example.tags] or "").splitlines()] if example.tags else []
    tags = Tags({name.removeprefix("refs/tags/"): commit for commit, name in listed}, complete=True) if example.tags else None
    repository = MemoryRepository({**texts, SPEC: example.spec}, links=links, tags=tags)
    plan = (files[example.plan] or "").encode() if example.plan else None
    evidence = collect(repository, load_spec(example.spec.encode(), SPEC), "sit", plan=plan, commit="a" * 40)
    base = MemoryRepository({path: text for path, text in example.base.items() if text is not None})
    evidence = replace(evidence, cost=estimate(evidence, today=date(2026, 1, 7)), gate_changes=gate_changes(repository, base))
    return assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")


def example(code: str) -> Example:
    found = example_of(code)
    assert found is not None, f"{code} has no example: write bbws_gate/checks/examples/{code}.yaml"
    return found


@pytest.mark.parametrize("code", CODES)
def test_failing_example__gives_that_one_finding_at_that_line(code: str) -> None:
    it = example(code)
    found = assessed(it, it.fails)
    findings = {finding.id: [str(each.place) for each in finding.evidence] for finding in found.findings if finding.code == code}
    doubts = [line for line in found.checklist if line.code == code and line.result is Result.UNVERIFIED]
    if it.is_doubt:
        assert (list(findings), [[str(each.place) for each in line.evidence] for line in doubts]) == ([], [[it.place]])
    else:
        assert (list(findings), doubts) == ([it.id], [])
        assert it.place in findings[it.id]


@pytest.mark.parametrize("code", CODES)
def test_passing_example__gives_no_finding_and_no_doubt_of_that_code(code: str) -> None:
    it = example(code)
    found = assessed(it, it.passes)
    assert [finding.id for finding in found.findings if code in (finding.code, *(name.split("/")[0] for name in finding.folded))] == []
    assert [line.item for line in found.checklist if line.code == code and line.result is not Result.PASS] == []
    assert found.error == ""


@pytest.mark.parametrize("code", CODES)
def test_example__is_short_enough_to_read(code: str) -> None:
    it = example(code)
    for files in (it.fails, it.passes):
        lines = [line for text in (it.excerpt, *{**it.shared, **files}.values()) for line in (text or "").splitlines()]
        assert len(lines) <= 40
        assert all(len(line) <= 120 for line in lines) or code == "HCL006"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"- fails\n", "not an example"),
        (b"fails: {a: b}\n", "not an example"),
        (b"fails: {a: b}\npasses: {a: c}\nfixes: {a: d}\n", "not an example"),
        (b"fails: {a: b}\npasses: {a: c}\n", "must name one finding"),
        (b"fails: {a: b}\npasses: {a: c}\nfinds: {TBL002/x: 'a:1'}\n", "must name one finding"),
        (b"fails: x\npasses: {a: c}\nfinds: {TBL001/x: 'a:1'}\n", "no mapping"),
    ],
)
def test_read_example__refuses_what_is_none(text: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_example("TBL001", text)
