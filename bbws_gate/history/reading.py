"""One earlier assessment from the JSON that ``check --format json`` prints.

It comes from an artifact or a branch, so it is read like any other stranger's file: bounded, typed, and refused where it is not what it
says. Keys that the history does not need are passed over.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bbws_gate.errors import SourceError
from bbws_gate.model import Past, Severity, Status

MAX_BYTES = 20_000_000
MAX_FINDINGS = 5_000
MEND = "give the output of `bbws-gate check --format json`, or the `assessment.json` that --out writes"

_Id = Annotated[str, Field(max_length=1_000)]
_Name = Annotated[str, Field(max_length=200)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class _Finding(_Form):
    id: _Id
    title: Annotated[str, Field(max_length=20_000)]
    severity: Severity
    state: _Name | None = None
    waiver: dict[str, object] | None = None
    deferred_by: _Name | None = None


class _Score(_Form):
    verified: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    total: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class _Report(_Form):
    project: _Name
    environment: _Name
    commit: Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})?$")]
    assessed_at: _Name
    status: Status
    score: Annotated[int, Field(ge=0, le=100)]
    findings: Annotated[tuple[_Finding, ...], Field(max_length=MAX_FINDINGS)]
    score_breakdown: _Score = _Score()

    @field_validator("assessed_at")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
        return value


def read_past(text: bytes, where: str) -> tuple[str, str, Past]:
    """Project, environment, and what is kept of the assessment.

    Raises:
        SourceError: too large, not JSON, or not an assessment.
    """
    if len(text) > MAX_BYTES:
        raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB", where=where, mend=MEND)
    try:
        report = _Report.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part)[:40] for part in first["loc"])
        raise SourceError(f"not an assessment: {key or 'the file'}: {first['msg'][:200]}", where=where, mend=MEND) from error
    standing = [each for each in report.findings if each.state != "fixed" and each.waiver is None and not each.deferred_by]
    counts = Counter(each.severity.value for each in standing)
    past = Past(
        assessed_at=report.assessed_at,
        commit=report.commit,
        status=report.status.value,
        score=report.score,
        counts={severity.value: counts[severity.value] for severity in Severity},
        open={each.id: each.title for each in standing},
        verified=report.score_breakdown.verified,
        total=report.score_breakdown.total,
    )
    return report.project, report.environment, past
