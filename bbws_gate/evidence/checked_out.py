"""Where a job has the repository: ``path`` of ``actions/checkout``.

https://github.com/actions/checkout#usage
"""

from __future__ import annotations

import posixpath

from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.workflow_parts import Job, Step

CHECKOUT = "actions/checkout"
_OWN = ("", "${{ github.repository }}")


def in_repository(directory: Resolved, job: Job, step: Step) -> Resolved:
    """A folder of the job's workspace, relative to the repository root where the job has the repository in a folder of its own.

    Args:
        directory: relative to the workspace.
        job: the job that works there.
        step: its step that does; only what was checked out before it counts.
    """
    if directory.value is None:
        return directory
    folders = [_folder(each) for each in job.steps if each.number < step.number and each.action == CHECKOUT and _is_own(each)]
    if not folders or any(folder.value == "" for folder in folders):
        return directory
    for folder in folders:
        if folder.value is None:
            return folder
        inside = posixpath.relpath(directory.value or ".", folder.value)
        if not inside.startswith(".."):
            return directory._replace(value="" if inside == "." else inside)
    return Resolved(None, f"{directory.value or 'the workspace'} is outside of the folder in which {job.id} has the repository")


def _is_own(step: Step) -> bool:
    given = step.inputs.get("repository")
    return (given.value.strip() if given is not None else "") in _OWN


def _folder(step: Step) -> Resolved:
    given = step.input("path")
    if given is None or given[0].value is None:
        return Resolved("") if given is None else given[0]
    clean = posixpath.normpath(given[0].value or ".")
    return given[0]._replace(value="" if clean == "." else clean)
