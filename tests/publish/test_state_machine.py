"""Random stories of a repository, and after each complete run what GitHub shows beside what a simple model says it should show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bbws_gate.publish.marker import comment_marker, read_body
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue
from tests.publish.fake import BOT, FakeGitHub
from tests.publish.test_publisher import publish

ITEMS = ("a", "b", "c")
PULL, MAIN = "pull/1", "heads/main"
MALLORY = {"id": 99, "login": "mallory"}
MARKER = comment_marker("schemas", "sit")

items = st.frozensets(st.sampled_from(ITEMS))
ref = st.sampled_from([PULL, PULL, MAIN])


class Killed(BaseException):
    """The runner ends the job."""


@dataclass
class Model:
    """What is in each place, and in which places each issue was last seen to be open. Knows nothing of GitHub."""

    present: dict[str, frozenset[str]] = field(default_factory=lambda: {PULL: frozenset(), MAIN: frozenset()})
    is_open: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    live: set[str] = field(default_factory=lambda: {PULL, MAIN})

    def ran(self, where: str) -> None:
        """A run for one place: what it has is open; what it has not is closed, unless another live place has it."""
        for item in ITEMS:
            known = self.places.get(item, set()) & self.live if item in self.is_open else set()
            if item in self.present[where]:
                self.places[item] = known | {where}
                self.is_open.add(item)
            elif item in self.is_open:
                self.places[item] = known - {where}
                if not self.places[item]:
                    self.is_open.discard(item)


class Stories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.github = FakeGitHub(head="0" * 40)
        self.heads = {PULL: "0" * 40, MAIN: "f" * 40}
        self.notes: dict[int, list[str]] = {}
        self.forged: list[tuple[dict[str, Any], str]] = []
        self.pushes = 0

    # What happens.

    @rule(where=ref, found=items)
    def push(self, where: str, found: frozenset[str]) -> None:
        self.pushes += 1
        self.heads[where] = f"{self.pushes:040x}"
        self.github.head = self.heads[PULL]
        self.model.present[where] = found

    @rule()
    def merge(self) -> None:
        self.push(MAIN, self.model.present[PULL])
        self.model.live.discard(PULL)
        self.github.open_pulls = []

    @rule()
    def reopen_the_pull_request(self) -> None:
        self.model.live.add(PULL)
        self.github.open_pulls = [1]

    @rule(data=st.data(), reason=st.sampled_from(["completed", "not_planned"]), is_open=st.booleans())
    def somebody_closes_or_reopens_an_issue(self, data: st.DataObject, reason: str, is_open: bool) -> None:
        issue = self.draw(data, self.ours())
        if issue is not None:
            issue.update(state="open" if is_open else "closed", state_reason="reopened" if is_open else reason)
            (self.model.is_open.add if is_open else self.model.is_open.discard)(key(issue))

    @rule(data=st.data(), before=st.booleans())
    def somebody_writes_into_an_issue(self, data: st.DataObject, before: bool) -> None:
        issue = self.draw(data, self.ours())
        if issue is not None:
            note = f"note {len(self.notes.setdefault(issue['number'], []))} of mine"
            self.notes[issue["number"]].append(note)
            issue["body"] = f"{note}\r\n{issue['body']}" if before else f"{issue['body']}\r\n{note}"

    @rule(data=st.data())
    def somebody_ticks_a_box(self, data: st.DataObject) -> None:
        issue = self.draw(data, self.ours())
        if issue is not None:
            issue["body"] = issue["body"].replace("- [ ] do", "- [x] do")
            self.notes.setdefault(issue["number"], []).append("- [x] do")

    @rule(data=st.data())
    def somebody_takes_a_label_off(self, data: st.DataObject) -> None:
        issue = self.draw(data, self.ours())
        if issue is not None:
            issue["labels"] = []

    @rule(data=st.data(), deletes=st.booleans())
    def somebody_edits_or_deletes_our_comment(self, data: st.DataObject, deletes: bool) -> None:
        comment = self.draw(data, [each for each in self.github.comments if each["user"] == BOT])
        if comment is not None and deletes:
            self.github.comments.remove(comment)
        elif comment is not None:
            comment["body"] = f"{MARKER}\nREADY, I promise"

    @rule(item=st.sampled_from(ITEMS))
    def mallory_forges(self, item: str) -> None:
        self.github.next_id += 1
        number = self.github.next_id
        body = f"<!-- bbws-gate:issue schemas/sit/{item} refs= -->\nmine\n<!-- bbws-gate:end -->"
        row = {"id": number, "number": number, "user": MALLORY, "html_url": "", "title": "t", "state": "open", "body": body, "labels": []}
        self.github.issues.append({**row, "labels": ["bbws-gate"]})
        self.github.comments.append({**row, "body": f"{MARKER}\nREADY"})
        self.forged += [(each[-1], each[-1]["body"]) for each in (self.github.issues, self.github.comments)]

    # The runs.

    @rule(where=ref)
    def run_twice(self, where: str) -> None:
        self.complete(where)
        self.github.sent.clear()
        self.complete(where)
        assert self.github.writes == []

    @rule(where=ref, writes=st.integers(0, 6))
    def run_is_dropped_and_repeated(self, where: str, writes: int) -> None:
        original = self.github.request

        def dying(verb: str, *arguments: Any, **named: Any) -> Any:
            nonlocal writes
            writes -= verb != "GET"
            if writes < 0:
                raise Killed
            return original(verb, *arguments, **named)

        self.github.request = dying  # type: ignore[method-assign]
        try:
            publish(self.github, self.wanted(where))
        except Killed:
            shown = self.newest_check(where)
            assert shown is None or shown.get("conclusion") != "success" or not self.model.present[where]
        self.github.request = original  # type: ignore[method-assign]
        self.complete(where)

    @rule(first=ref, second=ref, meet_at=st.integers(1, 6))
    def two_runs_meet(self, first: str, second: str, meet_at: int) -> None:
        """One is held up before some write until another one is through; each place is looked at once more afterwards."""
        original = self.github.request

        def meeting(verb: str, *arguments: Any, **named: Any) -> Any:
            nonlocal meet_at
            meet_at -= verb != "GET"
            if meet_at == 0:
                self.github.request = original  # type: ignore[method-assign]
                assert publish(self.github, self.wanted(second)).problems == ()
            return original(verb, *arguments, **named)

        self.github.request = meeting  # type: ignore[method-assign]
        assert publish(self.github, self.wanted(first)).problems == ()
        self.github.request = original  # type: ignore[method-assign]
        for where in dict.fromkeys((first, second)):
            assert publish(self.github, self.wanted(where)).problems == ()
            self.model.ran(where)
        for where in dict.fromkeys((first, second)):
            self.complete(where)

    def complete(self, where: str) -> None:
        """A run from beginning to end, and everything that must be true then."""
        assert publish(self.github, self.wanted(where)).problems == ()
        self.model.ran(where)
        found = self.ours()
        assert {key(issue) for issue in found if issue["state"] == "open"} == self.model.is_open
        assert len([issue for issue in found if issue["state"] == "open"]) == len(self.model.is_open)
        for number, notes in self.notes.items():
            (issue,) = [each for each in found if each["number"] == number]
            assert all(note in issue["body"] for note in notes)
        assert all(row["body"] == body for row, body in self.forged)
        shown = self.newest_check(where)
        assert shown is not None
        assert (shown["status"], shown["conclusion"]) == ("completed", "failure" if self.model.present[where] else "success")
        if where == PULL:
            (comment,) = [each["body"] for each in self.github.comments if each["user"] == BOT]
            assert comment == f"{MARKER}\n{verdict(self.model.present[PULL])}"

    # What the runs want, and what is there.

    def wanted(self, where: str) -> Wanted:
        found = self.model.present[where]
        return Wanted(
            "schemas",
            "sit",
            self.heads[where],
            where,
            1 if where == PULL else None,
            check=WantedCheck("failure" if found else "success", verdict(found), "s", "t"),
            comment=verdict(found) if where == PULL else None,
            issues=tuple(WantedIssue(item, f"Item {item}", f"- [ ] do {item}") for item in sorted(found)),
        )

    def newest_check(self, where: str) -> dict[str, Any] | None:
        return next((check for check in reversed(self.github.checks) if check["head_sha"] == self.heads[where]), None)

    def ours(self) -> list[dict[str, Any]]:
        return [issue for issue in self.github.issues if issue["user"] == BOT]

    @staticmethod
    def draw(data: st.DataObject, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
        return data.draw(st.sampled_from(rows)) if rows else None


def key(issue: dict[str, Any]) -> str:
    body = read_body(issue["body"])
    assert body is not None
    return body.item


def verdict(found: frozenset[str]) -> str:
    return f"BLOCKED by {', '.join(sorted(found))}" if found else "READY"


TestStories = Stories.TestCase
TestStories.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
