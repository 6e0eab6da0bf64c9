"""What a change of its own rules would do, tried out: the changed spec on the same commit, the changed templates on the same pages.

Both are a stranger's, so each is tried in a worker of its own, and one that fails costs the trial, never the verdict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bbws_gate.assess.retrial import retrial
from bbws_gate.cost.infracost import Report
from bbws_gate.deferred import dataclass
from bbws_gate.errors import GateError
from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment, Record
from bbws_gate.model.proposal import PageChange, Retrial
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.render.overrides import read_own
from bbws_gate.render.preview import page_changes
from bbws_gate.render.templates import Templates
from bbws_gate.repository import Repository
from bbws_gate.spec import LoadedSpec

Answer = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Retried:
    """What the worker hands back of the spec."""

    retrial: Retrial
    folder: str
    """Where the changed spec has the templates."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """What the worker hands back of the pages."""

    pages: tuple[PageChange, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried on what."""

    head: Repository
    """The files after the change."""
    spec: LoadedSpec
    """The one that judges."""
    templates: Templates
    """Those in use."""
    record: Record | None
    """What people said."""
    report: Callable[[], Report | None]
    """Reads what Infracost says, so that costs are judged alike."""

    def of(self, assessment: Assessment, *, answer: Answer) -> Assessment:
        """The assessment with what its proposal would do; ``answer`` answers the workers' questions."""
        proposal, folder = assessment.proposal, self.spec.spec.templates.folder
        if proposal is None:
            return assessment
        if proposal.edits_spec:
            try:
                found = isolated(lambda: self._retry(assessment), _Retried, answer=answer)
                proposal, folder = replace(proposal, retrial=found.retrial), found.folder
            except GateError as error:
                proposal = replace(proposal, spec_problem=str(error))
        if proposal.templates or folder != self.spec.spec.templates.folder:
            plain = replace(assessment, proposal=None)
            try:
                laid = isolated(lambda: _Laid(*page_changes(plain, self.templates, read_own(self.head, folder))), _Laid, answer=answer)
                proposal = replace(proposal, pages=laid.pages, template_problems=laid.problems)
            except GateError as error:
                proposal = replace(proposal, template_problems=(f"the changed templates could not be tried: {error}",))
        return replace(assessment, proposal=proposal)

    def _retry(self, assessment: Assessment) -> _Retried:
        """A worker's part. Approvals of earlier commits are left out: a changed spec drops them."""
        changed = read_spec(self.head, self.spec.path)
        then = assess_repository(
            self.head,
            changed,
            assessment.environment,
            commit=assessment.commit,
            assessed_at=assessment.assessed_at,
            infracost=self.report(),
            record=self.record,
        )
        return _Retried(retrial(assessment, then, self.spec.spec, changed.spec), changed.spec.templates.folder)
