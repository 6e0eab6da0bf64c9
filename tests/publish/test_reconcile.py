from __future__ import annotations

from dataclasses import replace

import pytest

from bbws_gate.publish import reconcile
from bbws_gate.publish.commands import (
    AnnotateCheck,
    CompleteCheck,
    CreateComment,
    CreateIssue,
    CreateLabel,
    DeleteComment,
    SetStatus,
    StartCheck,
    UpdateComment,
    UpdateIssue,
)
from bbws_gate.publish.marker import ManagedBody, comment_marker, issue_key, marked_comment
from bbws_gate.publish.observed import ObservedCheck, ObservedComment, ObservedIssue, ObservedIssues
from bbws_gate.publish.wanted import LABEL, Wanted, WantedCheck, WantedIssue, WantedStatus
from bbws_gate.render.annotations import Annotation

CHECK = WantedCheck("failure", "BLOCKED", "summary", "text")
WANTED = Wanted(
    "schemas", "sit", "a" * 40, "pull/1", 1, check=CHECK, comment="verdict", issues=(WantedIssue("tables", "Add tables", "- [ ] do"),)
)
MARKER = comment_marker("schemas", "sit")
KEY = issue_key("schemas", "sit", "tables")


def shown(check: WantedCheck, number: int = 5, *, completed: bool = True, annotations: int = 0) -> ObservedCheck:
    said = (check.conclusion, check.title, check.summary, check.text) if completed else ("", "", "", "")
    return ObservedCheck(number, completed, check.digest if completed else "", said, annotations, "")


def opened(
    text: str = "- [ ] do", number: int = 3, *, refs: tuple[str, ...] = ("pull/1",), is_open: bool = True, key: str = KEY
) -> ObservedIssue:
    return ObservedIssue(number, "Add tables", ManagedBody("", key, refs, "", "").with_text(text), is_open, "")


def annotations(count: int) -> tuple[Annotation, ...]:
    return tuple(Annotation("main.tf", line, line, "failure", "title", "message") for line in range(1, count + 1))


class TestCheck:
    def test_start__none_there(self) -> None:
        assert reconcile.start_check("name", "sha", ()) == (StartCheck("name", "sha"),)

    @pytest.mark.parametrize("there", [shown(CHECK), shown(CHECK, completed=False)])
    def test_start__one_there_is_left_alone_until_the_result_is_known(self, there: ObservedCheck) -> None:
        assert reconcile.start_check("name", "sha", (there,)) == ()

    def test_finish__same_result_writes_nothing(self) -> None:
        assert reconcile.finish_check("name", "sha", CHECK, (shown(CHECK),)) == ()

    def test_finish__the_one_in_progress_is_completed(self) -> None:
        (command,) = reconcile.finish_check("name", "sha", CHECK, (shown(CHECK, 5, completed=False),))
        assert isinstance(command, CompleteCheck)
        assert (command.run, command.conclusion, command.digest) == (5, "failure", CHECK.digest)

    def test_finish__another_result_gets_a_check_run_of_its_own(self) -> None:
        start, complete = reconcile.finish_check("name", "sha", CHECK, (shown(replace(CHECK, conclusion="success")),))
        assert isinstance(start, StartCheck)
        assert isinstance(complete, CompleteCheck)
        assert complete.run is None

    def test_finish__a_forged_conclusion_under_our_digest_is_not_believed(self) -> None:
        forged = replace(shown(CHECK), said=("success", CHECK.title, CHECK.summary, CHECK.text))
        assert [type(command) for command in reconcile.finish_check("name", "sha", CHECK, (forged,))] == [StartCheck, CompleteCheck]

    def test_finish__one_left_half_annotated_is_replaced(self) -> None:
        ended, start, complete = reconcile.finish_check("name", "sha", CHECK, (shown(CHECK, 5, completed=False, annotations=50),))
        assert isinstance(ended, CompleteCheck)
        assert (ended.run, ended.conclusion) == (5, "failure")
        assert isinstance(start, StartCheck)
        assert isinstance(complete, CompleteCheck)
        assert complete.run is None

    def test_finish__older_ones_that_never_ended_are_ended(self) -> None:
        (ended,) = reconcile.finish_check("name", "sha", CHECK, (shown(CHECK, 4, completed=False), shown(CHECK, 5)))
        assert isinstance(ended, CompleteCheck)
        assert (ended.run, ended.conclusion) == (4, "failure")

    @pytest.mark.parametrize(("count", "batches"), [(0, []), (1, [1]), (50, [50]), (51, [50, 1]), (500, [50] * 10)])
    def test_finish__annotations_go_in_batches_before_the_conclusion(self, count: int, batches: list[int]) -> None:
        wanted = replace(CHECK, annotations=annotations(count))
        start, *batch, complete = reconcile.finish_check("name", "sha", wanted, ())
        assert isinstance(start, StartCheck)
        assert isinstance(complete, CompleteCheck)
        assert [len(command.annotations) for command in batch if isinstance(command, AnnotateCheck)] == batches
        assert [line.start_line for command in batch if isinstance(command, AnnotateCheck) for line in command.annotations] == [
            *range(1, count + 1)
        ]

    def test_finish__long_texts_fit(self) -> None:
        wanted = replace(CHECK, title="t" * 300, summary="s\n" * 50_000, text="x\n" * 50_000)
        complete = reconcile.finish_check("name", "sha", wanted, ())[-1]
        assert isinstance(complete, CompleteCheck)
        assert len(complete.title) <= 255
        assert len(complete.summary) <= 65_535
        assert len(complete.text) <= 65_535

    def test_digest__any_difference_shows(self) -> None:
        variants = [CHECK, replace(CHECK, text="other"), replace(CHECK, conclusion="success"), replace(CHECK, annotations=annotations(1))]
        assert len({variant.digest for variant in variants}) == len(variants)


class TestStatus:
    WANTED = replace(WANTED, check=None, status=WantedStatus("failure", "BLOCKED: 3 findings"))

    def test_status__same_is_not_written_again(self) -> None:
        assert reconcile.status(self.WANTED, ("failure", "BLOCKED: 3 findings")) == ()

    def test_status__other_is(self) -> None:
        assert reconcile.status(self.WANTED, ("pending", "running")) == (
            SetStatus("bbws-gate / schemas / sit", "a" * 40, "failure", "BLOCKED: 3 findings"),
        )

    def test_status__a_long_description_settles_too(self) -> None:
        wanted = replace(self.WANTED, status=WantedStatus("failure", "x" * 200))
        (command,) = reconcile.status(wanted, None)
        assert isinstance(command, SetStatus)
        assert len(command.description) <= 140
        assert reconcile.status(wanted, (command.state, command.description)) == ()


class TestComment:
    BODY = marked_comment(MARKER, "verdict")

    def test_comment__none_there_is_created(self) -> None:
        assert reconcile.comment(WANTED, ()) == (CreateComment(1, MARKER, self.BODY),)

    @pytest.mark.parametrize("body", [BODY, BODY + "\n", BODY.replace("\n", "\r\n")])
    def test_comment__same_text_is_not_written_again(self, body: str) -> None:
        assert reconcile.comment(WANTED, (ObservedComment(9, body, ""),)) == ()

    def test_comment__other_text_is_replaced_in_place(self) -> None:
        assert reconcile.comment(WANTED, (ObservedComment(9, f"{MARKER}\nold", ""),)) == (UpdateComment(1, MARKER, 9, self.BODY),)

    def test_comment__doubled_keeps_the_oldest(self) -> None:
        present = (ObservedComment(9, self.BODY, ""), ObservedComment(10, self.BODY, ""))
        assert reconcile.comment(WANTED, present) == (DeleteComment(10),)

    def test_comment__feature_off_leaves_everything(self) -> None:
        assert reconcile.comment(replace(WANTED, comment=None), (ObservedComment(9, "x", ""),)) == ()

    def test_comment__an_error_only_replaces(self) -> None:
        error = replace(WANTED, comment_if_present=True)
        assert reconcile.comment(error, ()) == ()
        assert len(reconcile.comment(error, (ObservedComment(9, "old verdict", ""),))) == 1

    def test_comment__a_long_one_fits_with_its_marker_first(self) -> None:
        (command,) = reconcile.comment(replace(WANTED, comment="\U0001f600\n" * 40_000), ())
        assert isinstance(command, CreateComment)
        assert command.body.startswith(MARKER)
        assert len(command.body) <= 65_536
        assert len(command.body.encode()) <= 262_144


class TestIssues:
    def test_issues__none_there_makes_label_and_issue(self) -> None:
        label, create = reconcile.issues(WANTED, ObservedIssues())
        assert isinstance(label, CreateLabel)
        assert isinstance(create, CreateIssue)
        assert (create.key, create.title, create.labels) == (KEY, "Add tables", (LABEL,))
        assert "refs=pull/1" in create.body

    def test_issues__same_writes_nothing(self) -> None:
        assert reconcile.issues(WANTED, ObservedIssues((opened(),), has_label=True)) == ()

    def test_issues__ticked_by_a_person_writes_nothing(self) -> None:
        assert reconcile.issues(WANTED, ObservedIssues((opened("- [x] do"),), has_label=True)) == ()

    def test_issues__other_text_is_replaced_and_peoples_kept(self) -> None:
        present = opened("old")
        present = replace(present, body=present.body._replace(before="above", after="below"))
        (update,) = reconcile.issues(WANTED, ObservedIssues((present,), has_label=True))
        assert isinstance(update, UpdateIssue)
        assert update.state is None
        assert update.body.startswith("above\n")
        assert update.body.endswith("\nbelow")
        assert "- [ ] do" in update.body

    @pytest.mark.parametrize("text", ["- [ ] do", "other"])
    def test_issues__closed_but_wanted_is_reopened(self, text: str) -> None:
        (update,) = reconcile.issues(WANTED, ObservedIssues((opened(text, is_open=False),), has_label=True))
        assert isinstance(update, UpdateIssue)
        assert (update.number, update.state, update.reason) == (3, "open", "reopened")

    def test_issues__manual_work_that_people_rightly_closed_stays_closed(self) -> None:
        manual = replace(WANTED, issues=(WantedIssue("tables", "Add tables", "do", leave_closed=True),))
        assert reconcile.issues(manual, ObservedIssues((opened(is_open=False),), has_label=True)) == ()

    def test_issues__not_wanted_any_more_is_closed_as_completed(self) -> None:
        (update,) = reconcile.issues(replace(WANTED, issues=()), ObservedIssues((opened(),), has_label=True))
        assert isinstance(update, UpdateIssue)
        assert (update.state, update.reason) == ("closed", "completed")
        assert "refs= " in update.body

    def test_issues__closed_and_not_wanted_stays_as_it_is(self) -> None:
        assert reconcile.issues(replace(WANTED, issues=()), ObservedIssues((opened(is_open=False),), has_label=True)) == ()

    def test_issues__another_pull_request_that_has_it_keeps_it_open(self) -> None:
        present = opened(refs=("pull/1", "pull/2"))
        live = frozenset({"heads/main", "pull/1", "pull/2"})
        (update,) = reconcile.issues(replace(WANTED, issues=()), ObservedIssues((present,), True, live))
        assert isinstance(update, UpdateIssue)
        assert update.state is None
        assert "refs=pull/2 " in update.body

    def test_issues__a_pull_request_that_is_closed_keeps_nothing_open(self) -> None:
        present = opened(refs=("pull/1", "pull/2"))
        (update,) = reconcile.issues(replace(WANTED, issues=()), ObservedIssues((present,), True, frozenset({"heads/main", "pull/1"})))
        assert isinstance(update, UpdateIssue)
        assert update.state == "closed"

    def test_issues__a_second_pull_request_joins(self) -> None:
        second = replace(WANTED, ref="pull/2", pull=2)
        live = frozenset({"heads/main", "pull/1", "pull/2"})
        (update,) = reconcile.issues(second, ObservedIssues((opened(),), True, live))
        assert isinstance(update, UpdateIssue)
        assert "refs=pull/1,pull/2 " in update.body

    def test_issues__doubled_keeps_the_oldest(self) -> None:
        (update,) = reconcile.issues(WANTED, ObservedIssues((opened(number=3), opened(number=4)), has_label=True))
        assert isinstance(update, UpdateIssue)
        assert (update.number, update.state, update.reason) == (4, "closed", "not_planned")

    def test_issues__feature_off_leaves_everything(self) -> None:
        assert reconcile.issues(replace(WANTED, issues=None), ObservedIssues((opened("old"),))) == ()

    def test_issues__long_texts_fit_beside_peoples(self) -> None:
        long = replace(WANTED, issues=(WantedIssue("tables", "t", "line of text\n" * 20_000),))
        present = opened("old")
        present = replace(present, body=present.body._replace(after="mine " * 6_000))
        (update,) = reconcile.issues(long, ObservedIssues((present,), has_label=True))
        assert isinstance(update, UpdateIssue)
        assert len(update.body) <= 65_536
        assert update.body.rstrip().endswith("mine")


def test_finish__annotations_that_two_runs_doubled_are_made_anew() -> None:
    """Found by the fault campaign: both runs had adopted one check run."""
    remarks = tuple(Annotation("main.tf", line, line, "failure", "title", "message") for line in range(3))
    wanted = WantedCheck("failure", "t", "s", "x", remarks)
    (*_, complete) = reconcile.finish_check("n", "h", wanted, ())
    assert isinstance(complete, CompleteCheck)
    present = ObservedCheck(1, completed=True, digest=complete.digest, said=("failure", "t", "s", "x"), annotations=3, url="")
    assert reconcile.finish_check("n", "h", wanted, (present,)) == ()
    assert isinstance(reconcile.finish_check("n", "h", wanted, (replace(present, annotations=6),))[0], StartCheck)


def test_reopening__forgets_refs_that_lost_a_race_with_the_closing() -> None:
    body = ManagedBody("", issue_key("schemas", "sit", "a"), ("heads/main", "pull/9"), "text", "")
    closed = ObservedIssue(5, "A", body, is_open=False, url="")
    wanted = Wanted("schemas", "sit", "h" * 40, "pull/1", 1, issues=(WantedIssue("a", "A", "text"),))
    (command,) = reconcile.issues(wanted, ObservedIssues((closed,), has_label=True))
    assert isinstance(command, UpdateIssue)
    assert "refs=pull/1 -->" in command.body
