"""A run of the action: from the event to every commit and environment that it concerns, and from their verdicts to one exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bbws_gate.action.connection import Connection, connect
from bbws_gate.action.event import read_event
from bbws_gate.action.inputs import Inputs
from bbws_gate.action.promotion import NO_VERDICT, Ended, Promotion
from bbws_gate.action.subject import Event, Subject
from bbws_gate.action.subjects import MAX_SUBJECTS, subjects
from bbws_gate.errors import GateError, UsageError
from bbws_gate.model import Status
from bbws_gate.publish.job_files import write_outputs, write_summary
from bbws_gate.publish.reading.tree import Commits
from bbws_gate.publish.sending import Clock
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.escape import markdown_block
from bbws_gate.repository.facts import head_commit
from bbws_gate.store import Store, in_folder, with_store

_WORST_LAST = (Status.READY, Status.READY_WITH_WARNINGS, Status.PENDING, Status.BLOCKED, Status.ERROR)


class Gate:
    """One run."""

    def __init__(self, inputs: Inputs, log: WorkflowLog, clock: Clock) -> None:
        self._inputs = inputs
        self._log = log
        self._clock = clock
        self._current: Promotion | None = None

    def run(self) -> int:
        """Assess and publish everything that the event concerns, and answer with the worst exit code.

        Raises:
            GateError: there is nothing to assess, or no verdict on the only thing there is; :meth:`fail` then says so on GitHub.
        """
        event = read_event(self._inputs)
        if event.privileged:
            self._refuse_checked_out_fork()
        if event.why_nothing:
            return self._nothing(event.why_nothing)
        connection = self._connect(event)
        self._warn_of_power(connection)
        found = subjects(event, connection.pulls if connection else None, sha=self._inputs.sha)
        if not found:
            return self._nothing("No open pull request or branch is concerned.")
        if len(found) > MAX_SUBJECTS:
            self._log.notice(f"{len(found)} pull requests are open; the newest {MAX_SUBJECTS} are looked at.")
        commits = Commits(self._inputs.checkout, connection.lists if connection else None, self._inputs.repository)
        every = [(subject, environment) for subject in found for environment in self._inputs.environments]
        with with_store(self._store(), lambda why: self._log.notice(f"Parsed files are not kept in {self._inputs.cache}: {why}")):
            ended = [self._one(subject, environment, connection, commits, alone=len(every) == 1) for subject, environment in every]
            self._outputs(ended)
        if connection is not None:
            self._log.lines((_told(connection),))
        return max(each.code for each in ended)  # no verdict at all is worse than a bad one

    def fail(self, reason: str) -> None:
        """Say on GitHub, in the outputs and in the summary that there is no verdict."""
        ended = Ended(1)
        if self._current is not None:
            ended = self._current.fail(reason)
        else:
            write_summary(self._inputs.summary_file, f"## bbws-gate: {NO_VERDICT.lower()}\n\n{markdown_block(reason)}\n")
        self._outputs([ended])

    def _one(self, subject: Subject, environment: str, connection: Connection | None, commits: Commits, *, alone: bool) -> Ended:
        folder = self._inputs.report_dir if alone else f"{self._inputs.report_dir}/{subject.ref.replace('/', '-')}-{environment}"
        self._current = Promotion(
            self._inputs,
            environment,
            subject,
            connection=connection,
            commits=commits,
            log=self._log,
            clock=self._clock,
            report_dir=folder,
        )
        if alone:
            return self._current.run()
        try:
            return self._current.run()
        except GateError as error:  # the others have a verdict all the same
            self._log.error(f"{subject.ref}, {environment}: {error}", title="bbws-gate")
            ended = self._current.fail(str(error))
            return Ended(error.exit_code, None, ended.comment_url, ended.check_url)

    def _store(self) -> Store | None:
        """Where parsed files are kept; None without a folder or without the secret that tells our packs from others'."""
        inputs = self._inputs
        if not inputs.cache or inputs.cache_secret is None:
            return None
        return in_folder(inputs.workspace, Path(inputs.cache).parts, inputs.repository, inputs.cache_secret)

    def _nothing(self, why: str) -> int:
        self._log.notice(f"Not applicable: {why}")
        write_summary(self._inputs.summary_file, f"## bbws-gate: not applicable\n\n{why}\n")
        write_outputs(self._inputs.output_file, dict.fromkeys(OUTPUTS, ""))
        return 0

    def _refuse_checked_out_fork(self) -> None:
        """With a token that can write, nothing of a pull request may lie in the workspace: other steps would run it.

        https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
        """
        if head_commit(self._inputs.checkout) != self._inputs.sha:
            raise UsageError(
                f"{self._inputs.event_name} with another commit than the base branch's checked out",
                mend="leave out `ref:` in actions/checkout and fetch the pull request's commit without checking it out",
            )

    def _connect(self, event: Event) -> Connection | None:
        """Reach GitHub; with a token that can only read, whatever fails there must not cost the verdict."""
        narrowed = bool(event.subjects) and all(subject.read_only for subject in event.subjects)
        if not narrowed:
            return connect(self._inputs, self._clock)
        self._log.notice("The token of this run cannot write: the verdict is in this log, the job summary and the exit code.")
        try:
            return connect(self._inputs, self._clock) if self._inputs.token else None
        except GateError as error:
            self._log.notice(f"What people said could not be read: {error}")
            return None

    def _warn_of_power(self, connection: Connection | None) -> None:
        """A token that may do more than the gate needs is somebody's loss when it leaks."""
        if connection is not None and connection.identity.excess:
            scopes = ", ".join(connection.identity.excess)
            self._log.warning(
                f"The token may do more than the gate needs: {scopes}. Use the job's own token, or an App's", title="bbws-gate"
            )

    def _outputs(self, ended: Iterable[Ended]) -> None:
        every = tuple(ended)
        verdicts = [each.assessment for each in every if each.assessment is not None]
        values = dict.fromkeys(OUTPUTS, "")
        values["comment-url"] = next((each.comment_url for each in every if each.comment_url), "")
        values["check-url"] = next((each.check_url for each in every if each.check_url), "")
        values["status"] = Status.ERROR.value
        if verdicts and len(verdicts) == len(every):
            values["status"] = max((verdict.status for verdict in verdicts), key=_WORST_LAST.index).value
            values["score"] = str(min(verdict.score.value for verdict in verdicts))
            standing = [finding for verdict in verdicts for finding in verdict.open_findings]
            values["critical"] = str(sum(1 for finding in standing if finding.severity.value == "critical"))
            values["findings"] = str(len(standing))
            values["report-dir"] = self._inputs.report_dir
        write_outputs(self._inputs.output_file, values)


def _told(connection: Connection) -> str:
    """What the run asked of GitHub."""
    sent = connection.github
    reads = f"{sent.requests - sent.writes} reads, {sent.unchanged} of them answered as unchanged"
    return f"GitHub: {reads}; {sent.writes} writes; {connection.sender.waited:.1f} s of waiting for its pace and its limits."


OUTPUTS = ("status", "score", "critical", "findings", "comment-url", "check-url", "report-dir")
"""Every output of ``action.yml``, in its order."""
