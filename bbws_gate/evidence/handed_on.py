"""What the steps of a job hand to those after them by ``$GITHUB_ENV``."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.deferred import regex, replace
from bbws_gate.evidence.condition import certainly_true
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.script_state import Values, set_under_condition
from bbws_gate.evidence.workflow_parts import Step

_SCRIPT = regex(r"(?m)(?:^|[\s;&|(])(?:\./|(?:bash|sh|python3?)\s+(?:\./)?|(?=[\w-]+/))([\w-][\w./-]*\.(?:sh|bash|py))(?=$|[\s;&|)])")


def handed_on(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of a job, each with what those before it have handed on in its scope.

    What a step with an ``if`` hands on is unknown to the others, unless it is what they have anyhow.
    """
    known: dict[str, Fact[Resolved]] = {}
    scripts: tuple[str, ...] = ()
    found: list[Step] = []
    for step in steps:
        # The step's own env counts more than what was handed on.
        exported = {name: fact for name, fact in known.items() if name not in step.env}
        is_new = exported or step.scope.exported or scripts != step.scope.scripts
        found.append(replace(step, scope=replace(step.scope, exported=exported, scripts=scripts)) if is_new else step)
        known |= _given(found[-1], known)
        scripts += _scripts(step)
    return tuple(found)


def _scripts(step: Step) -> tuple[str, ...]:
    """The scripts and the action of the repository that a step runs, as written."""
    if step.uses is not None:
        return (step.uses.value.removeprefix("./"),) if step.uses.value.startswith("./") else ()
    return tuple(match[1] for match in _SCRIPT.finditer(step.run.value)) if step.run is not None else ()


def _given(step: Step, known: Values) -> Values:
    if step.run is None or "GITHUB_ENV" not in step.run.value:
        return {}
    if step.is_shell_unread:
        why = Resolved(None, f"the {step.shell} script in line {step.run.place.line} may set it")
        return {name: Fact(why, step.run.place) for name in (*step.scope.env, *known)}
    if step.condition is None or not step.condition_in_doubt or certainly_true(step.condition.value, step.scope):
        return step.exported
    before = {name: known.get(name) or step.scope.variable(name) for name in step.exported}
    return {name: fact if _equal(fact, before[name]) else set_under_condition([fact]) for name, fact in step.exported.items()}


def _equal(fact: Fact[Resolved], other: Fact[Resolved] | None) -> bool:
    return other is not None and fact.value.value is not None and fact.value.value == other.value.value
