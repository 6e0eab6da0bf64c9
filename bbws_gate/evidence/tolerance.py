"""Whether a job goes on after a step that failed, and ends green.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error
"""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.condition import expression
from bbws_gate.evidence.expression import Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.guard import fails, may_fail
from bbws_gate.evidence.workflow_parts import Job, Step

_ANYWAY = regex(r"(?i)\s*(?:(?:always|success)\s*\(\s*\)|!\s*cancelled\s*\(\s*\))\s*")
_EMPTY_CALL = regex(r"\b\w+\s*\(\s*\)")
_OUTCOME = regex(r"\s*steps\.([\w-]+)\.outcome\s*(==|!=)\s*'(\w+)'\s*")
_CHANGES = frozenset({"apply", "destroy"})


class Tolerance(NamedTuple):
    """What a failure of a step meets."""

    certain: str = ""
    """Why it certainly does not stop the job; empty where it does, or where that cannot be told."""
    doubt: str = ""
    """Why it need not stop the job, where that cannot be told."""


def tolerance(job: Job, step: Step) -> Tolerance:
    """Whether a failure of a step stops its job.

    With ``continue-on-error`` a job still stops where a later step looks at the ``outcome`` and fails: the sample of
    https://github.com/hashicorp/setup-terraform does so.
    """
    own = _is_true(step.continue_on_error, step.scope)
    if own is not False:
        stopped = _is_stopped_later(job, step)
        if stopped is False and own:
            return Tolerance("continue-on-error of the step")
        if stopped is not True:
            return Tolerance(doubt=_doubt("the step", step.continue_on_error, "a later step may still fail for it", own=own))
    whole = _is_true(job.continue_on_error, job.scope)
    if whole is None:
        return Tolerance(doubt=_doubt(f"job {job.id}", job.continue_on_error, "", own=whole))
    return Tolerance(f"continue-on-error of job {job.id}" if whole else "")


def _doubt(whose: str, written: Fact[str] | None, otherwise: str, *, own: bool | None) -> str:
    why = otherwise if own or written is None else f"{written.value[:80]} is known to the run only"
    return f"continue-on-error of {whose}: {why}"


def _is_true(fact: Fact[str] | None, scope: Scope) -> bool | None:
    if fact is None:
        return False
    value = resolve(fact.value, scope)
    if value.value not in ("true", "false") or any(each.startswith("default of input") for each in value.through):
        return None
    return value.value == "true"


def _is_stopped_later(job: Job, step: Step) -> bool | None:
    """Whether a step after it fails because it failed, before anything is changed; None where that cannot be told."""
    found: bool | None = False
    may_have_changed = False
    for later in job.steps if step.id is not None else ():
        if later.number <= step.number or step.id is None:
            continue
        stops = _stops(later, step.id)
        if stops:
            return None if may_have_changed else True
        found = None if stops is None else found
        if _changes(later):
            waits = _waits_for(later, step.id)
            if waits is False:
                return found
            may_have_changed = may_have_changed or waits is None
    return found


def _stops(step: Step, name: str) -> bool | None:
    """Whether a step fails when the step ``name`` has failed."""
    runs, tolerated = _runs_after(step, name, "failure"), _is_true(step.continue_on_error, step.scope)
    if runs is False or tolerated:
        return False
    failing = fails(step)
    if runs and failing and tolerated is False:
        return True
    script = [*step.env.values(), *step.inputs.values(), *([step.run] if step.run is not None else [])]
    asks = any(_mentions(fact, name) for fact in script)
    if failing is False:
        return None if asks and may_fail(step) else False
    return None if asks or _mentions(step.condition, name) else False


def _mentions(text: Fact[str] | None, name: str) -> bool:
    return text is not None and "steps" in text.value and name in text.value


def _runs_after(step: Step, name: str, outcome: str) -> bool | None:
    """Whether a step certainly runs when the step ``name`` had that outcome; None where its condition is not followed."""
    if step.condition is None:
        return True
    ways = _ways(step.condition)
    return None if ways is None else any(all(_ANYWAY.fullmatch(part) or _says(part, name, outcome) for part in way) for way in ways)


def _waits_for(step: Step, name: str) -> bool | None:
    """Whether a step runs only when the step ``name`` has succeeded; None where that cannot be told."""
    ways = _ways(step.condition) if step.condition is not None else []
    if ways is None:
        return None if _mentions(step.condition, name) else False
    return bool(ways) and all(any(_says(part, name, "success") for part in way) for way in ways)


def _says(part: str, name: str, outcome: str) -> bool:
    match = _OUTCOME.fullmatch(part)
    others = {"failure": "success", "success": "failure"}
    return match is not None and match[1] == name and (match[2], match[3]) in (("==", outcome), ("!=", others[outcome]))


def _ways(condition: Fact[str]) -> list[list[str]] | None:
    """The alternatives of a condition, each with what must hold in it; None where something is grouped, called or looked up."""
    text = expression(condition.value)
    if text is None or any(mark in _EMPTY_CALL.sub("", text) for mark in "(["):
        return None
    return [way.split("&&") for way in text.split("||")]


def _changes(step: Step) -> bool:
    return any(
        moment.command.words[0].endswith(("terraform", "tofu", "terragrunt")) and _CHANGES & set(moment.command.words)
        for moment in step.moments
    )
