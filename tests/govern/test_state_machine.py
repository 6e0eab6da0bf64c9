"""Random stories of a change, and after each step the verdict beside that of a simple model that counts again from what happened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bbws_gate.checks.base import Check
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.govern import Snapshot
from bbws_gate.model import Change, Person, Record, Remark, Review, Severity, Status, Thread
from tests.checks.case import Case, project
from tests.govern.case import ANN, AUTHOR, BEN, BOT, CLEO, PUSHER, ROLES, STRANGER, check, content, judge

SPEC = """\
approvals: [{role: dba}, {role: lead, when: "severity >= high"}]
decisions: [{id: names, question: q, options: {A: a, B: {text: b, defers: [BBB001/big]}}, owners: [lead]}]
actions: [{id: tests, title: t, owner: dba}]
governance: {waivers_by: [lead], waiver_days: 30}
"""
PEOPLE = (AUTHOR, PUSHER, ANN, BEN, CLEO, STRANGER, BOT)
SMALL, BIG = ("AAA001/one", "AAA001/two"), "BBB001/big"

person = st.sampled_from((ANN, CLEO, BEN, CLEO, ANN, BEN, *PEOPLE))
role = st.sampled_from(["dba", "lead"])


@cache
def evidence() -> ProjectEvidence:
    return project(Case("", "", {}, spec=ROLES + SPEC))


@cache
def checks(found: frozenset[str]) -> tuple[Check, ...]:
    small = [name.partition("/")[2] for name in SMALL if name in found]
    big = ["big"] if BIG in found else []
    return check("AAA001", *small), check("BBB001", *big, severity=Severity.HIGH)


@cache
def snapshot_of(found: frozenset[str]) -> Snapshot:
    return content(SPEC, *checks(found))


@dataclass
class Story:
    """What happened, in the model's own words."""

    head: str = "0" * 40
    pushers: frozenset[int] = frozenset({AUTHOR.id})
    contents: dict[str, frozenset[str]] = field(default_factory=lambda: {"0" * 40: frozenset()})
    lost: set[str] = field(default_factory=set)
    said: list[dict[str, object]] = field(default_factory=list)
    """Reviews and comments in the order in which they were made."""
    issue: tuple[bool, str, Person | None] = (True, "", None)
    members: dict[str, frozenset[int]] = field(
        default_factory=lambda: {
            "dba": frozenset({ANN.id, BEN.id, AUTHOR.id, PUSHER.id, BOT.id}),
            "lead": frozenset({ANN.id, CLEO.id, AUTHOR.id}),
        }
    )
    unreadable: dict[str, str] = field(default_factory=dict)
    now: datetime = datetime(2026, 1, 10, 8)  # noqa: DTZ001 (a clock of the story's own)

    def present(self) -> frozenset[str]:
        return self.contents[self.head]

    # The verdict, counted from the story alone.

    def status(self) -> Status:
        choice = self.choice()
        accepted = self.accepted()
        gone = set(accepted) | ({BIG} if choice == "B" else set())
        standing = self.present() - gone
        if BIG in standing:
            return Status.BLOCKED
        if choice is None or not self.approved() or not self.tested():
            return Status.PENDING
        return Status.READY_WITH_WARNINGS if standing else Status.READY

    def may(self, who: Person, role: str) -> bool:
        return role not in self.unreadable and not who.bot and who.id in self.members[role]

    def heard(self, what: str) -> list[dict[str, object]]:
        if "remarks" in self.unreadable:
            return []
        return [each for each in self.said if each["what"] == what and not each["edited"] and not each["deleted"]]

    def choice(self) -> str | None:
        chosen = None
        for each in self.said:
            if each in self.heard("decide") and self.may(each["who"], "lead"):  # type: ignore[arg-type]
                chosen = each["option"]
            if each in self.heard("undecide") and self.may(each["who"], "lead"):  # type: ignore[arg-type]
                chosen = None
        return chosen  # type: ignore[return-value]

    def accepted(self) -> set[str]:
        until: dict[str, datetime] = {}
        for each in self.said:
            who = each["who"]
            outsider = isinstance(who, Person) and self.may(who, "lead") and who.id not in self.pushers and "change" not in self.unreadable
            if each in self.heard("waive") and outsider:
                end = each["until"]
                if isinstance(end, datetime) and self.now.date() <= end.date():
                    until[str(each["finding"])] = end
            if each in self.heard("unwaive") and outsider:
                until.pop(str(each["finding"]), None)
        return set(until)

    def tested(self) -> bool:
        is_open, reason, by = self.issue
        return "threads" not in self.unreadable and not is_open and reason == "completed" and by is not None and self.may(by, "dba")

    def approved(self) -> bool:
        needed = ["dba"] + (["lead"] if BIG in self.present() else [])
        choices = [[who for who in PEOPLE if self.agrees(who, role)] for role in needed]
        return any(len({who.id for who in picked}) == len(needed) for picked in product(*choices))

    def agrees(self, who: Person, role: str) -> bool:
        if {"remarks", "reviews", "change"} & set(self.unreadable) or who.id in self.pushers or not self.may(who, role):
            return False
        commits: list[str] = []
        for each in self.said:
            if each["who"] != who or each["deleted"]:
                continue
            kind = each["what"]
            if kind == "approved" or (kind == "approve" and each["role"] == role and not each["edited"]):
                commits.append(str(each["commit"]))
            elif kind in ("changes_requested", "dismissed") or (kind == "revoke" and each["role"] == role):
                commits = []
        return any(self.still_good(commit, role) for commit in commits)

    def still_good(self, commit: str, role: str) -> bool:
        if commit == self.head:
            return True
        if commit in self.lost:
            return False
        added = self.present() - self.contents[commit]
        return BIG not in added if role == "lead" else not added

    # The same story as GitHub would tell it.

    def record(self) -> Record:
        remarks, reviews = [], []
        for number, each in enumerate(self.said):
            who = each["who"]
            assert isinstance(who, Person)
            if each["deleted"]:
                continue
            if each["what"] in ("approved", "changes_requested", "dismissed", "commented"):
                reviews.append(Review(number, who, str(each["what"]), str(each["commit"]), "", str(each["at"])))
            else:
                remarks.append(Remark(number, who, str(each["text"]), str(each["at"]), bool(each["edited"]), str(each["thread"])))
        is_open, reason, by = self.issue
        change = Change(7, self.head, AUTHOR, tuple(who for who in PEOPLE if who.id in self.pushers), commits=tuple(self.contents))
        threads = (Thread("manual/tests", 3, is_open, reason, by),)
        return Record(change, tuple(reversed(remarks)), tuple(reviews), threads, dict(self.members), frozenset(), dict(self.unreadable))


class Stories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.story = Story()

    def say(self, what: str, who: Person, text: str = "", thread: str = "", **more: object) -> None:
        self.story.now += timedelta(minutes=1)
        at = self.story.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.story.said.append(
            {"what": what, "who": who, "text": text, "at": at, "thread": thread, "edited": False, "deleted": False, "commit": "", **more}
        )

    @rule(found=st.frozensets(st.sampled_from([*SMALL, BIG])), who=person)
    def push(self, found: frozenset[str], who: Person) -> None:
        story = self.story
        story.head = f"{len(story.contents):040x}"[::-1]
        story.contents[story.head] = found
        story.pushers |= {who.id}

    @rule(data=st.data())
    def push_an_old_commit_again(self, data: st.DataObject) -> None:
        self.story.head = data.draw(st.sampled_from(sorted(self.story.contents)))

    @rule(data=st.data())
    def lose_a_commit(self, data: st.DataObject) -> None:
        self.story.lost.add(data.draw(st.sampled_from(sorted(self.story.contents))))

    @rule(who=person, state=st.sampled_from(["approved", "approved", "changes_requested", "commented"]), latest=st.booleans())
    def review(self, who: Person, state: str, latest: bool) -> None:
        self.say(state, who, commit=self.story.head if latest else min(self.story.contents))

    @rule(data=st.data())
    def dismiss(self, data: st.DataObject) -> None:
        reviews = [each for each in self.story.said if each["what"] in ("approved", "changes_requested")]
        if reviews:
            data.draw(st.sampled_from(reviews))["what"] = "dismissed"

    @rule(who=person, role=role, latest=st.booleans())
    def approve(self, who: Person, role: str, latest: bool) -> None:
        commit = self.story.head if latest else min(self.story.contents)
        self.say("approve", who, f"Fine.\n\n/gate approve {role} {commit}", role=role, commit=commit)

    @rule(who=person, role=role)
    def approve_in_vain(self, who: Person, role: str) -> None:
        head = self.story.head
        for text in (
            f"> /gate approve {role} {head}",
            f"/gate approve {role}",
            f"/gate approve {role} {'f' * 40}",
            f"`/gate approve {role} {head}`",
        ):
            self.say("noise", who, text)
        self.say("noise", who, f"/gate approve {role} {head}", thread="manual/tests")

    @rule(who=person, role=role)
    def revoke(self, who: Person, role: str) -> None:
        self.say("revoke", who, f"/gate revoke approve {role}", role=role)

    @rule(who=person, option=st.sampled_from("AB"), thread=st.sampled_from(["", "decision/names"]))
    def decide(self, who: Person, option: str, thread: str) -> None:
        self.say("decide", who, f"/gate decide names {option} because", thread, option=option)

    @rule(who=person)
    def decide_in_vain(self, who: Person) -> None:
        self.say("noise", who, "/gate decide names C\n/gate decide name A")
        self.say("noise", who, "/gate decide names B", thread="manual/tests")

    @rule(who=person)
    def undecide(self, who: Person) -> None:
        self.say("undecide", who, "/gate revoke decide names")

    @rule(who=person, finding=st.sampled_from([*SMALL, BIG]), days=st.integers(0, 30))
    def waive(self, who: Person, finding: str, days: int) -> None:
        until = self.story.now + timedelta(days=days, minutes=1)
        self.say("waive", who, f"/gate waive {finding} until {until:%Y-%m-%d} later", finding=finding, until=until)

    @rule(who=person)
    def waive_in_vain(self, who: Person) -> None:
        late = self.story.now + timedelta(days=40)
        early = self.story.now - timedelta(days=2)
        self.say("noise", who, f"/gate waive {BIG} until {late:%Y-%m-%d} later")
        self.say("noise", who, f"/gate waive {BIG} until {early:%Y-%m-%d} later")

    @rule(who=person, finding=st.sampled_from([*SMALL, BIG]))
    def unwaive(self, who: Person, finding: str) -> None:
        self.say("unwaive", who, f"/gate revoke waive {finding}", finding=finding)

    @rule(data=st.data(), how=st.sampled_from(["edited", "deleted"]))
    def edit_or_delete(self, data: st.DataObject, how: str) -> None:
        comments = [each for each in self.story.said if each["text"]]
        if comments:
            data.draw(st.sampled_from(comments))[how] = True

    @rule(is_open=st.booleans(), completed=st.booleans(), who=st.one_of(st.none(), person))
    def close_or_reopen(self, is_open: bool, completed: bool, who: Person | None) -> None:
        reason = "reopened" if is_open else "completed" if completed else "not_planned"
        self.story.issue = (is_open, reason, who)

    @rule(who=person, role=role)
    def change_role(self, who: Person, role: str) -> None:
        self.story.members[role] ^= {who.id}

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.story.now += timedelta(days=days)

    @rule(part=st.sampled_from(["dba", "lead", "remarks", "reviews", "threads", "change"]))
    def cannot_be_read(self, part: str) -> None:
        self.story.unreadable = {part: "no permission"}

    @rule(option=st.sampled_from("AB"))
    def everybody_says_yes(self, option: str) -> None:
        head = self.story.head
        self.say("approved", BEN, commit=head)
        self.say("approve", CLEO, f"/gate approve lead {head[:40]}", role="lead", commit=head)
        self.say("decide", CLEO, f"/gate decide names {option}", option=option)
        self.story.issue = (False, "completed", BEN)

    @rule()
    def can_be_read_again(self) -> None:
        self.story.unreadable = {}

    @invariant()
    def the_verdict_is_the_model_s(self) -> None:
        story = self.story
        known = {name: snapshot_of(found) for name, found in story.contents.items() if name not in story.lost}
        told = story.record()
        today = f"{story.now:%Y-%m-%d}"
        found = judge("", told, *checks(story.present()), approved=known, today=today, commit=story.head, look=evidence)
        assert found.status is story.status()
        wanted = {approval.role: approval for approval in found.approvals}
        assert not found.missing_approvals or not story.approved()
        assert wanted["lead"].required is (BIG in story.present())
        assert {decision.chosen for decision in found.decisions} == {story.choice()}
        assert {finding.id for finding in found.findings if finding.waiver} == {
            name for name in story.accepted() & story.present() if not (name == BIG and story.choice() == "B")
        }
        assert {reply.remark for reply in found.replies} <= {remark.id for remark in told.remarks}
        # What was read twice, or in another order, is said once.
        again = replace(told, remarks=(*told.remarks, *told.remarks[::-1]))
        assert judge("", again, *checks(story.present()), approved=known, today=today, commit=story.head, look=evidence) == found


TestStories = Stories.TestCase
TestStories.settings = settings(max_examples=60, stateful_step_count=40)
