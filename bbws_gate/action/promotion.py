"""One commit and one environment: spec, check run in progress, assessment, reports, everything else on GitHub, verdict.

Imports are half of a small run, so each part is imported where it is needed: what evaluates by the worker, and what asks GitHub and what
makes pages by this process while a worker is at work.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bbws_gate.action.applicability import Watched, changed_paths, concerns, edited_paths
from bbws_gate.action.connection import Connection
from bbws_gate.action.inputs import CheckKind, Inputs
from bbws_gate.action.reports import report_folder
from bbws_gate.action.subject import Subject
from bbws_gate.action.verdict import conclusion, exit_code
from bbws_gate.action.workspace_files import read_plain_file
from bbws_gate.deferred import dataclass, regex
from bbws_gate.errors import PublishError, SpecError
from bbws_gate.isolation import WorkerDied, isolated
from bbws_gate.model import Assessment
from bbws_gate.publish.apply import Applier
from bbws_gate.publish.commands import as_json
from bbws_gate.publish.failures import Refused as GitHubRefused
from bbws_gate.publish.job_files import write_summary
from bbws_gate.publish.publisher import DryRun, Published, Publisher, failed
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.publish.reading.record import Reading, unreadable
from bbws_gate.publish.reading.tree import Commits
from bbws_gate.publish.sending import Clock
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedStatus
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.escape import markdown_block, markdown_link
from bbws_gate.render.overrides import read_own, templates_with
from bbws_gate.repository import Refused, Repository
from bbws_gate.spec import LoadedSpec
from bbws_gate.spec.in_repository import read_spec

if TYPE_CHECKING:
    from bbws_gate.cost.infracost import Report
    from bbws_gate.render.templates import Templates

NO_VERDICT = "The assessment could not be completed"
_PROJECT = regex(r"^project:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended."""

    code: int
    assessment: Assessment | None = None
    comment_url: str = ""
    check_url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the worker hands back."""

    assessment: Assessment
    is_concerned: bool
    """Whether the change concerns the project."""


class Promotion:
    """The run for one subject and one environment."""

    def __init__(
        self,
        inputs: Inputs,
        environment: str,
        subject: Subject,
        *,
        connection: Connection | None,
        commits: Commits,
        log: WorkflowLog,
        clock: Clock,
        report_dir: str,
    ) -> None:
        self._inputs = inputs
        self._environment = environment
        self._subject = subject
        self._connection = connection
        self._commits = commits
        self._log = log
        self._now = clock.now
        self._clock = clock
        self._report_dir = report_dir
        self._publisher = self._make_publisher()
        self._wanted: Wanted | None = None
        self._infracost: bytes | None = None

    def run(self) -> Ended:
        """Assess and publish.

        Raises:
            GateError: there is no verdict; :meth:`fail` then says so on GitHub.
        """
        subject = self._subject
        if self._connection is not None:
            self._connection.lists.forget()  # what was read for another subject or environment may be old by now
        head = Watched(self._commits.open(subject.head))
        base = Watched(self._commits.open(subject.base)) if subject.base else None
        spec = self._begin(base or head)
        own = read_own(base or head, spec.spec.templates.folder)
        if self._inputs.infracost:
            self._infracost = read_plain_file(self._inputs.workspace, self._inputs.infracost, made_by="Infracost's report")
        reading = self._read(spec)
        changed = self._changed(subject.base) if subject.base else None
        judged = isolated(
            lambda: self._judge(head, base, spec, reading, changed), Judged, answer=self._commits.answer, meanwhile=_prepare_pages
        )
        templates = templates_with(own)
        assessment = judged.assessment
        if judged.is_concerned and assessment.proposal is not None:
            from bbws_gate.action.trial import Trial

            record = reading.record if reading is not None else None
            assessment = Trial(head, spec, templates, record, self._second_opinion).of(assessment, answer=self._commits.answer)
        return self._finish(spec, assessment, reading, templates, is_concerned=judged.is_concerned)

    def _judge(
        self, head: Watched, base: Watched | None, spec: LoadedSpec, reading: Reading | None, changed: tuple[str, ...] | None
    ) -> Judged:
        """The worker's part."""
        from bbws_gate.pipeline import assess_repository

        assessment = assess_repository(
            head,
            spec,
            self._environment,
            commit=self._subject.head,
            assessed_at=datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            base=base,
            infracost=self._second_opinion(),
            record=reading.record if reading is not None else None,
            open_commit=self._commits,
            touched=edited_paths(self._inputs.checkout, self._subject.base, self._subject.head) if self._subject.base else None,
        )
        return Judged(assessment, is_concerned=base is None or concerns(assessment, changed, (head, base)))

    def _second_opinion(self) -> Report | None:
        """What Infracost says; read in workers only, because it is made from the change's files."""
        if self._infracost is None:
            return None
        from bbws_gate.cost.infracost import read_report

        return read_report(self._infracost, self._inputs.infracost)

    def fail(self, reason: str) -> Ended:
        """Say on GitHub and in the summary that there is no verdict."""
        title = f"## bbws-gate: {NO_VERDICT.lower()} ({self._environment})\n\n{markdown_block(reason)}\n"
        write_summary(self._inputs.summary_file, title)
        if self._publisher is not None and self._wanted is not None:
            self._report(self._publisher.finish(failed(self._wanted, NO_VERDICT, reason)).problems)
        return self._ended(1, None)

    def _make_publisher(self) -> Publisher | None:
        connection, inputs = self._connection, self._inputs
        off = inputs.check is CheckKind.NONE and not inputs.comment and not inputs.issues
        if connection is None or off or self._subject.read_only:
            return None
        writer = (
            DryRun()
            if inputs.dry_run
            else Applier(connection.github, connection.sender, connection.observer, inputs.repository, run_url=inputs.run_url)
        )
        return Publisher(connection.observer, writer, dry=inputs.dry_run)

    def _begin(self, judge: Repository) -> LoadedSpec:
        """Read the spec that judges and start the check run under its project's name."""
        try:
            isolated(  # bounded there,
                lambda: bool(read_spec(judge, self._inputs.spec)), bool, answer=self._commits.answer, meanwhile=self._prepare_requests
            )
            spec = read_spec(judge, self._inputs.spec)  # and the same bytes here
        except (SpecError, WorkerDied):
            self._wanted = self._unassessed(_project_in(judge, self._inputs.spec) or self._inputs.repository.split("/")[1])
            raise
        self._wanted = self._unassessed(spec.spec.project)
        if self._publisher is not None:
            self._publisher.begin(self._wanted)
        return spec

    def _prepare_requests(self) -> None:
        if self._connection is not None:
            self._connection.github.client  # noqa: B018 - makes it

    def _read(self, spec: LoadedSpec) -> Reading | None:
        """What people said, as far as GitHub tells; None where there is nobody to ask."""
        connection, subject = self._connection, self._subject
        if connection is None:
            return None
        number = subject.pull or subject.said_on
        roles = {role: (members.users, members.teams) for role, members in spec.spec.roles.items()}
        try:
            pull = subject.described or (connection.pulls.one(number) if number else self._merged(connection))
            return connection.records.read(
                pull,
                subject.head,
                lambda: connection.observer.own(spec.spec.project, self._environment),
                roles,
                pushed_by=subject.pushed_by,
            )
        except GitHubRefused as refused:
            mend = "give the job the permission `pull-requests: read`"
            return unreadable(number, subject.head, PublishError(f"cannot be read: {refused.message}", mend=mend))
        except PublishError as error:
            return unreadable(number, subject.head, error)

    def _merged(self, connection: Connection) -> PullRequest | None:
        """On the default branch, the pull request that brought the commit: what was said there still counts."""
        return connection.pulls.merged_by(self._subject.head) if self._subject.on_default_branch else None

    def _changed(self, start: str) -> tuple[str, ...] | None:
        """What the pull request changes; None when that is not known."""
        changed = changed_paths(self._inputs.checkout, start, self._subject.head)
        if changed is None and self._connection is not None:  # a fork's commit is not in the default branch's checkout
            try:
                changed = self._connection.pulls.changed(start, self._subject.head)
            except PublishError as error:
                self._log.notice(f"What the pull request changes is not known, so it counts as concerning the project: {error}")
        return changed

    def _unassessed(self, project: str) -> Wanted:
        """What is wanted as long as nothing is known: every feature that is on, and no success anywhere."""
        subject, kind = self._subject, self._inputs.check
        wanted = Wanted(
            project=project,
            environment=self._environment,
            head=subject.head,
            ref=subject.ref,
            pull=subject.pull,
            check=WantedCheck("failure", NO_VERDICT, NO_VERDICT, "") if kind is CheckKind.CHECK_RUN else None,
            status=WantedStatus("failure", NO_VERDICT) if kind is CheckKind.STATUS else None,
            comment=NO_VERDICT if self._inputs.comment and subject.pull is not None else None,
        )
        has_issues = self._inputs.issues and (subject.pull is not None or subject.on_default_branch)
        return replace(wanted, issues=() if has_issues else None)

    def _finish(
        self, spec: LoadedSpec, assessment: Assessment, reading: Reading | None, templates: Templates, *, is_concerned: bool
    ) -> Ended:
        from bbws_gate.action.news import last_status, tell_change, with_history
        from bbws_gate.action.wanting import links_to, not_applicable, wanted_from
        from bbws_gate.publish.files import write_reports
        from bbws_gate.render.documents import job_summary

        inputs = self._inputs
        link = links_to(inputs.server_url, inputs.repository, assessment.commit)
        assessment = with_history(assessment, inputs, self._log)
        write_reports(assessment, report_folder(inputs.workspace, self._report_dir), link=link, templates=templates)
        self._print(assessment)
        published = Published(())
        if self._publisher is not None and self._wanted is not None:
            people = {role: members.users for role, members in spec.spec.roles.items()}
            self._wanted = (
                wanted_from(
                    self._wanted,
                    assessment,
                    conclusion(assessment, inputs.fail_on),
                    link,
                    people=people,
                    reading=reading,
                    templates=templates,
                    report=_where(inputs.run_url),
                )
                if is_concerned
                else not_applicable(self._wanted, assessment)
            )
            before = last_status(assessment, inputs, self._connection, self._subject)
            published = self._publisher.finish(self._wanted)
            if is_concerned:
                tell_change(assessment, before, inputs, comment_url=self._publisher.comment_url, clock=self._clock, log=self._log)
            self._report_commands()
        self._report(published.problems)
        for note in published.notes:
            self._log.notice(note)
        if published.head_moved:
            self._log.notice(f"{self._subject.ref} is at {published.head_moved} by now: comment and issues are left to its own run.")
        unpublished = "\n".join(str(problem) for problem in published.problems)
        lead = f"**Not everything could be published.**\n\n{markdown_block(unpublished)}\n\n" if unpublished else ""
        if not is_concerned:
            self._log.notice(NOT_CONCERNED.format(assessment.project))
            lead += f"**{NOT_CONCERNED.format(assessment.project)}** For the record, the project itself:\n\n"
        write_summary(inputs.summary_file, lead + job_summary(assessment, link=link, templates=templates))
        for problem in templates.problems:
            self._log.warning(f"Not used: {problem}", title="bbws-gate")
        verdict = exit_code(assessment, inputs.fail_on) if is_concerned else 0
        return self._ended(PublishError.exit_code if published.problems else verdict, assessment)

    def _ended(self, code: int, assessment: Assessment | None) -> Ended:
        if self._publisher is None:
            return Ended(code, assessment)
        return Ended(code, assessment, self._publisher.comment_url, self._publisher.check_url)

    def _report(self, problems: tuple[PublishError, ...]) -> None:
        """One line for each thing to mend, though several features may stumble over the same."""
        for problem in {problem.mend or problem.what: problem for problem in reversed(problems)}.values():
            self._log.error(str(problem), title="bbws-gate")

    def _report_commands(self) -> None:
        if self._publisher is None:
            return
        commands = [json.dumps(as_json(command), ensure_ascii=True) for command in self._publisher.commands]
        if self._inputs.dry_run:
            self._log.group(f"Dry run: {len(commands)} commands, none carried out", commands)

    def _print(self, assessment: Assessment) -> None:
        from rich.console import Console

        from bbws_gate.render.text import print_assessment

        text = io.StringIO()
        print_assessment(assessment, Console(file=text, width=140, highlight=False, color_system=None))
        self._log.lines(text.getvalue().splitlines())


def _prepare_pages() -> None:
    """Import what makes pages, in the time that the worker takes."""
    import bbws_gate.action.news
    import bbws_gate.action.wanting
    import bbws_gate.publish.files
    import bbws_gate.render.text  # noqa: F401


NOT_CONCERNED = "Not applicable: nothing of the project {} changed."


def _where(run_url: str) -> str:
    """Where the reports are that a page has no room for: the run, with its summary and its artifacts."""
    return markdown_link("the run and its artifacts", run_url) if run_url else "the job summary"


def _content(repository: Repository, path: str) -> bytes | None:
    try:
        return repository.read(path)
    except Refused:
        return None


def _project_in(repository: Repository, path: str) -> str | None:
    """The project that a spec names even though it is invalid, so that the failed check run carries the name that branch rules require."""
    content = _content(repository, path)
    found = _PROJECT.search(content.decode("utf-8", "replace")) if content is not None else None
    return found[1] if found else None
