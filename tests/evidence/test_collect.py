from __future__ import annotations

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.evidence.collect import collect, matches_glob
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec

SPEC = b"""version: 1
project: shop
plan: {document: docs/plan.md}
terraform: {root: infra}
environments:
  sit:
    var_files: [env/sit.tfvars]
    variables: {flag: true, size: 3}
    workspace: blue
    validation_script: check.py
    workflow: {path: .github/workflows/sit.yml}
expect:
  schemas: schemas/*.json
  tags: [Owner]
  documents: ["docs/{env}.md"]
"""
WORKFLOW = """on: push
jobs:
  a:
    steps:
      - run: |
          terraform -chdir=infra init -backend-config=sit.hcl
          sh tools/x.sh
"""
TERRAFORM = """
terraform {
  backend "s3" {}
}
variable "flag" {}
variable "size" {}
variable "a" {}
"""
FILES = {
    ".github/workflows/sit.yml": WORKFLOW,
    ".github/workflows/broken.yml": "on: [",
    ".github/other.yml": "x",
    "infra/main.tf": TERRAFORM,
    "infra/env/sit.tfvars": 'a = "x"\n',
    "infra/sit.hcl": 'bucket = "state"\n',
    "check.py": "raise SystemExit(1)\n",
    "tools/x.sh": "exit 1\n",
    "tools/y.sh": "exit 1\n",
    "schemas/a.json": '{"tableName": "a"}',
    "schemas/deep/b.json": '{"tableName": "b"}',
    "docs/plan.md": "# Plan\n",
    "docs/sit.md": "# Sit\n",
    "README.md": "# Shop\n",
}


@pytest.fixture(scope="module")
def evidence() -> ProjectEvidence:
    return collect(MemoryRepository(FILES, links=["linked.md"]), load_spec(SPEC, "spec.yml"), "sit")


def test_collect__terraform_gets_the_environment_s_values(evidence: ProjectEvidence) -> None:
    values = {name: variable.value for name, variable in evidence.stack.variables.items()}
    assert values == {"flag": "true", "size": "3", "a": "x"}
    assert evidence.stack.workspace == "blue"


def test_collect__backend_files_come_from_the_workflow_where_the_spec_names_none(evidence: ProjectEvidence) -> None:
    assert evidence.stack.backend is not None
    assert evidence.stack.backend.attributes["bucket"] == "state"


def test_collect__reads_what_checks_need_and_nothing_else(evidence: ProjectEvidence) -> None:
    assert set(evidence.workflows) == {".github/workflows/sit.yml"}
    assert set(evidence.scripts) == {"check.py", "tools/x.sh"}
    assert set(evidence.schemas) == {"schemas/a.json"}
    assert set(evidence.documents) == {"docs/plan.md", "docs/sit.md", "README.md"}
    assert evidence.files == frozenset(FILES)
    assert evidence.inputs == ("infra/env/sit.tfvars",)


def test_collect__what_cannot_be_read_is_remembered(evidence: ProjectEvidence) -> None:
    assert list(evidence.unreadable) == [".github/workflows/broken.yml"]


def test_collect__unknown_environment_is_named() -> None:
    with pytest.raises(UsageError, match="unknown environment 'prod'"):
        collect(MemoryRepository(FILES), load_spec(SPEC, "spec.yml"), "prod")


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("schemas/a.json", "schemas/*.json", True),
        ("schemas/deep/a.json", "schemas/*.json", False),
        ("schemas/deep/a.json", "schemas/**/*.json", True),
        ("schemas/a.json", "schemas/**/*.json", True),
        ("schemas/a.json", "./schemas/a.json", True),
        ("schemas/a.json.bak", "schemas/*.json", False),
    ],
)
def test_matches_glob__stars_stay_within_folders(path: str, pattern: str, fits: bool) -> None:
    assert matches_glob(path, pattern) is fits
