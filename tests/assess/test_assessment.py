"""The verdict, from small checks of the test's own: what follows from outcomes is what is tested here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bbws_gate.assess import assess, failed
from bbws_gate.checks.base import Check, Work
from bbws_gate.checks.outcomes import failed as fails
from bbws_gate.checks.outcomes import passed, unverified
from bbws_gate.errors import SourceError, SpecError
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Assessment, Evidence, Outcome, Place, Result, Severity, Status
from tests.checks.case import SPEC, Case, project

WORK = Work("mend", "Mend it", "dba", "2h", "build")
HERE = Evidence(Place("README.md", 1, 1), "here")
ASKED = Evidence(Place(SPEC, 8, 8), "asked for")
LOCK = {"infra/.terraform.lock.hcl": ""}
ROLES = "roles: {dba: {users: [octocat]}, tech-lead: {users: [octocat]}}\n"


def check(code: str, *found: Outcome, severity: Severity = Severity.HIGH, category: str = "Tables") -> Check:
    def run(_: ProjectEvidence) -> Iterator[Outcome]:
        yield from found

    return Check(code, code.lower(), severity, category, WORK, "sees", "why", "clear", run)


def fail(subject: str, *because_of: str) -> Outcome:
    return fails(subject, f"{subject} is right", HERE, ASKED, title=f"{subject} is wrong", expected="a", actual="b", because_of=because_of)


def good(subject: str) -> Outcome:
    return passed(subject, f"{subject} is right", HERE, ASKED)


def doubtful(subject: str) -> Outcome:
    return unverified(subject, f"{subject} is right", "nobody knows", HERE, ASKED)


def run(
    *checks: Check, spec: str = "", base: Callable[[], ProjectEvidence] | None = None, environment: str = "region: eu-west-1"
) -> Assessment:
    evidence = project(Case("", "", {}, spec=spec, environment=environment))
    return assess(evidence, commit="c" * 40, assessed_at="2026-01-07T08:00:00Z", base=base() if base else None, checks=checks)


def test_status__all_passed_is_ready() -> None:
    found = run(check("AAA001", good("x")))
    assert found.status is Status.READY
    assert (found.score.value, found.score.cap, found.score.verified, found.score.total) == (100, None, 1, 1)


@pytest.mark.parametrize(
    ("severity", "spec", "status"),
    [
        (Severity.CRITICAL, "", Status.BLOCKED),
        (Severity.HIGH, "", Status.BLOCKED),
        (Severity.MEDIUM, "", Status.READY_WITH_WARNINGS),
        (Severity.LOW, "", Status.READY_WITH_WARNINGS),
        (Severity.LOW, "blocking: {from: low}", Status.BLOCKED),
        (Severity.HIGH, "blocking: {from: critical}", Status.READY_WITH_WARNINGS),
        (Severity.LOW, "blocking: {always: [AAA001]}", Status.BLOCKED),
        (Severity.LOW, "severity: {AAA001: critical}", Status.BLOCKED),
        (Severity.CRITICAL, "severity: {AAA001: low}", Status.READY_WITH_WARNINGS),
    ],
)
def test_status__findings_block_from_the_spec_s_severity_on(severity: Severity, spec: str, status: Status) -> None:
    assert run(check("AAA001", fail("x"), severity=severity), spec=spec).status is status


def test_status__what_is_unverified_is_never_ready() -> None:
    found = run(check("AAA001", good("x"), doubtful("y")))
    assert found.status is Status.READY_WITH_WARNINGS
    assert found.unverified == 1
    assert not found.findings


@pytest.mark.parametrize(
    ("spec", "status"),
    [
        ("unverified: {blocking: true}", Status.BLOCKED),
        ("unverified: {blocking: [tables]}", Status.BLOCKED),
        ("unverified: {blocking: [Tags]}", Status.READY_WITH_WARNINGS),
    ],
)
def test_status__a_spec_can_forbid_what_is_unverified(spec: str, status: Status) -> None:
    found = run(check("AAA001", doubtful("y")), spec=spec)
    assert found.status is status
    assert any("y is right" in note for note in found.notes) is (status is Status.BLOCKED)


@pytest.mark.parametrize(
    "spec",
    [
        "decisions: [{id: d, question: q, options: {A: a, B: b}, owners: [dba]}]\n" + ROLES,
        "approvals: [{role: dba}]\n" + ROLES,
        "actions: [{id: a, title: t, owner: dba}]\n" + ROLES,
    ],
)
def test_status__people_missing_is_pending(spec: str) -> None:
    assert run(check("AAA001", good("x")), spec=spec).status is Status.PENDING
    assert run(check("AAA001", fail("x")), spec=spec).status is Status.BLOCKED


def test_status__a_crash_in_one_check_is_an_error_and_hides_nothing() -> None:
    def crash(_: ProjectEvidence) -> Iterator[Outcome]:
        yield good("x")
        raise ZeroDivisionError("secret value")

    broken = Check("AAA001", "broken", Severity.LOW, "Tables", WORK, "", "", "", crash)
    found = run(broken, check("BBB001", fail("z")))
    assert found.status is Status.ERROR
    assert found.error == "AAA001 broken crashed: ZeroDivisionError"
    assert [line.result for line in found.checklist] == [Result.UNVERIFIED, Result.FAIL]
    assert [finding.id for finding in found.findings] == ["BBB001/z"]


def test_assess__no_line_at_all_is_a_spec_that_expects_nothing() -> None:
    with pytest.raises(SpecError, match="nothing that the spec expects can be looked at for sit"):
        run(check("AAA001"))


def test_assess__lines_that_the_spec_did_not_ask_for_are_no_gate() -> None:
    with pytest.raises(SpecError, match="would pass everything"):
        run(check("AAA001", passed("x", "x is right", HERE)))


def test_folding__one_root_cause_is_one_finding() -> None:
    found = run(
        check("AAA001", fail("table/a")), check("BBB001", fail("index/a/x", "table/a"), fail("index/a/y", "table/a"), fail("index/b/z"))
    )
    assert [finding.id for finding in found.findings] == ["AAA001/table/a", "BBB001/index/b/z"]
    assert found.findings[0].folded == ("BBB001/index/a/x", "BBB001/index/a/y")
    explained = [line.reason for line in found.checklist if line.item == "index/a/x is right"]
    assert explained == ["explained by AAA001/table/a"]


def test_folding__through_a_chain_and_round_a_circle() -> None:
    chain = run(check("AAA001", fail("a")), check("BBB001", fail("b", "a")), check("CCC001", fail("c", "b")))
    assert [finding.folded for finding in chain.findings] == [("BBB001/b", "CCC001/c")]
    circle = run(check("AAA001", fail("a", "b")), check("BBB001", fail("b", "a")))
    assert circle.findings


def test_folding__only_a_failure_explains() -> None:
    found = run(check("AAA001", doubtful("table/a")), check("BBB001", fail("index/a/x", "table/a")))
    assert [finding.id for finding in found.findings] == ["BBB001/index/a/x"]


def test_folding__instances_of_one_block_share_the_faults_of_its_lines() -> None:
    table = """
        resource "aws_dynamodb_table" "this" {
          for_each     = toset(["orders", "users"])
          name         = each.key
          billing_mode = "PROVISIONED"
        }
        """
    expect = "tables: {required: {orders: {}, users: {}}, defaults: {billing_mode: PAY_PER_REQUEST, point_in_time_recovery: true}}"
    evidence = project(Case("", "", {}, table, expect, files=LOCK))
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert [(finding.id, finding.folded) for finding in found.findings] == [
        ("TBL003/table/orders", ("TBL003/table/users",)),
        ("TBL004/table/orders", ("TBL004/table/users",)),
    ]
    assert found.findings[0].title.endswith("(and 1 more from the same line)")


@pytest.mark.parametrize(("values", "count"), [(("var.name", "var.name"), 1), (("var.name", '"logs-dev"'), 2)])
def test_folding__calls_that_hand_on_one_value_share_its_fault(values: tuple[str, str], count: int) -> None:
    calls = "".join(f'module "{name}" {{\n  source = "./m"\n  name = {value}\n}}\n' for name, value in zip("ab", values, strict=True))
    module = 'variable "name" {}\ndata "aws_vpc" "v" {\n  tags = { Name = var.name }\n}\n'
    text = 'variable "name" {\n  default = "logs-dev"\n}\n' + calls
    evidence = project(Case("", "", {}, text, files={"infra/m/main.tf": module}))
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert sum(finding.code == "LEK001" for finding in found.findings) == count


def test_folding__calls_of_one_module_have_their_own_faults() -> None:
    module = (
        'variable "name" {}\nvariable "mode" {}\nresource "aws_dynamodb_table" "this" {\n  name = var.name\n  billing_mode = var.mode\n}\n'
    )
    calls = "".join(
        f'module "{name}" {{\n  source = "./table"\n  name = "{name}"\n  mode = "PROVISIONED"\n}}\n' for name in ("orders", "users")
    )
    expect = "tables: {required: {orders: {}, users: {}}, defaults: {billing_mode: PAY_PER_REQUEST}}"
    evidence = project(Case("", "", {}, calls, expect, files={"infra/table/main.tf": module, **LOCK}))
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert [finding.id for finding in found.findings] == ["TBL003/table/orders", "TBL003/table/users"]


def test_folding__two_things_missing_in_one_block_are_two_findings() -> None:
    table = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n'
    evidence = project(Case("", "", {}, table, "tables: {required: {orders: {indexes: [ByDate, ByTotal]}}}", files=LOCK))
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert [finding.id for finding in found.findings] == ["IDX001/index/orders/ByDate", "IDX001/index/orders/ByTotal"]


def test_score__weights_add_up_and_are_capped_while_blocked() -> None:
    found = run(
        check("AAA001", good("a"), good("b"), severity=Severity.CRITICAL),
        check("BBB001", fail("c"), doubtful("d"), severity=Severity.HIGH, category="Tags"),
    )
    assert found.score.uncapped == 100 * 16 // 20
    assert (found.score.value, found.score.cap) == (49, 49)
    assert [(each.category, each.passed, each.failed, each.unverified, each.points, each.possible) for each in found.score.categories] == [
        ("Tables", 2, 0, 0, 16, 16),
        ("Tags", 0, 1, 1, 0, 4),
    ]


WAIVER = "waivers: [{{finding: '{}', reason: later, by: octocat, until: {}}}]"


@pytest.mark.parametrize(
    ("pattern", "until", "waived"),
    [
        ("AAA001/table/a", "2026-01-07", True),
        ("AAA001/*", "2026-02-01", True),
        ("AAA001/table/?", "2026-02-01", True),
        ("AAA001/table/[ab]", "2026-02-01", False),
        ("AAA001/table/a", "2026-01-06", False),
        ("AAA001/table", "2026-02-01", False),
    ],
)
def test_waivers__count_until_their_day(pattern: str, until: str, waived: bool) -> None:
    found = run(check("AAA001", fail("table/a")), spec=WAIVER.format(pattern, until))
    assert (found.findings[0].waiver is not None) is waived
    assert found.status is (Status.READY if waived else Status.BLOCKED)
    assert any("can go" in note or "no longer counts" in note for note in found.notes) is not waived, "a waiver without effect is said"
    assert (found.waived, len(found.action_items)) == ((1, 0) if waived else (0, 1))


def test_waivers__of_other_environments_do_not_count() -> None:
    spec = WAIVER.format("AAA001/*", "2026-02-01").replace("}]", ", environments: [dev]}]")
    assert run(check("AAA001", fail("x")), spec=spec).status is Status.BLOCKED


def test_base__findings_are_new_open_or_fixed() -> None:
    def look(evidence: ProjectEvidence) -> Iterator[Outcome]:
        yield from (fail(name) if name in "".join(evidence.files) else good(name) for name in ("aaa", "bbb", "ccc"))

    spying = Check("AAA001", "spy", Severity.HIGH, "Tables", WORK, "", "", "", look)
    head = project(Case("", "", {}, files={"bbb": "", "ccc": ""}))
    base = project(Case("", "", {}, files={"aaa": "", "bbb": ""}))
    found = assess(head, commit="", assessed_at="2026-01-07T08:00:00Z", base=base, checks=(spying,))
    assert [(finding.id, finding.state, finding.blocking) for finding in found.findings] == [
        ("AAA001/bbb", "open", True),
        ("AAA001/ccc", "new", True),
        ("AAA001/aaa", "fixed", False),
    ]
    assert [finding.id for finding in found.open_findings] == ["AAA001/bbb", "AAA001/ccc"]


def test_base__what_the_head_cannot_verify_is_not_fixed() -> None:
    def look(evidence: ProjectEvidence) -> Iterator[Outcome]:
        yield doubtful("x") if "head" in evidence.files else fail("x")

    spying = Check("AAA001", "spy", Severity.HIGH, "Tables", WORK, "", "", "", look)
    head, base = project(Case("", "", {}, files={"head": ""})), project(Case("", "", {}))
    assert assess(head, commit="", assessed_at="2026-01-07T08:00:00Z", base=base, checks=(spying,)).findings == ()


def test_action_items__one_for_each_piece_of_work_then_manual_ones() -> None:
    spec = "actions: [{id: review, title: Review, owner: tech-lead}, {id: x, title: X, owner: dba, environments: [dev]}]\n"
    found = run(check("AAA001", fail("x"), fail("y"), severity=Severity.MEDIUM), check("BBB001", fail("z")), spec=spec + ROLES)
    assert [(item.id, item.owner, item.severity.value, item.findings) for item in found.action_items] == [
        ("mend", "dba", "high", ("BBB001/z", "AAA001/x", "AAA001/y")),
        ("manual/review", "tech-lead", "high", ()),
    ]
    assert found.action_items[0].tasks == ("z is wrong: clear", "x is wrong: clear", "y is wrong: clear")


def test_action_items__a_role_that_the_spec_lacks_leaves_them_to_the_plan_s_owner() -> None:
    spec = "plan: {owner: tech-lead}\nroles: {tech-lead: {users: [octocat]}}"
    assert run(check("AAA001", fail("x")), spec=spec).action_items[0].owner == "tech-lead"


def test_approvals__conditions_look_at_open_findings() -> None:
    spec = (
        "approvals: [{role: dba, when: 'severity >= high'}, {role: tech-lead, when: 'category == Tags'}, {role: x, environments: [dev]}]\n"
    )
    found = run(check("AAA001", fail("x")), spec=spec + ROLES)
    assert [(approval.role, approval.required) for approval in found.approvals] == [("dba", True), ("tech-lead", False)]


def test_downstream__is_blocked_by_findings_on_what_it_requires() -> None:
    spec = (
        "dependencies: {downstream: [{project: a, requires: [table/orders]}, {project: b, requires: [table/users]}, {project: c}], "
        "upstream: [base]}"
    )
    found = run(check("AAA001", fail("index/orders/x")), check("BBB001", fail("backup/vault")), spec=spec)
    assert [(each.project, each.blocked_by) for each in found.downstream] == [
        ("a", ("AAA001/index/orders/x",)),
        ("b", ()),
        ("c", ("AAA001/index/orders/x", "BBB001/backup/vault")),
    ]
    assert [each.project for each in found.upstream] == ["base"]


def test_target__date_and_budget_come_from_the_environment() -> None:
    found = run(check("AAA001", good("x")), environment="target_date: 2026-01-13\nbudget: {monthly: 50}")
    assert (found.target_date, found.budget) == ("2026-01-13", ("50", "USD"))


def test_failed__is_an_error_with_the_reason() -> None:
    found = failed(SourceError("no such folder", where="x"), project="p", environment="sit")
    assert (found.status, found.error, found.score.value) == (Status.ERROR, "x: no such folder", 0)


def test_plan__risks_and_rollback_are_the_spec_s() -> None:
    spec = "risks: [{risk: r, likelihood: high, mitigation: m}]\nrollback: {steps: [one, two], triggers: [t], duration: 2h}\n"
    found = run(check("AAA001", good("x")), spec=spec)
    assert found.risks == (("r", "high", "medium", "m"),)
    assert found.rollback == ("", ("one", "two"), ("t",), "2h")
    assert run(check("AAA001", good("x"))).rollback is None
