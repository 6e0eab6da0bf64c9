"""Assessments of earlier runs, read back from the JSON that ``check --format json`` prints.

They come from other jobs, so they are read like any other stranger's file: bounded, typed, and refused where they contradict
themselves. Keys that a portfolio does not need are passed over.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bbws_gate.errors import SourceError
from bbws_gate.model import Status
from bbws_gate.portfolio.entry import Approver, Entry, Money, Need, Question

MAX_BYTES = 20_000_000
MEND = "give the output of `bbws-gate check --format json`"

_Text = Annotated[str, Field(max_length=20_000)]
_Name = Annotated[str, Field(max_length=200)]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class _Finding(_Form):
    id: _Text
    title: _Text
    blocking: bool
    state: _Name | None = None
    waiver: dict[str, object] | None = None
    deferred_by: _Text | None = None


class _Decision(_Form):
    id: _Name
    question: _Text
    owners: tuple[_Name, ...]
    chosen: _Name | None
    proposed: bool = False


class _Approval(_Form):
    role: _Name
    scope: _Text
    required: bool
    given_by: _Text | None
    dropped: _Text | None = None


class _Dependent(_Form):
    project: _Name
    environment: _Name | None = None
    requires: tuple[_Text, ...]
    blocked_by: tuple[_Text, ...]


class _Dependencies(_Form):
    wave: int | None = None
    upstream: tuple[_Dependent, ...]
    downstream: tuple[_Dependent, ...]


class _Item(_Form):
    id: _Text
    title: _Text
    manual: bool
    done_by: _Name | None = None


class _Remedy(_Form):
    what: _Text


class _Schedule(_Form):
    target_date: date | None = None
    earliest_date: date | None = None
    revised_date: date | None = None
    remedies: tuple[_Remedy, ...] = ()


class _Range(_Form):
    low: Decimal | None
    high: Decimal | None
    complete: bool

    @field_validator("low", "high")
    @classmethod
    def _is_an_amount(cls, value: Decimal | None) -> Decimal | None:
        if value is not None and not (value.is_finite() and abs(value) < Decimal(10) ** 15):
            raise ValueError("not an amount of money")
        return value


class _Cost(_Form):
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    monthly: _Range | None = None


class _Report(_Form):
    project: _Name
    environment: _Name
    commit: _Name
    assessed_at: _Name
    status: Status
    score: Annotated[int, Field(ge=0, le=100)]
    findings: tuple[_Finding, ...]
    action_items: tuple[_Item, ...]
    decisions: tuple[_Decision, ...]
    approvals: tuple[_Approval, ...]
    dependencies: _Dependencies
    cost: _Cost
    schedule: _Schedule
    error: _Text | None = None


def read_report(text: bytes, where: str) -> Entry:
    """The entry of an assessment's JSON.

    Raises:
        SourceError: too large, not JSON, not an assessment, or one that contradicts itself.
    """
    if len(text) > MAX_BYTES:
        raise SourceError(f"larger than {MAX_BYTES // 1_000_000} MB", where=where, mend=MEND)
    try:
        report = _Report.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part)[:40] for part in first["loc"])
        raise SourceError(f"not an assessment: {key or 'the file'}: {first['msg'][:200]}", where=where, mend=MEND) from error
    entry = _entry(report)
    if entry.ready and entry.blockers:
        raise SourceError(f"says {entry.status.value} and lists {len(entry.blockers)} findings that block", where=where, mend=MEND)
    if entry.ready and any(approver.given_by is None for approver in entry.approvers):
        raise SourceError(f"says {entry.status.value} and lacks a required approval", where=where, mend=MEND)
    return entry


def _entry(report: _Report) -> Entry:
    standing = [
        each for each in report.findings if each.blocking and each.state != "fixed" and each.waiver is None and not each.deferred_by
    ]
    return Entry(
        project=report.project,
        environment=report.environment,
        status=report.status,
        score=report.score,
        commit=report.commit,
        assessed_at=report.assessed_at,
        wave=report.dependencies.wave,
        upstream=tuple(_need(each) for each in report.dependencies.upstream),
        downstream=tuple(_need(each) for each in report.dependencies.downstream),
        blockers=tuple((each.id, each.title) for each in standing),
        questions=tuple(
            Question(each.id, each.question, each.owners) for each in report.decisions if each.chosen is None and not each.proposed
        ),
        approvers=tuple(Approver(each.role, each.scope, each.given_by, each.dropped or "") for each in report.approvals if each.required),
        work=sum(1 for item in report.action_items if item.done_by is None),
        by_hand=tuple(item.title for item in report.action_items if item.manual and item.done_by is None),
        target_date=report.schedule.target_date,
        earliest_date=report.schedule.earliest_date,
        revised_date=report.schedule.revised_date,
        remedy=report.schedule.remedies[0].what if report.schedule.remedies else "",
        cost=_money(report.cost),
        error=report.error or "",
    )


def _need(each: _Dependent) -> Need:
    return Need(each.project, each.environment, each.requires, each.blocked_by)


def _money(cost: _Cost) -> Money | None:
    month = cost.monthly
    if month is None or month.low is None or month.high is None:
        return None
    return Money(month.low, month.high, month.complete, cost.currency)
