from __future__ import annotations

import pytest

from bbws_gate.model import Person, Record, Severity, Status, Thread
from tests.govern.case import ANN, AUTHOR, BEN, BOT, CLEO, STRANGER, check, judge, record, remark

ASK = "decisions: [{id: names, question: q, options: {A: a, B: {text: b, pros: [quick], cons: [late], defers: [%s]}}, owners: [lead]%s}]\n"
SPEC = ASK % ("table/orders", "")


@pytest.mark.parametrize("thread", ["", "decision/names"])
def test_decide__by_an_owner_settles_it(thread: str) -> None:
    found = judge(SPEC, record(remark("/gate decide names A it is simpler", CLEO, id_=4, thread=thread)))
    (decision,) = found.decisions
    assert (decision.chosen, decision.chosen_by, decision.reason, decision.link) == ("A", "cleo", "it is simpler", "https://example.test/4")
    assert found.status is Status.READY
    assert found.replies[0].accepted


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (record(remark("/gate decide names A", BEN)), "ben has none of the roles lead"),
        (record(remark("/gate decide names A", BOT)), "bots give no commands"),
        (record(remark("/gate decide names A", CLEO, edited=True)), "edited"),
        (record(remark("/gate decide names C", CLEO)), "names has no option C; it has A, B"),
        (record(remark("/gate decide name A", CLEO)), "did you mean names?"),
        (record(remark("/gate decide names A", CLEO, thread="decision/other")), "decided in its own issue"),
        (record(remark("/gate decide names A", CLEO), unreadable={"lead": "down"}), "could not be looked up: down"),
        (record(remark("/gate decide names A", CLEO), unreadable={"issues": "down"}), "may have been taken back on an issue: down"),
    ],
)
def test_decide__refused_with_the_reason(said: Record, why: str) -> None:
    found = judge(SPEC, said)
    assert found.status is Status.PENDING
    assert why in found.replies[0].text
    assert not found.replies[0].accepted


@pytest.mark.case("I15")
def test_decide__the_newest_valid_one_counts() -> None:
    said = record(
        remark("/gate decide names A", CLEO, at=1),
        remark("/gate decide names B", ANN, id_=2, at=2),
        remark("/gate decide names A", STRANGER, id_=3, at=3),
    )
    found = judge(SPEC, said)
    assert found.decisions[0].chosen == "B"
    assert [reply.accepted for reply in found.replies] == [True, True, False]
    assert "until ann decided anew" in found.replies[0].text


@pytest.mark.case("I15")
def test_decide__owners_who_disagree_are_both_named() -> None:
    one, other = remark("/gate decide names A", CLEO, at=1), remark("/gate decide names B", ANN, id_=2, at=2)
    told = "The owners of decision names do not agree: cleo decided A, ann decided B. The newest counts, by ann"
    assert judge(SPEC, record(one, other)).notes[0].startswith(told)
    agreed = remark("/gate decide names B", CLEO, id_=3, at=3)
    assert judge(SPEC, record(one, other, agreed)).notes == ()
    opened = remark("/gate revoke decide names", CLEO, id_=3, at=3)
    assert judge(SPEC, record(one, other, opened)).notes == ()
    assert judge(SPEC, record(one, other, opened)).status is Status.PENDING


def test_decide__can_be_taken_back() -> None:
    said = record(remark("/gate decide names A", CLEO, at=1), remark("/gate revoke decide names", ANN, id_=2, at=2))
    assert judge(SPEC, said).decisions[0].chosen is None


def test_decide__what_the_spec_has_chosen_is_final() -> None:
    found = judge(ASK % ("table/orders", ", chosen: B"), record(remark("/gate decide names A", CLEO)))
    assert found.decisions[0].chosen == "B"
    assert "has already chosen B" in found.replies[0].text


ORDERS = check("TBL001", "table/orders", severity=Severity.HIGH)


@pytest.mark.parametrize("pattern", ["table/orders", "TBL001/table/orders", "TBL001/*"])
def test_defer__what_the_option_puts_off_blocks_no_longer_here_but_downstream(pattern: str) -> None:
    downstream = "dependencies: {downstream: [{project: shop, requires: [table/orders]}, {project: mail, requires: [table/users]}]}\n"
    spec = ASK % (f'"{pattern}"', "") + downstream
    assert judge(spec, record(), ORDERS).status is Status.BLOCKED
    found = judge(spec, record(remark("/gate decide names B", CLEO)), ORDERS)
    assert found.status is Status.READY
    assert [(each.id, each.deferred) for each in found.findings] == [("TBL001/table/orders", "names")]
    assert [(each.project, each.blocked_by, each.deferred_by) for each in found.downstream] == [
        ("shop", ("TBL001/table/orders",), ("names",)),
        ("mail", (), ()),
    ]
    assert found.action_items == ()


def test_defer__never_what_can_never_be_waived() -> None:
    spec = SPEC + "never_waivable: [TBL001]\n"
    assert judge(spec, record(remark("/gate decide names B", CLEO)), ORDERS).status is Status.BLOCKED


MANUAL = "actions: [{id: tests, title: Test it, owner: dba}]\n"


@pytest.mark.parametrize(
    ("thread", "done_by", "note"),
    [
        (None, None, ""),
        (Thread("manual/tests", 3, True, "", None), None, ""),
        (Thread("manual/tests", 3, False, "completed", ANN), "ann", ""),
        (Thread("manual/tests", 3, False, "not_planned", ANN), None, "closed by ann, not as completed"),
        (Thread("manual/tests", 3, False, "completed", STRANGER), None, "closed by x: x does not have the role dba"),
        (Thread("manual/tests", 3, False, "completed", BOT), None, "closed by robot[bot]: robot[bot] does not have the role dba"),
        (Thread("manual/tests", 3, False, "completed", None), None, "closed, by whom is not known; dba must close it"),
        (Thread("manual/tests", 3, True, "reopened", STRANGER), None, "reopened by x"),
        (Thread("manual/other", 3, False, "completed", ANN), None, ""),
    ],
)
def test_manual_work__is_done_when_its_role_closed_the_issue(thread: Thread | None, done_by: str | None, note: str) -> None:
    found = judge(MANUAL, record(*([] if thread is None else [thread])))
    (item,) = found.action_items
    assert (item.done_by, item.note) == (done_by, note)
    assert found.status is (Status.READY if done_by else Status.PENDING)


def test_manual_work__what_cannot_be_read_is_not_done() -> None:
    found = judge(MANUAL, record(Thread("manual/tests", 3, False, "completed", ANN), unreadable={"threads": "down"}))
    assert found.action_items[0].note == "its issue could not be read: down"
    assert found.status is Status.PENDING


WAIVE = "/gate waive BBB001/big until 2026-03-01 comes later"
BIG = check("BBB001", "big", severity=Severity.HIGH)
BY_LEAD = "governance: {waivers_by: [lead]}\n"


def test_waive__by_whom_the_spec_allows() -> None:
    found = judge(BY_LEAD, record(remark(WAIVE, CLEO, id_=9)), BIG)
    waiver = found.findings[0].waiver
    assert waiver is not None
    assert (waiver.by, waiver.until, waiver.reason, waiver.link) == ("cleo", "2026-03-01", "comes later", "https://example.test/9")
    assert (found.status, found.waived) == (Status.READY, 1)


@pytest.mark.parametrize(
    ("spec", "who", "writers", "accepted"),
    [
        ("", STRANGER, {STRANGER.id}, True),
        ("", STRANGER, set(), False),
        ("owners: [lead]\n", CLEO, set(), True),
        ("owners: [lead]\n", STRANGER, {STRANGER.id}, False),
        (BY_LEAD + "owners: [dba]\n", BEN, {BEN.id}, False),
        ("", AUTHOR, {AUTHOR.id}, False),
        ("", BOT, {BOT.id}, False),
    ],
)
def test_waive__roles_then_owners_then_writers_and_never_one_s_own_change(
    spec: str, who: Person, writers: set[int], accepted: bool
) -> None:
    found = judge(spec, record(remark(WAIVE, who), writers=frozenset(writers)), BIG)
    assert found.replies[0].accepted is accepted
    assert found.status is (Status.READY if accepted else Status.BLOCKED)


@pytest.mark.parametrize(
    ("spec", "text", "today", "why"),
    [
        ("", "/gate waive BBB001/bib until 2026-03-01 r", "2026-01-12", "did you mean BBB001/big?"),
        ("", "/gate waive BBB001/big until 2026-01-09 r", "2026-01-12", "was over when it was written"),
        ("", "/gate waive BBB001/big until 2026-12-31 r", "2026-01-12", "more than 90 days away"),
        ("", WAIVE, "2026-03-02", "ended on 2026-03-01"),
        ("never_waivable: [BBB001]\n", WAIVE, "2026-01-12", "can never be waived"),
        ("", "/gate waive BBB001/big until 2026-03-01", "2026-01-12", "a reason is missing"),
        ("", f"/gate waive BBB001/big until 2026-03-01 {'r' * 301}", "2026-01-12", "the reason has more than 300 characters"),
        ("", f"/gate waive BBB001/big until 2026-03-01 {'r' * 10_000}", "2026-01-12", "longer than 1000 characters"),
        ("", "/gate waive ZZZ999/none until 2026-03-01 r", "2026-01-12", "applies to no finding"),
    ],
)
def test_waive__refused_with_the_reason(spec: str, text: str, today: str, why: str) -> None:
    found = judge(spec + BY_LEAD, record(remark(text, CLEO)), BIG, today=today)
    assert why in found.replies[0].text
    assert found.status is Status.BLOCKED


def test_waive__can_be_taken_back_and_is_announced() -> None:
    said = remark(WAIVE, CLEO, at=1)
    assert judge(BY_LEAD, record(said, remark("/gate revoke waive BBB001/big", CLEO, id_=2, at=2)), BIG).status is Status.BLOCKED
    soon = judge(BY_LEAD, record(said), BIG, today="2026-02-15")
    assert "the waiver of BBB001/big by cleo ends in 14 days, on 2026-03-01" in soon.notes
    assert judge(BY_LEAD, record(said), BIG, today="2026-02-14").notes != soon.notes


def test_waive__the_spec_s_own_are_held_to_its_limit() -> None:
    spec = "waivers: [{finding: BBB001/big, reason: r, by: octocat, until: 2026-12-31}]\n"
    assert judge(spec, record(), BIG).status is Status.READY
    assert judge(spec + "governance: {waiver_days: 30}\n", record(), BIG).status is Status.BLOCKED


@pytest.mark.parametrize(
    ("text", "accepted", "says"),
    [
        ("/gate help", True, "/gate approve <role> <commit>"),
        ("/gate status", True, "assessed again"),
        ("/gate explain AAA001", True, "AAA001: why clear"),
        ("/gate explain ZZZ999", False, "no check has the code ZZZ999"),
    ],
)
def test_questions__are_answered(text: str, accepted: bool, says: str) -> None:
    (reply,) = judge("", record(remark(text, STRANGER))).replies
    assert reply.accepted is accepted
    assert says in reply.text
