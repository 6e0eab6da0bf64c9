"""Drafts a spec for files in memory and judges the files by it."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.draft import Draft, draft_spec
from bbws_gate.draft.ground import survey
from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository
from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.spec import LoadedSpec, load_spec

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def drafted(
    files: Mapping[str, str | bytes], *environments: str, plan: str | None = None, root: str | None = None
) -> tuple[Draft, LoadedSpec]:
    """The draft for some files, and the spec that it is."""
    ground = survey(MemoryRepository(files), project="shop", environments=environments, root=root, plan_document=plan)
    draft = draft_spec(ground)
    return draft, load_spec(draft.text.encode(), ".github/promotion.yml")


DRAFTED = ("TBL", "IDX", "NAM", "BAK", "TAG", "ENV", "RES", "WFL001", "WFL002", "VAL001")
"""Checks of what a draft expects. Others judge what no spec can change: Terraform, workflows and documents by themselves."""


def findings(files: Mapping[str, str | bytes], spec: LoadedSpec, *environments: str) -> list[str]:
    """Ids of what ``check`` finds in some environments of what the spec expects."""
    assessments = [judged(files, spec, environment) for environment in environments]
    return [finding.id for assessment in assessments for finding in assessment.open_findings if finding.code.startswith(DRAFTED)]


def judged(files: Mapping[str, str | bytes], spec: LoadedSpec, environment: str) -> Assessment:
    """What ``check`` says about the files under a spec."""
    return assess_repository(MemoryRepository(files), spec, environment, commit="", assessed_at="2026-01-01T00:00:00Z")
