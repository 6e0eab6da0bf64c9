"""Value files that Terraform reads only where a command names them.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

import posixpath

from bbws_gate.evidence.project import ProjectEvidence

_READ_ANYHOW = ("/terraform.tfvars", "/terraform.tfvars.json", ".auto.tfvars", ".auto.tfvars.json")


def passed_inputs(project: ProjectEvidence) -> tuple[str, ...]:
    """The target's tfvars files without those that Terraform finds in the root module's folder by their names."""
    return tuple(path for path in project.inputs if posixpath.dirname(path) != project.root or not f"/{path}".endswith(_READ_ANYHOW))
