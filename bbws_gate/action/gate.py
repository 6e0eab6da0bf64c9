"""The steps of a run, in order: subject, spec, check run in progress, assessment, reports, everything else on GitHub, verdict."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

from bbws_gate.action.event import Subject, read_event
from bbws_gate.action.inputs import CheckKind, Inputs
from bbws_gate.action.reports import report_folder
from bbws_gate.action.verdict import conclusion, exit_code
from bbws_gate.action.wanting import links_to, wanted_from
from bbws_gate.errors import PublishError, SpecError, UsageError
from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.publish.apply import Applier
from bbws_gate.publish.commands import as_json
from bbws_gate.publish.files import write_reports
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import who_am_i
from bbws_gate.publish.job_files import write_outputs, write_summary
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import DryRun, Published, Publisher, failed
from bbws_gate.publish.sending import Clock, Sender
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedStatus
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.documents import job_summary
from bbws_gate.render.escape import markdown_block
from bbws_gate.repository import GitTree, Refused, Repository
from bbws_gate.repository.facts import head_commit
from bbws_gate.spec import LoadedSpec

NO_VERDICT = "The assessment could not be completed"
_PROJECT = re.compile(r"^project:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)


class Gate:
    """One run for one subject."""

    def __init__(self, inputs: Inputs, log: WorkflowLog, clock: Clock) -> None:
        self._inputs = inputs
        self._log = log
        self._clock = clock
        self._publisher: Publisher | None = None
        self._wanted: Wanted | None = None

    def run(self) -> int:
        """Assess, publish, and answer with the exit code.

        Raises:
            GateError: there is no verdict; :meth:`fail` then says so on GitHub.
        """
        subject = read_event(self._inputs)
        self._refuse_checked_out_fork()
        self._connect(subject)
        head = GitTree(self._inputs.checkout, subject.head)
        base = GitTree(self._inputs.checkout, subject.base) if subject.base else None
        spec = self._begin(subject, base or head)
        assessment = assess_repository(
            head,
            spec,
            self._inputs.environment,
            commit=subject.head,
            assessed_at=datetime.fromtimestamp(self._clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            base=base,
            notes=_notes(self._inputs.spec, head, base),
        )
        return self._finish(subject, spec, assessment)

    def fail(self, reason: str) -> None:
        """Say on GitHub, in the outputs and in the summary that there is no verdict."""
        write_summary(self._inputs.summary_file, f"## bbws-gate: {NO_VERDICT.lower()}\n\n{markdown_block(reason)}\n")
        self._outputs({"status": "ERROR"})
        if self._publisher is not None and self._wanted is not None:
            self._report(self._publisher.finish(failed(self._wanted, NO_VERDICT, reason)).problems)

    def _refuse_checked_out_fork(self) -> None:
        """With a token that can write, nothing of a pull request may lie in the workspace: other steps would run it.

        https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
        """
        if self._inputs.event_name != "pull_request_target":
            return
        if head_commit(self._inputs.checkout) != self._inputs.sha:
            raise UsageError(
                "pull_request_target with another commit than the base branch's checked out",
                mend="leave out `ref:` in actions/checkout and fetch the pull request's commit without checking it out",
            )

    def _connect(self, subject: Subject) -> None:
        """Reach GitHub as the token's author; on a fork's pull request do not even try."""
        if subject.read_only:
            self._log.notice("The token of this run cannot write: the verdict is in this log, the job summary and the exit code.")
            return
        inputs = self._inputs
        if inputs.check is CheckKind.NONE and not inputs.comment and not inputs.issues:
            return
        if not inputs.token:
            raise UsageError("the input `token` is empty", mend="leave it out to use the job's own token")
        github = GitHub(inputs.token, inputs.api_url)
        sender = Sender(self._clock, pause=inputs.write_pause)
        identity = who_am_i(github, sender, token=inputs.token, app_slug=inputs.app_slug)
        observer = Observer(github, sender, inputs.repository, identity)
        writer = DryRun() if inputs.dry_run else Applier(github, sender, observer, inputs.repository, run_url=inputs.run_url)
        self._publisher = Publisher(observer, writer, dry=inputs.dry_run)

    def _begin(self, subject: Subject, judge: Repository) -> LoadedSpec:
        """Read the spec that judges and start the check run under its project's name."""
        try:
            spec = read_spec(judge, self._inputs.spec)
        except SpecError:
            self._wanted = self._unassessed(subject, _project_in(judge, self._inputs.spec) or self._inputs.repository.split("/")[1])
            raise
        self._wanted = self._unassessed(subject, spec.spec.project)
        if self._publisher is not None:
            self._publisher.begin(self._wanted)
        return spec

    def _unassessed(self, subject: Subject, project: str) -> Wanted:
        """What is wanted as long as nothing is known: every feature that is on, and no success anywhere."""
        kind = self._inputs.check
        wanted = Wanted(
            project=project,
            environment=self._inputs.environment,
            head=subject.head,
            ref=subject.ref,
            pull=subject.pull,
            check=WantedCheck("failure", NO_VERDICT, NO_VERDICT, "") if kind is CheckKind.CHECK_RUN else None,
            status=WantedStatus("failure", NO_VERDICT) if kind is CheckKind.STATUS else None,
            comment=NO_VERDICT if self._inputs.comment and subject.pull is not None else None,
        )
        has_issues = self._inputs.issues and (subject.pull is not None or subject.on_default_branch)
        return replace(wanted, issues=() if has_issues else None)

    def _finish(self, subject: Subject, spec: LoadedSpec, assessment: Assessment) -> int:
        inputs = self._inputs
        link = links_to(inputs.server_url, inputs.repository, assessment.commit)
        write_reports(assessment, report_folder(inputs.workspace, inputs.report_dir))
        self._print(assessment)
        published = Published(())
        if self._publisher is not None and self._wanted is not None:
            people = {role: members.users for role, members in spec.spec.roles.items()}
            self._wanted = wanted_from(self._wanted, assessment, conclusion(assessment, inputs.fail_on), link, people)
            published = self._publisher.finish(self._wanted)
            self._report_commands()
        self._report(published.problems)
        if published.head_moved:
            self._log.notice(f"{subject.ref} is at {published.head_moved} by now: comment and issues are left to its own run.")
        unpublished = "\n".join(str(problem) for problem in published.problems)
        lead = f"**Not everything could be published.**\n\n{markdown_block(unpublished)}\n\n" if unpublished else ""
        write_summary(inputs.summary_file, lead + job_summary(assessment, link=link))
        self._outputs(
            {
                "status": assessment.status.value,
                "score": str(assessment.score.value),
                "critical": str(sum(1 for finding in assessment.open_findings if finding.severity.value == "critical")),
                "findings": str(len(assessment.open_findings)),
                "report-dir": inputs.report_dir,
            }
        )
        return PublishError.exit_code if published.problems else exit_code(assessment, inputs.fail_on)

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

    def _outputs(self, values: dict[str, str]) -> None:
        empty = dict.fromkeys(OUTPUTS, "")
        urls = {"comment-url": self._publisher.comment_url, "check-url": self._publisher.check_url} if self._publisher else {}
        write_outputs(self._inputs.output_file, {**empty, **urls, **values})


OUTPUTS = ("status", "score", "critical", "findings", "comment-url", "check-url", "report-dir")
"""Every output of ``action.yml``, in its order."""


def _notes(spec_path: str, head: Repository, base: Repository | None) -> tuple[str, ...]:
    """What the change does to the rules that judge it."""
    if base is None or _content(head, spec_path) == _content(base, spec_path):
        return ()
    return (f"This change edits the promotion spec {spec_path}. The base branch's spec judged it; the new one counts once it is merged.",)


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
