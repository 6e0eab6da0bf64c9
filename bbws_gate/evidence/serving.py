"""Whom the jobs of a deployment workflow serve: the environment under assessment, another one, or nobody can tell.

One workflow often deploys to all environments: a job for each, a matrix, an input, a reusable workflow called for each. What another
environment's job does is no fault of this one's; what a job does under this one's name is, with whatever values it does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.condition import certainly_true
from bbws_gate.evidence.handover import planners
from bbws_gate.evidence.marks import ACCOUNT, ENVIRONMENT, ROLE, STATE, WORKFLOW, Marks
from bbws_gate.evidence.signs import Checkout, Sign, gates, signs_of_commands, signs_of_logins, signs_of_names
from bbws_gate.evidence.terraform_command import TerraformCommand, terraform_commands
from bbws_gate.evidence.variants import DISPATCH
from bbws_gate.evidence.workflow_parts import Job, Workflow

CHANGES = ("apply", "destroy")

_BINDING = frozenset({ACCOUNT, ROLE, *STATE.values()})
"""What a job works with whatever its GitHub environment is called."""


class Whom(Enum):
    """Whom a job serves."""

    TARGET = "target"
    """It has something that is the target's alone, whatever else it has."""
    OTHER = "other"
    """Something of other environments of the spec, nothing of the target's alone."""
    UNKNOWN = "unknown"
    """What would tell is known to the run only."""
    MIXED = "mixed"
    """It has the name of other environments, and something that may be the target's."""
    NOBODY = "nobody"
    """All that would tell belongs to no environment of the spec."""
    UNSAID = "unsaid"
    """Nothing tells."""


class Served(NamedTuple):
    """One job as it runs in one variant of its workflow."""

    workflow: Workflow
    job: Job
    commands: tuple[TerraformCommand, ...]
    """Its Terraform commands, in order, in whatever folder."""
    here: tuple[TerraformCommand, ...]
    """Those of them that work on the root module, or of which nobody can tell on which."""
    whom: Whom
    signs: tuple[Sign, ...]
    doubt: str = ""
    """Why it need not be the target's, where another job of its workflow certainly is, or why it need not run in this variant."""

    @property
    def changing(self) -> tuple[TerraformCommand, ...]:
        """What it applies or destroys of the root module."""
        return tuple(command for command in self.here if _changes(command))

    @property
    def is_elsewhere(self) -> bool:
        """Whether it works for other root modules only: another project's job."""
        return not self.here and any(command.subcommand == "plan" or _changes(command) for command in self.commands)

    @property
    def is_certainly_others(self) -> bool:
        """Whether it serves other environments whatever the run knows."""
        return self.whom is Whom.OTHER and all(sign.owners is not None for sign in self.signs)

    @property
    def why(self) -> str:
        """Why it cannot be told whom it serves."""
        unknown = next((sign.why for sign in self.signs if sign.owners is None), "")
        if unknown or not self.signs:
            return unknown or "nothing tells which environment it serves"
        if self.whom is Whom.NOBODY:
            return "what it works with is no environment's of the spec"
        owners = sorted({name for sign in self.signs for name in sign.owners or ()})
        return f"its names and values are those of several environments: {', '.join(owners)}"


def serving(variants: Iterable[Workflow], marks: Marks, checkout: Checkout) -> tuple[Served, ...]:
    """Every job of every variant of a workflow, with whom it serves."""
    return tuple(job for variant in variants for job in _of_variant(variant, marks, checkout))


def judged(jobs: tuple[Served, ...], marks: Marks) -> tuple[Served, ...]:
    """The jobs that answer for the target in its own workflow.

    Those that work on other root modules do not. Where one serves the target, or may, those that serve other environments are left out; so
    are plans with what is nobody's where a job that serves the target applies. Where none does, those of other environments are left out
    as far as the workflow deploys to them, too; else all answer: the spec says that this workflow deploys to the target.
    """
    jobs = tuple(job for job in jobs if not job.is_elsewhere)
    jobs = tuple(job._replace(doubt=job.doubt or job.why) if job.whom is Whom.MIXED else job for job in jobs)
    target = [job for job in jobs if job.whom is Whom.TARGET]
    meant = target or [job for job in jobs if job.whom is Whom.UNKNOWN]
    if not meant:
        return _without_others(jobs, marks)
    variants = {id(job.workflow) for job in meant}
    applies = any(job.changing for job in target)
    doubtful = {Whom.UNKNOWN, Whom.NOBODY} if applies else {Whom.UNKNOWN}
    return tuple(
        job._replace(doubt=job.doubt or job.why) if target and job.whom in doubtful else job
        for job in jobs
        if job.whom is not Whom.OTHER
        and (job.whom is not Whom.NOBODY or job.changing or not applies)
        and (id(job.workflow) in variants or job.whom in (Whom.UNKNOWN, Whom.MIXED))
    )


def _without_others(jobs: tuple[Served, ...], marks: Marks) -> tuple[Served, ...]:
    """The jobs where none is the target's: without those of other environments, unless they may be the target's with a wrong name.

    They are other environments' where the spec says that the workflow deploys to one of them, or where they are of several.
    """
    others = [job for job in jobs if job.is_certainly_others]
    served = {name for job in others for sign in job.signs for name in sign.owners or ()} - {marks.target}
    if len(served) < 2 and not any(served & marks.of(WORKFLOW, job.workflow.path) for job in others):
        return jobs
    is_deploying = any(job.changing for job in others)
    return tuple(job for job in jobs if not job.is_certainly_others and not (is_deploying and job.whom is Whom.NOBODY))


def _changes(command: TerraformCommand) -> bool:
    return command.subcommand in CHANGES and not command.has("help")


def _of_variant(variant: Workflow, marks: Marks, checkout: Checkout) -> Iterator[Served]:
    found: dict[str, list[TerraformCommand]] = {name: [] for name in variant.jobs}
    for command in terraform_commands(variant):
        found[command.run.job.id].append(command)
    commands = {name: tuple(own) for name, own in found.items()}
    here = {name: tuple(filter(checkout.holds, own)) for name, own in commands.items()}
    working = frozenset(name for name, own in commands.items() if own)
    signs = {
        name: (
            *signs_of_names(job, gates(variant, job, working), marks),
            *signs_of_logins(job, marks),
            *signs_of_commands(here[name], checkout, marks),
        )
        for name, job in variant.jobs.items()
        if here[name]
    }
    together = _together(variant, commands)
    for name, job in variant.jobs.items():
        own = tuple(sign for each in together[name] for sign in signs.get(each, ()))
        yield Served(variant, job, commands[name], here[name], _whom(own, marks), own, _idle(variant, job))


def _idle(variant: Workflow, job: Job) -> str:
    """Why a job need not run where an input would name its environment and nobody gives one."""
    if not job.scope.events or DISPATCH in job.scope.events:
        return ""
    way = (job, *variant.before(job))
    if not any(each.environment_name is not None and each.environment_name.value == "" for each in way):
        return ""
    conditions = (each.condition.value for each in way if each.condition and not certainly_true(each.condition.value, each.scope))
    return next((f"it runs only if {text.removeprefix('${{').removesuffix('}}').strip()[:120]}" for text in conditions), "")


def _together(variant: Workflow, commands: Mapping[str, tuple[TerraformCommand, ...]]) -> dict[str, list[str]]:
    """The jobs that serve the same environment as each job, itself first: those that make its plan, and those that apply what it plans."""
    found = {name: [name] for name in variant.jobs}
    for name, makers in planners(variant, commands).items():
        for maker in sorted(makers):
            found[name].append(maker)
            found[maker].append(name)
    return found


def _whom(signs: tuple[Sign, ...], marks: Marks) -> Whom:
    others = {name for sign in signs if marks.target not in (sign.owners or ()) for name in sign.owners or ()}
    if any(_is_of_target(sign, others, marks) for sign in signs):
        return Whom.TARGET
    if others:
        return _of_others(signs, marks)
    if any(sign.owners is None for sign in signs):
        return Whom.UNKNOWN
    return Whom.NOBODY if signs and not any(sign.owners for sign in signs) else Whom.UNSAID


def _is_of_target(sign: Sign, others: set[str], marks: Marks) -> bool:
    """Whether a sign is the target's alone. Beside signs of other environments it is, if the spec says their value of that kind, too.

    A spec that names only the target's files, state or account does not say that others have not the same.
    """
    if sign.owners != frozenset({marks.target}):
        return False
    return not others or any(marks.has(sign.kind, other) for other in others) or marks.is_named_after(sign.value)


def _of_others(signs: tuple[Sign, ...], marks: Marks) -> Whom:
    """Whom a job with signs of other environments serves: them, unless it may be the target all the same.

    It may where only the run knows a part of what it works with; and where nothing but the name of its GitHub environment is another's,
    while its account, role or state is one that the spec says of the target only.
    """
    foreign = {sign.kind for sign in signs if sign.owners and marks.target not in sign.owners}
    is_open = any(sign.is_open(ENVIRONMENT in foreign) for sign in signs)
    is_bound = any(sign.owners == frozenset({marks.target}) and sign.kind in _BINDING for sign in _without_keys(signs, marks))
    if not is_open and not (is_bound and foreign == {ENVIRONMENT}):
        return Whom.OTHER
    return Whom.MIXED if ENVIRONMENT in foreign else Whom.UNKNOWN


def _without_keys(signs: tuple[Sign, ...], marks: Marks) -> Iterator[Sign]:
    """Without keys in a bucket that is not the target's: many environments use one key, each in a bucket of its own."""
    is_elsewhere = any(sign.kind == STATE["bucket"] and sign.owners is not None and marks.target not in sign.owners for sign in signs)
    return (sign for sign in signs if not (is_elsewhere and sign.kind == STATE["key"]))
