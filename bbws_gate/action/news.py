"""What a run tells of the status over time: earlier assessments for the pages, and changes for chats and other services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bbws_gate.action.connection import Connection
from bbws_gate.action.inputs import Inputs
from bbws_gate.action.subject import Subject
from bbws_gate.errors import GateError, UsageError
from bbws_gate.history import read_history
from bbws_gate.model import Assessment
from bbws_gate.publish.failures import ApiFailure
from bbws_gate.publish.marker import comment_marker, read_status
from bbws_gate.publish.notify import Change, notify
from bbws_gate.publish.sending import Clock
from bbws_gate.publish.workflow_commands import WorkflowLog


def with_history(assessment: Assessment, inputs: Inputs, log: WorkflowLog) -> Assessment:
    """The assessment with the earlier ones that the workflow brought; what cannot be read is told and costs nothing but the trend."""
    if not inputs.history:
        return assessment
    try:
        folder = _plain_folder(inputs.workspace, inputs.history)
        found = read_history((folder,), project=assessment.project, environment=assessment.environment, before=assessment.assessed_at)
    except GateError as error:
        log.notice(f"Earlier assessments could not be read: {error}")
        return assessment
    return replace(assessment, history=found)


def last_status(assessment: Assessment, inputs: Inputs, connection: Connection | None, subject: Subject) -> str:
    """The status that was published last: what the comment shows, else the newest earlier assessment; empty where nobody can tell."""
    if not inputs.webhooks.any:
        return ""
    if connection is not None and subject.pull is not None:
        try:
            marker = comment_marker(assessment.project, assessment.environment)
            comments = connection.observer.comments(subject.pull, marker, known=True)
        except (GateError, ApiFailure):
            comments = ()
        shown = read_status(comments[0].body) if comments else ""
        if shown:
            return shown
    return assessment.history[-1].status if assessment.history else ""


def tell_change(assessment: Assessment, before: str, inputs: Inputs, *, comment_url: str, clock: Clock, log: WorkflowLog) -> None:
    """Tell the webhooks of a status that is another than before; the verdict stays whatever becomes of it."""
    if not before or before == assessment.status.value or not inputs.webhooks.any:
        return
    if inputs.dry_run:
        log.notice(f"Dry run: the webhooks are not told of {before} turning into {assessment.status.value}.")
        return
    for problem in notify(inputs.webhooks, Change(assessment, before, comment_url or inputs.run_url), clock):
        log.warning(problem, title="bbws-gate")


def _plain_folder(workspace: Path, name: str) -> Path:
    """The folder ``name`` below the workspace, reached through no link: a checkout may have put one there.

    Raises:
        UsageError: it is none.
    """
    folder = workspace
    for part in Path(name).parts:
        folder = folder / part
        if folder.is_symlink() or not folder.is_dir():
            raise UsageError(
                "is not a plain folder of the workspace", where=name, mend="download the artifact there, or leave `history` out"
            )
    return folder
