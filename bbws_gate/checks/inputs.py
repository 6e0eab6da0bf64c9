"""The environment's input files: are they there?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity


@check(
    "ENV004",
    "input-file-missing",
    severity=Severity.CRITICAL,
    category="Environment",
    work=works.INPUTS,
    why="Without its values and backend settings the environment cannot be planned, or is planned with another one's.",
    clear="Add the file, or correct its name in the promotion spec.",
)
def input_file_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """The tfvars and backend configuration files that the spec names for the environment, relative to the Terraform root."""
    backend = project.environment.backend
    named = [("var_files", name) for name in project.environment.var_files]
    named += [("backend", name) for name in (backend.config_files if backend is not None else ())]
    for key, name in named:
        path = posixpath.normpath(posixpath.join(project.root, name))
        asked = project.target_evidence(*((key, name) if key == "var_files" else (key, "config_files", name)))
        subject, item = f"file/{path}", f"{path} exists"
        if path in project.files:
            yield passed(subject, item, Evidence(Place(path, 0, 0), "exists"), asked)
            continue
        folder = posixpath.dirname(path)
        near = sorted(posixpath.basename(other) for other in project.files if posixpath.dirname(other) == folder)
        yield failed(
            subject,
            item,
            asked,
            Evidence(Place(folder or ".", 0, 0), f"holds {', '.join(near[:8]) or 'nothing'}"),
            title=f"{path} does not exist",
            expected=f"the file {path}",
            actual=f"{folder or 'the repository'} holds {', '.join(near[:8]) or 'no files'}",
        )
