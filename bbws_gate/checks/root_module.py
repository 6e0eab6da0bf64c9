"""The root module itself: that it declares anything at all."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity


@check(
    "MOD003",
    "root-module-empty",
    severity=Severity.HIGH,
    category="Terraform",
    work=works.TERRAFORM,
    why="Where nothing is declared, every expectation about what must not be there holds: the green says nothing about what is deployed.",
    clear="Correct terraform.root in the promotion spec, or commit what the root module declares.",
)
def root_module_empty(project: ProjectEvidence) -> Iterator[Outcome]:
    """The root module that the spec names: that its files declare a resource, a data source, a module or an output. Files that could not be
    read may do so.
    """
    if project.stack.declares_anything or project.unread_files:
        return
    asked = project.loaded.evidence("terraform", "root")
    folder = project.root or "the root of the repository"
    yield failed(
        "terraform/root",
        f"The Terraform in {folder} declares something",
        Evidence(project.terraform_place(), "no resource, data source, module or output"),
        asked,
        title=f"The Terraform in {folder} declares nothing",
        expected="a root module with what is to be promoted",
        actual=f"{len(project.stack.files)} files without a resource, data source, module or output",
        because_of=(f"FIL003/file/{project.root or '.'}",),
    )
