"""What a check says about a small repository, in one line for each subject."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bbws_gate.checks.catalogue import all_checks
from bbws_gate.cost import estimate
from bbws_gate.evidence.collect import collect
from bbws_gate.evidence.gate_changes import gate_changes
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Outcome, Result
from bbws_gate.repository import MemoryRepository, Tags
from bbws_gate.spec import load_spec

CHECKS = {check.code: check for check in all_checks()}
SPEC = ".github/promotion.yml"


@dataclass(frozen=True)
class Case:
    """A repository of one spec, one Terraform file and others, and what one check must say about it."""

    code: str
    name: str
    wants: Mapping[str, str]
    """Result by subject: ``pass``, ``fail``, ``unverified``; empty where the check has nothing to say."""
    terraform: str = ""
    expect: str = "tags: [Owner]"
    environment: str = "account: '444455556666'"
    dev: str = "account: '111122223333', region: eu-west-1"
    spec: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
    """Files of the pull request's base, for checks that compare."""
    tracked: tuple[str, ...] | None = None
    commit: str = ""
    tags: Tags | None = None
    says: str = ""
    """Text that the findings' titles or the reasons must contain."""
    at: str = ""
    """``path:line`` that the evidence must contain."""

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def project(case: Case) -> ProjectEvidence:
    """The evidence of a case's repository."""
    spec = "\n".join(
        (
            "version: 1",
            "project: shop",
            "terraform: {root: infra}",
            "environments:",
            f"  dev: {{{case.dev}}}",
            "  sit:",
            textwrap.indent(textwrap.dedent(case.environment).strip(), "    "),
            "expect:",
            textwrap.indent(textwrap.dedent(case.expect).strip(), "  "),
            textwrap.dedent(case.spec).strip(),
            "",
        )
    )
    files = {path: textwrap.dedent(text).lstrip("\n") for path, text in case.files.items()}
    files |= {"infra/main.tf": textwrap.dedent(case.terraform).lstrip("\n"), SPEC: spec}
    repository = MemoryRepository(files, tracked=case.tracked, tags=case.tags)
    evidence = collect(repository, load_spec(spec.encode(), SPEC), "sit", commit=case.commit)
    changes = gate_changes(repository, MemoryRepository({path: textwrap.dedent(text).lstrip("\n") for path, text in case.base.items()}))
    return replace(evidence, cost=estimate(evidence, today=date(2026, 1, 7)), gate_changes=changes)


def outcomes(case: Case) -> tuple[Outcome, ...]:
    """What the case's check says."""
    return tuple(CHECKS[case.code].run(project(case)))


def judge(case: Case) -> None:
    """Assert that the check says what the case wants, and that every outcome is one that people can use."""
    evidence = project(case)
    found = tuple(CHECKS[case.code].run(evidence))
    assert {outcome.subject: outcome.result.value for outcome in found} == dict(case.wants)
    texts = " ".join(f"{outcome.title} {outcome.reason}" for outcome in found)
    assert case.says in texts
    places = [str(each.place) for outcome in found for each in outcome.evidence]
    assert not case.at or case.at in places, places
    for outcome in found:
        _check_shape(outcome, evidence)


def _check_shape(outcome: Outcome, evidence: ProjectEvidence) -> None:
    assert outcome.item
    said = [outcome.subject, outcome.item, outcome.title, outcome.reason, outcome.expected, outcome.actual]
    assert not any("Value(" in text for text in (*said, *(each.value for each in outcome.evidence)))
    if outcome.result is Result.FAIL:
        assert outcome.title
        assert outcome.expected
        assert outcome.actual
        assert outcome.evidence
    if outcome.result is Result.UNVERIFIED:
        assert outcome.reason
    folders = {path.rpartition("/")[0] for path in evidence.files}
    for each in outcome.evidence:
        known = each.place.path in evidence.files or any(folder.startswith(each.place.path) for folder in folders) or each.place.path == "."
        assert known, each.place
        assert "\n" not in each.value
