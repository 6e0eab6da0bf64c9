"""Carries commands out, one by one. Decides nothing but how a request is worded and how a lost answer is made good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import TypeAdapter

from bbws_gate.errors import PublishError
from bbws_gate.publish import answers
from bbws_gate.publish.commands import (
    AddBlocker,
    AddSubIssue,
    AnnotateCheck,
    Command,
    CompleteCheck,
    CreateComment,
    CreateIssue,
    CreateLabel,
    CreateMilestone,
    DeleteComment,
    Extra,
    React,
    SetStatus,
    StartCheck,
    UpdateComment,
    UpdateIssue,
)
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.github import Answer, GitHub
from bbws_gate.publish.limits import ANNOTATION_BYTES, CHECK_TITLE, ISSUE_TITLE, STATUS_DESCRIPTION, fit_text, shorten
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.refusals import explained
from bbws_gate.publish.sending import Sender
from bbws_gate.render.annotations import Annotation

T = TypeVar("T")


class Applier:
    """Writes to one repository.

    Args:
        run_url: the workflow run, which check runs and statuses link to; empty for none.
    """

    def __init__(self, github: GitHub, sender: Sender, observer: Observer, repository: str, *, run_url: str = "") -> None:
        self._github = github
        self._sender = sender
        self._observer = observer
        self._root = f"/repos/{repository}"
        self._run_url = run_url
        self._started: int | None = None
        self._milestone: int | None = None
        self.check_url = ""
        """Of the check run that was last written."""
        self.comment_url = ""

    @property
    def started(self) -> int | None:
        """The check run that was created, if one was."""
        return self._started

    def apply(self, command: Command) -> None:
        """Carry one command out.

        Raises:
            PermissionMissing: the token may not; the message names the permission.
            PublishError: GitHub refused for another reason, or could not be reached.
        """
        try:
            self._carry_out(command)
        except Refused as refused:
            raise explained(refused, command.what, command.permission) from refused

    def _carry_out(self, command: Command) -> None:
        match command:
            case StartCheck():
                self._start_check(command)
            case AnnotateCheck():
                self._annotate(command)
            case CompleteCheck():
                self._complete(command)
            case SetStatus():
                self._set_status(command)
            case CreateComment():
                self._create_comment(command)
            case UpdateComment():
                self._update_comment(command)
            case DeleteComment():
                self._delete_comment(command)
            case CreateLabel():
                self._create_label(command)
            case CreateIssue():
                self._create_issue(command)
            case UpdateIssue():
                self._update_issue(command)
            case CreateMilestone() | AddSubIssue() | AddBlocker() | React():
                self._carry_out_extra(command)

    def _carry_out_extra(self, command: Extra) -> None:
        match command:
            case CreateMilestone():
                self._create_milestone(command)
            case AddSubIssue():
                self._add_sub_issue(command)
            case AddBlocker():
                self._add_blocker(command)
            case React():
                self._send("POST", f"/issues/comments/{command.comment}/reactions", answers.REACTION, {"content": command.content})

    def _start_check(self, command: StartCheck) -> None:
        def find() -> Answer[answers.CheckRun] | None:
            open_runs = [check for check in self._observer.checks(command.name, command.head) if not check.completed and not check.foreign]
            return self._observer.check(open_runs[-1].id) if open_runs else None

        body = {"name": command.name, "head_sha": command.head, "status": "in_progress", **self._details()}
        run = self._send("POST", "/check-runs", answers.CHECK_RUN, body, find).data
        self._observer.learn(run)
        self._started = run.id
        self.check_url = run.html_url or ""

    def _annotate(self, command: AnnotateCheck) -> None:
        run = self._run(command.run)
        due = command.already + len(command.annotations)

        def find() -> Answer[answers.CheckRun] | None:
            answer = self._observer.check(run)
            return answer if answer.data.output.annotations_count >= due else None

        annotations = [_annotation(entry) for entry in command.annotations]
        output = {"title": shorten(command.title, CHECK_TITLE), "summary": command.summary, "annotations": annotations}
        self._send("PATCH", f"/check-runs/{run}", answers.CHECK_RUN, {"output": output}, find)

    def _complete(self, command: CompleteCheck) -> None:
        output = {"title": shorten(command.title, CHECK_TITLE), "summary": command.summary, "text": command.text}
        body = {
            "status": "completed",
            "conclusion": command.conclusion,
            "external_id": command.digest,
            "output": {key: value for key, value in output.items() if value},
            **self._details(),
        }
        run = self._send("PATCH", f"/check-runs/{self._run(command.run)}", answers.CHECK_RUN, body).data
        self.check_url = run.html_url or ""

    def _set_status(self, command: SetStatus) -> None:
        description = shorten(command.description, STATUS_DESCRIPTION)
        body = {"state": command.state, "context": command.context, "description": description}
        if self._run_url:
            body["target_url"] = self._run_url
        self._send("POST", f"/statuses/{command.head}", answers.STATUS, body)  # a second one of the same content changes nothing

    def _create_comment(self, command: CreateComment) -> None:
        def find() -> Answer[answers.Comment] | None:
            ours = self._observer.comments(command.pull, command.marker)
            return self._observer.comment(ours[0].id) if ours else None

        answer = self._send("POST", f"/issues/{command.pull}/comments", answers.COMMENT, {"body": command.body}, find)
        self._observer.learn_comment(command.pull, answer.data)
        self.comment_url = answer.data.html_url

    def _update_comment(self, command: UpdateComment) -> None:
        try:
            answer = self._send("PATCH", f"/issues/comments/{command.id}", answers.COMMENT, {"body": command.body})
        except Refused as refused:
            if refused.status not in {404, 410}:
                raise
            self._create_comment(CreateComment(command.pull, command.marker, command.body))  # deleted meanwhile
            return
        self.comment_url = answer.data.html_url

    def _delete_comment(self, command: DeleteComment) -> None:
        try:
            self._send("DELETE", f"/issues/comments/{command.id}", answers.NOTHING, None)
        except Refused as refused:
            if refused.status not in {404, 410}:
                raise

    def _create_label(self, command: CreateLabel) -> None:
        body = {"name": command.name, "color": command.color, "description": command.description}
        try:
            self._send("POST", "/labels", answers.LABEL, body)
        except Refused as refused:
            if refused.status != 422 or not self._observer.has_label():  # somebody else made it meanwhile
                raise

    def _create_issue(self, command: CreateIssue) -> None:
        def find() -> Answer[answers.Issue] | None:
            return self._observer.issue(command.key)

        body: dict[str, object] = {"title": shorten(command.title, ISSUE_TITLE), "body": command.body, "labels": list(command.labels)}
        milestone = command.milestone or self._milestone
        if milestone is not None:
            body["milestone"] = milestone
        try:
            assigned = {**body, "assignees": list(command.assignees)} if command.assignees else body
            made = self._send("POST", "/issues", answers.ISSUE, assigned, find)
        except Refused as refused:
            if refused.status != 422 or not command.assignees:
                raise
            made = self._send("POST", "/issues", answers.ISSUE, body, find)  # people without access to the repository cannot be assigned
        self._observer.learn_issue(made.data)

    def _update_issue(self, command: UpdateIssue) -> None:
        body = {"title": shorten(command.title, ISSUE_TITLE), "body": command.body}
        if command.state is not None:
            body["state"] = command.state
        if command.reason is not None:
            body["state_reason"] = command.reason
        self._send("PATCH", f"/issues/{command.number}", answers.ISSUE, body)

    def _create_milestone(self, command: CreateMilestone) -> None:
        """Due at noon UTC: GitHub shows the day in its own time zone, and midnight would be the day before there."""
        body = {"title": command.title, "due_on": f"{command.due}T12:00:00Z"}
        self._milestone = self._send("POST", "/milestones", answers.MILESTONE, body).data.number

    def _add_sub_issue(self, command: AddSubIssue) -> None:
        body: dict[str, object] = {"sub_issue_id": command.child}
        if command.is_elsewhere:
            body["replace_parent"] = True
        self._link(f"/issues/{command.parent}/sub_issues", body)

    def _add_blocker(self, command: AddBlocker) -> None:
        self._link(f"/issues/{command.number}/dependencies/blocked_by", {"issue_id": command.blocker})

    def _link(self, path: str, body: Mapping[str, object]) -> None:
        """A link that is there already is refused with 422, also after a lost answer."""
        try:
            self._send("POST", path, answers.ISSUE, body)
        except Refused as refused:
            if refused.status != 422 or ("already" not in refused.message.lower() and "duplicate" not in refused.message.lower()):
                raise

    def _send(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[T],
        body: Mapping[str, object] | None,
        find: Callable[[], Answer[T] | None] | None = None,
    ) -> Answer[T]:
        return self._sender.write(lambda: self._github.request(verb, f"{self._root}{path}", shape, body=body), find=find)

    def _run(self, run: int | None) -> int:
        if run is not None:
            return run
        if self._started is None:
            raise PublishError("the check run was not started")
        return self._started

    def _details(self) -> dict[str, str]:
        return {"details_url": self._run_url} if self._run_url else {}


def _annotation(entry: Annotation) -> dict[str, object]:
    return {
        "path": entry.path,
        "start_line": entry.start_line,
        "end_line": entry.end_line,
        "annotation_level": entry.level,
        "title": shorten(entry.title, CHECK_TITLE),
        "message": fit_text(entry.message, ANNOTATION_BYTES),
    }
