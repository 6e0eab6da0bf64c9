"""Whom the jobs of a deployment workflow serve: the environment under assessment, another one, or nobody can tell.

One workflow often deploys to all environments: a job for each, a matrix, an input, a reusable workflow called for each. What another
environment's job does is no fault of this one's; what a job does under this one's name is, with whatever values it does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.handover import planners
from bbws_gate.evidence.marks import ACCOUNT, ENVIRONMENT, ROLE, STATE, Marks
from bbws_gate.evidence.signs import Checkout, Sign, gates, signs_of_commands, signs_of_logins, signs_of_names
from bbws_gate.evidence.terraform_command import TerraformCommand, terraform_commands
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
    whom: Whom
    signs: tuple[Sign, ...]
    doubt: str = ""
    """Why it need not be the target's, where another job of its workflow certainly is."""

    @property
    def changing(self) -> tuple[TerraformCommand, ...]:
        """What it applies or destroys."""
        return tuple(command for command in self.commands if command.subcommand in CHANGES and not command.has("help"))

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


def judged(jobs: tuple[Served, ...]) -> tuple[Served, ...]:
    """The jobs that answer for the target in its own workflow.

    Where one serves it, or may, those that serve other environments are left out; so are plans with what is nobody's where a job
    that serves the target applies. Where none does, all answer: the spec says that this workflow deploys to the target.
    """
    jobs = tuple(job._replace(doubt=job.why) if job.whom is Whom.MIXED else job for job in jobs)
    target = [job for job in jobs if job.whom is Whom.TARGET]
    meant = target or [job for job in jobs if job.whom is Whom.UNKNOWN]
    if not meant:
        return jobs
    variants = {id(job.workflow) for job in meant}
    applies = any(job.changing for job in target)
    doubtful = {Whom.UNKNOWN, Whom.NOBODY} if applies else {Whom.UNKNOWN}
    return tuple(
        job._replace(doubt=job.why) if target and job.whom in doubtful else job
        for job in jobs
        if job.whom is not Whom.OTHER
        and (job.whom is not Whom.NOBODY or job.changing or not applies)
        and (id(job.workflow) in variants or job.whom in (Whom.UNKNOWN, Whom.MIXED))
    )


def _of_variant(variant: Workflow, marks: Marks, checkout: Checkout) -> Iterator[Served]:
    found: dict[str, list[TerraformCommand]] = {name: [] for name in variant.jobs}
    for command in terraform_commands(variant):
        found[command.run.job.id].append(command)
    commands = {name: tuple(own) for name, own in found.items()}
    working = frozenset(name for name, own in commands.items() if own)
    signs = {
        name: (
            *signs_of_names(job, gates(variant, job, working), marks),
            *signs_of_logins(job, marks),
            *signs_of_commands(tuple(filter(checkout.holds, commands[name])), checkout, marks),
        )
        for name, job in variant.jobs.items()
        if any(map(checkout.holds, commands[name]))
    }
    together = _together(variant, commands)
    for name, job in variant.jobs.items():
        own = tuple(sign for each in together[name] for sign in signs.get(each, ()))
        yield Served(variant, job, commands[name], _whom(own, marks), own)


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
