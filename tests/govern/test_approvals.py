from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bbws_gate.govern import Snapshot, hear, other_commits
from bbws_gate.govern.seats import seat
from bbws_gate.model import Approval, Change, Record, Severity, Status
from tests.govern.case import (
    ANN,
    AUTHOR,
    BEN,
    BOT,
    CHANGE,
    CLEO,
    EARLIER,
    HEAD,
    MEMBERS,
    OLDEST,
    PUSHER,
    STRANGER,
    check,
    content,
    judge,
    record,
    remark,
    review,
)

DBA = "approvals: [{role: dba}]\n"
YES = f"/gate approve dba {HEAD[:7]}"


def approval(said: Record | None, spec: str = DBA, approved: Mapping[str, Snapshot] | None = None) -> Approval:
    found = judge(spec, said, approved=approved)
    assert (found.status is Status.READY) is not bool(found.missing_approvals)
    return found.approvals[0]


@pytest.mark.parametrize(
    "said",
    [
        record(review()),
        record(remark(YES)),
        record(remark(f"Fine.\n\n{YES}")),
        record(review("changes_requested", at=5), review(id_=2, at=6)),
        record(review("dismissed", at=5), review(id_=2, at=6)),
        record(review(at=5), review("commented", id_=2, at=6)),
        record(review(at=5), review("changes_requested", BEN, id_=2, at=6)),
        record(remark("/gate revoke approve dba", at=5), remark(YES, id_=2, at=6)),
        record(remark(YES, at=5), remark("/gate revoke approve lead", id_=2, at=6)),
        record(remark(YES, at=5), remark("/gate revoke approve dba", BEN, id_=2, at=6)),
    ],
)
def test_approval__given(said: Record) -> None:
    found = approval(said)
    assert (found.given_by, found.given, found.dropped) == ("ann", ("ann",), "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (None, ""),
        (record(), ""),
        (record(review("commented")), ""),
        (record(review(author=STRANGER)), ""),
        (record(review(author=BOT)), ""),
        (record(review(author=None)), ""),
        (record(review(author=AUTHOR)), "author opened this change"),
        (record(review(author=PUSHER)), "pusher has a part in the commits"),
        (record(review(), change=replace(CHANGE, pushers=(ANN,))), "ann has a part in the commits"),
        (record(review(), change=None), "there is no pull request"),
        (record(review(), change=replace(CHANGE, author=None)), "the account that opened this change is gone"),
        (record(review(), change=replace(CHANGE, unknown_pushers=("Jane",))), "no account is known for the commits of Jane"),
        (record(review(), unreadable={"dba": "no permission"}), "no permission"),
        (record(review(), unreadable={"reviews": "down"}), "the reviews could not be read: down"),
        (record(review(), unreadable={"remarks": "down"}), "the remarks could not be read: down"),
        (record(review(), unreadable={"change": "down"}), "the pull request could not be read: down"),
        (record(review(), members={}), ""),
        (record(review(at=5), review("changes_requested", id_=2, at=6)), ""),
        (record(review(at=5), review("changes_requested", id_=2, at=5)), ""),
        (record(review("dismissed")), ""),
        (record(review(at=5), remark("/gate revoke approve dba", at=6)), ""),
        (record(remark(YES, at=5), review("changes_requested", at=6)), ""),
        (record(remark(YES, at=5), remark("/gate revoke approve dba", id_=2, at=6, edited=True)), ""),
        (record(review(commit=EARLIER)), f"ann: dropped because the approved commit {EARLIER[:7]} cannot be read"),
        (record(review(commit="")), "ann: dropped because the approved commit is no longer known"),
    ],
)
def test_approval__missing_and_why(said: Record | None, why: str) -> None:
    found = approval(said)
    assert (found.given_by, found.given) == (None, ())
    assert why in found.dropped
    assert bool(why) is bool(found.dropped)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (record(remark(YES, edited=True)), "the comment was edited"),
        (record(remark(YES, author=None)), "no account any more"),
        (record(remark(YES, BOT)), "bots give no commands"),
        (record(remark(YES, STRANGER)), "x does not have the role dba"),
        (record(remark(YES, AUTHOR)), "author opened this change"),
        (record(remark(YES, PUSHER)), "pusher has a part in the commits"),
        (record(remark(YES, thread="manual/tests")), "approve on the pull request"),
        (record(remark("/gate approve dba 9999999")), f"is no commit of this change, or more than one; its head is {HEAD[:7]}"),
        (record(remark(f"/gate approve dba {EARLIER[:7]}")), "cannot be read"),
        (record(remark("/gate approve dbaa 1234567")), "did you mean dba?"),
        (record(remark("/gate approve dba")), "say which commit"),
        (record(remark(YES), change=None), "there is no pull request"),
        (record(remark(YES, at=5), review("changes_requested", at=6)), "taken back later"),
    ],
)
def test_command__refused_with_the_reason(said: Record, why: str) -> None:
    found = judge(DBA, said)
    assert found.status is Status.PENDING
    (reply,) = found.replies
    assert not reply.accepted
    assert why in reply.text


def test_command__short_names_must_mean_one_commit() -> None:
    twins = replace(CHANGE, commits=("1234567" + "0" * 33, "1234567" + "1" * 33, HEAD))
    found = judge(DBA, record(remark("/gate approve dba 1234567"), change=twins))
    assert "more than one" in found.replies[0].text


def test_command__accepted_is_said() -> None:
    (reply,) = judge(DBA, record(remark(YES, id_=5))).replies
    assert (reply.remark, reply.accepted, reply.text) == (5, True, f"ann approved as dba for {HEAD[:7]}")


def test_unlinked_commits__count_where_the_spec_says_so() -> None:
    spec = f"{DBA}governance: {{unlinked_commits: true}}\n"
    assert approval(record(review(), change=replace(CHANGE, unknown_pushers=("Jane",))), spec).given == ("ann",)


def test_count__is_of_distinct_people() -> None:
    spec = "approvals: [{role: dba, count: 2}]\n"
    once = approval(record(review(), remark(YES, id_=2)), spec)
    assert (once.given_by, once.given, once.count) == (None, ("ann",), 2)
    assert approval(record(review(), review(author=BEN, id_=2)), spec).given_by == "ann, ben"


def test_identity__is_the_number_not_the_login() -> None:
    impostor = replace(STRANGER, login=ANN.login)
    assert approval(record(review(author=impostor))).given == ()
    renamed = replace(ANN, login="ann-new")
    assert approval(record(review(author=renamed))).given == ("ann-new",)


BOTH = "approvals: [{role: dba}, {role: lead}]\n"


def test_roles__one_person_fills_one() -> None:
    found = judge(BOTH, record(review()))
    assert [each.given for each in found.approvals] == [("ann",), ()]
    assert found.approvals[1].dropped == "ann counts for another role already"
    moved = judge(BOTH, record(review(), review(author=BEN, id_=2)))
    assert moved.status is Status.READY
    assert sorted(each.given for each in moved.approvals) == [("ann",), ("ben",)]


def test_roles__one_person_fills_several_where_the_spec_says_so() -> None:
    found = judge(f"{BOTH}governance: {{several_roles: true}}\n", record(review()))
    assert [each.given for each in found.approvals] == [("ann",), ("ann",)]
    assert found.status is Status.READY


def test_roles__a_command_speaks_for_one_role_only() -> None:
    found = judge(f"{BOTH}governance: {{several_roles: true}}\n", record(remark(YES)))
    assert [each.given for each in found.approvals] == [("ann",), ()]


def test_seat__people_move_to_free_a_seat() -> None:
    assert seat({"a": 1, "b": 1, "c": 1}, {"a": (1, 2), "b": (1, 3), "c": (2,)}) == {"a": (1,), "b": (3,), "c": (2,)}
    assert seat({"a": 2, "b": 1}, {"a": (1, 2), "b": (1,)}) == {"a": (1, 2), "b": ()}


ONE, TWO = "AAA001", "BBB001"
LEAD_HIGH = 'approvals: [{role: dba}, {role: lead, when: "severity >= high"}]\nblocking: {from: critical}\n'


def test_push__that_changes_nothing_keeps_approvals() -> None:
    known = {EARLIER: content(DBA)}
    assert approval(record(review(commit=EARLIER)), approved=known).given == ("ann",)
    assert judge(DBA, record(remark(f"/gate approve dba {EARLIER[:7]}")), approved=known).status is Status.READY


def test_push__drops_only_the_roles_that_the_finding_concerns() -> None:
    said = record(review(author=BEN, commit=EARLIER), review(author=CLEO, id_=2, commit=EARLIER))
    before, small = check(ONE, "a", severity=Severity.HIGH), check(TWO, "b")
    known = {EARLIER: content(LEAD_HIGH, before, check(TWO))}
    found = judge(LEAD_HIGH, said, before, small, approved=known)
    assert [each.given for each in found.approvals] == [(), ("cleo",)]
    assert found.approvals[0].dropped == "ben: dropped by BBB001/b"
    assert found.status is Status.PENDING


def test_push__that_adds_a_grave_finding_drops_the_role_that_asks_for_those() -> None:
    said = record(review(author=CLEO, commit=EARLIER))
    known = {EARLIER: content(LEAD_HIGH, check(ONE), check(TWO))}
    found = judge(LEAD_HIGH, said, check(ONE, "a", severity=Severity.HIGH), check(TWO), approved=known)
    assert found.approvals[1].dropped == "cleo: dropped by AAA001/a"


def test_push__that_fixes_something_keeps_approvals() -> None:
    known = {EARLIER: content(DBA, check(ONE, "a"))}
    assert judge(DBA, record(review(commit=EARLIER)), check(ONE, good=("a",)), approved=known).missing_approvals == ()


def test_push__that_changes_the_commit_s_own_spec_drops_approvals() -> None:
    found = judge(DBA, record(review(commit=EARLIER)), own_spec="new", approved={EARLIER: content(DBA, own_spec="old")})
    assert found.approvals[0].dropped == "ann: dropped because the promotion spec changed"


def test_push__back_to_the_approved_commit_counts_again() -> None:
    said = record(review(commit=EARLIER), change=Change(7, EARLIER, AUTHOR, commits=(OLDEST, EARLIER)))
    assert judge(DBA, said, commit=EARLIER).status is Status.READY


def test_spec_edited__needs_its_owners() -> None:
    spec = "owners: [lead]\n"
    pending = judge(spec, record(), spec_edited=True)
    assert [(each.role, each.scope, each.required) for each in pending.approvals] == [("lead", "the changed promotion spec", True)]
    assert pending.status is Status.PENDING
    assert judge(spec, record(review(author=CLEO)), spec_edited=True).status is Status.READY
    assert judge(spec, record()).approvals == ()


def test_templates_edited__needs_the_owners_of_the_spec() -> None:
    spec = "owners: [lead]\n"
    pending = judge(spec, record(), templates_edited=True)
    assert [(each.role, each.scope, each.required) for each in pending.approvals] == [("lead", "the changed page templates", True)]
    assert judge(spec, record(review(author=CLEO)), templates_edited=True).status is Status.READY
    both = judge(spec, record(review(author=CLEO)), spec_edited=True, templates_edited=True)
    assert [each.given for each in both.approvals] == [("cleo",), ("cleo",)]


def test_templates_edited__once_more_drops_the_owners_approval_alone() -> None:
    spec = "owners: [lead]\napprovals: [{role: dba}]\n"
    said = record(review(author=BEN, commit=EARLIER), review(author=CLEO, id_=2, commit=EARLIER))
    known = {EARLIER: content(spec, own_templates="old")}
    found = judge(spec, said, templates_edited=True, own_templates="new", approved=known)
    assert [each.dropped for each in found.approvals] == ["", "cleo: dropped because the page templates changed"]
    assert judge(spec, said, own_templates="new", approved=known).status is Status.READY


@pytest.mark.parametrize(
    ("when", "severity", "required"),
    [("severity >= high", Severity.HIGH, True), ("severity >= high", Severity.LOW, False), ("environment == sit", Severity.LOW, True),
     ("environment == prod", Severity.HIGH, False), ("cost > budget", Severity.HIGH, False)],
)  # fmt: skip
def test_condition__says_whether_it_is_needed(when: str, severity: Severity, required: bool) -> None:
    found = judge(f'approvals: [{{role: dba, when: "{when}"}}]\n', record(), check(ONE, "a", severity=severity))
    assert found.approvals[0].required is required


def test_condition__is_judged_over_waived_findings_too() -> None:
    spec = 'approvals: [{role: dba, when: "severity >= high"}]\nwaivers: [{finding: AAA001/a, reason: r, by: octocat, until: 2026-03-01}]\n'
    found = judge(spec, record(), check(ONE, "a", severity=Severity.HIGH))
    assert found.approvals[0].required
    assert found.status is Status.PENDING


def test_members__of_no_role_cannot_push_real_approvals_out_of_sight() -> None:
    noise = [review(author=STRANGER, id_=number, at=30, commit=f"{number:040x}") for number in range(100, 150)]
    said = record(review(commit=EARLIER, at=1), *noise)
    assert other_commits(said, hear(said).heard, HEAD) == (EARLIER,)
    many = [review(id_=number, at=number % 60, commit=f"{number:040x}") for number in range(100, 150)]
    assert len(other_commits(record(*many), (), HEAD)) == 8


def test_members__are_asked_now() -> None:
    gone = {**MEMBERS, "dba": MEMBERS["dba"] - {ANN.id}}
    assert approval(record(review(), members=gone)).given == ()
