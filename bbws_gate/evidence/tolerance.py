"""Whether a job goes on after a step that failed, and ends green.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error
"""

from __future__ import annotations

import re

from bbws_gate.deferred import regex
from bbws_gate.evidence.expression import Scope, resolve
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.workflow_parts import Job, Step

_ANYWAY = regex(r"\s*(?:always\(\)|success\(\)|!\s*cancelled\(\))\s*")
_OUTCOME = regex(r"\s*steps\.([\w-]+)\.outcome\s*(==|!=)\s*'(\w+)'\s*")
_CHANGES = frozenset({"apply", "destroy"})
_FAILS = regex(r"\bcore\.setFailed\(|\bthrow\b|\bprocess\.exit\(\s*[1-9]")
"""How a step of actions/github-script fails."""


def tolerated(job: Job, step: Step) -> str:
    """Why a failure of a step certainly does not stop its job; empty where it does, or where that cannot be told.

    With ``continue-on-error`` a job still stops where a later step looks at the ``outcome`` and fails: the sample of
    https://github.com/hashicorp/setup-terraform does so.
    """
    if _is_true(step.continue_on_error, step.scope) and not _is_stopped_later(job, step):
        return "continue-on-error of the step"
    return f"continue-on-error of job {job.id}" if _is_true(job.continue_on_error, job.scope) else ""


def _is_true(fact: Fact[str] | None, scope: Scope) -> bool:
    if fact is None:
        return False
    value = resolve(fact.value, scope)
    return value.value == "true" and not any(each.startswith("default of input") for each in value.through)


def _is_stopped_later(job: Job, step: Step) -> bool:
    """Whether a step after it fails because it failed, before anything is changed."""
    for later in job.steps:
        if later.number <= step.number or step.id is None:
            continue
        if _runs_after(later, step.id, "failure") and _fails(later) and not _is_true(later.continue_on_error, later.scope):
            return True
        if _changes(later) and not _waits_for(later, step.id):
            return False
    return False


def _runs_after(step: Step, name: str, outcome: str) -> bool:
    """Whether a step certainly runs when the step ``name`` had that outcome."""
    return any(all(_ANYWAY.fullmatch(part) or _says(part, name, outcome) for part in _parts(way)) for way in _ways(step))


def _waits_for(step: Step, name: str) -> bool:
    """Whether a step runs only when the step ``name`` has succeeded."""
    ways = _ways(step)
    return bool(ways) and all(any(_says(part, name, "success") for part in _parts(way)) for way in ways)


def _says(part: str, name: str, outcome: str) -> bool:
    match = _OUTCOME.fullmatch(part)
    others = {"failure": "success", "success": "failure"}
    return match is not None and match[1] == name and (match[2], match[3]) in (("==", outcome), ("!=", others[outcome]))


def _ways(step: Step) -> list[str]:
    """The alternatives of its condition; what is grouped is not followed."""
    if step.condition is None:
        return []
    text = re.sub(r"^\s*\$\{\{(.*)\}\}\s*$", r"\1", step.condition.value, flags=re.DOTALL)
    return [] if "(" in re.sub(r"\w+\(\)", "", text) else text.split("||")


def _parts(way: str) -> list[str]:
    return way.split("&&")


def _fails(step: Step) -> bool:
    """Whether a step that runs ends with a failure."""
    script = step.inputs.get("script") if step.action == "actions/github-script" else None
    if script is not None:
        return _FAILS.search(script.value) is not None
    return any(
        not moment.condition
        and not moment.command.is_piped
        and (moment.command.words == ("false",) or (moment.command.words[0] == "exit" and moment.command.words[1:] not in ((), ("0",))))
        for moment in step.moments
    )


def _changes(step: Step) -> bool:
    return any(
        moment.command.words[0].endswith(("terraform", "tofu", "terragrunt")) and _CHANGES & set(moment.command.words)
        for moment in step.moments
    )
