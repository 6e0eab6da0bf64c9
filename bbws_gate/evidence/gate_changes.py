"""What a change does to the workflows that run this gate: the head of a pull request against its base.

A pull request runs the workflow that its own head holds, so one that edits it also edits who judges it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.gate_workflows import WORKFLOWS, GateFile, gate_files, is_gate
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Evidence, Place
from bbws_gate.repository import Entry, Repository, normalise

CHECK_PREFIX = "bbws-gate / "
"""How the gate's own check runs and statuses are called."""
_MAKES = ("check-runs", "checks.create", "checks.update", "/statuses", "createcommitstatus")
"""How a script makes a check run or a status."""


class GateChange(NamedTuple):
    """One thing that the change does to the gate."""

    subject: str
    """``gate/.github/workflows/gate.yml``."""
    title: str
    before: str
    now: str
    evidence: tuple[Evidence, ...]


class _Merged:
    """The base's files with what the change did to them: what the base has got since the change left it is not the change's doing."""

    def __init__(self, head: Repository, base: Repository, touched: Collection[str]) -> None:
        self._head = head
        self._base = base
        self._touched = frozenset(touched)

    def list(self, path: str) -> tuple[Entry, ...]:
        """Files directly in a folder; of folders, those of the base."""
        return self._merged(self._base.list(path), self._head.list(path))

    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Files below a folder."""
        return self._merged(self._base.walk(path), self._head.walk(path))

    def read(self, path: str) -> bytes:
        """A file as it will be."""
        return (self._head if normalise(path) in self._touched else self._base).read(path)

    def _merged(self, base: Iterable[Entry], head: Iterable[Entry]) -> tuple[Entry, ...]:
        kept = [entry for entry in base if entry.path not in self._touched]
        made = [entry for entry in head if entry.path in self._touched]
        return tuple(sorted((*kept, *made), key=lambda entry: entry.path))


def gate_changes(head: Repository, base: Repository, touched: Collection[str] | None = None) -> tuple[GateChange, ...]:
    """What the change does to workflows that run the gate; nothing where the base has none.

    Args:
        head: the files after the change.
        base: the files before it.
        touched: paths that differ from where the change left its base; None when that is not known, and everything may be its doing.
    """
    before = gate_files(base)
    if not any(each.runs_gate for each in before.values()):
        return ()
    now = gate_files(head if touched is None else _Merged(head, base, touched))
    return (*_edited(before, now), *_others(before, now), *_forged(before, now))


def _edited(before: Mapping[str, GateFile], now: Mapping[str, GateFile]) -> Iterator[GateChange]:
    """Workflows that ran the gate and do not any more, or do so in another way."""
    for path, old in before.items():
        new = now.get(path)
        if not old.runs_gate or (new is not None and new.part == old.part):
            continue
        had = ", ".join(dict.fromkeys(each.value for each in old.uses)) or f"job {', '.join(old.jobs)}"
        if new is None or new.workflow is None or not new.runs_gate:
            how = "deleted" if new is None else "no longer readable" if new.workflow is None else "without the gate"
            title = f"{path}, which runs the gate, is {how}"
            place = Place(path if new is not None else WORKFLOWS if now else ".", 0, 0)
            yield GateChange(f"gate/{path}", title, had, how, (Evidence(place, f"{path} is {how}"),))
            continue
        changed = _changed(old, new)
        has = ", ".join(dict.fromkeys(each.value for each in new.uses)) or f"job {', '.join(new.jobs)}"
        if had != has:
            title = f"{path} runs another gate than before: {has}"
        else:
            had, has = "as on the base branch", f"changed: {', '.join(changed)}"
            title = f"{path}, which runs the gate, is changed: {', '.join(changed)}"
        yield GateChange(f"gate/{path}", title, had, has, _places(new))


def _changed(old: GateFile, new: GateFile) -> list[str]:
    return [name for name in dict.fromkeys((*old.part, *new.part)) if old.part.get(name) != new.part.get(name)]


def _places(file: GateFile) -> tuple[Evidence, ...]:
    """Where the gate stands in a workflow."""
    if file.uses:
        return tuple(Evidence(each.place, f"uses: {each.value[:100]}") for each in file.uses[:5])
    jobs = file.workflow.jobs if file.workflow is not None else {}
    return tuple(_job_evidence(jobs[name]) for name in file.jobs[:5])


def _job_evidence(job: Job) -> Evidence:
    return Evidence(job.place._replace(end_line=job.place.line), f"job {job.id}")


def _others(before: Mapping[str, GateFile], now: Mapping[str, GateFile]) -> Iterator[GateChange]:
    """Workflows that begin to run a gate of another origin or version: its check run would carry the same name."""
    known = _origins(before)
    for path, new in now.items():
        if path in before and before[path].runs_gate:
            continue
        strange = [each for each in new.uses if is_gate(each.value) and _origin(each.value) not in known]
        if strange:
            shown = ", ".join(dict.fromkeys(each.value for each in strange))
            evidence = tuple(Evidence(each.place, f"uses: {each.value[:100]}") for each in strange[:5])
            title = f"{path} runs another gate beside the one there is: {shown}"
            yield GateChange(f"gate/{path}", title, ", ".join(sorted(f"{name}@{ref}" for name, ref in known)), shown, evidence)


def _origins(files: Mapping[str, GateFile]) -> frozenset[tuple[str, str]]:
    return frozenset(_origin(each.value) for file in files.values() for each in file.uses if is_gate(each.value))


def _origin(uses: str) -> tuple[str, str]:
    """Repository and ref of an action; ``verify`` is the same one."""
    name, _, ref = uses.strip().casefold().partition("@")
    return name.removesuffix("/verify"), ref


def _forged(before: Mapping[str, GateFile], now: Mapping[str, GateFile]) -> Iterator[GateChange]:
    """New or changed jobs that carry the name of the gate's check, or of a job that runs it, or that post a check under it."""
    taken = _taken(before)
    for path, file in now.items():
        if file.workflow is None:
            continue
        old = before[path].workflow if path in before else None
        for job in file.workflow.jobs.values():
            if path in before and job.id in before[path].jobs:
                continue  # ran the gate before: whatever is changed there is an edit of the gate's workflow
            earlier = old.jobs.get(job.id) if old is not None else None
            yield from _forgery(path, file.workflow, job, earlier, taken)


def _taken(before: Mapping[str, GateFile]) -> dict[str, str]:
    """What the jobs are called that run the gate, with their workflows; one that only verifies before a deployment is no check."""
    found: dict[str, str] = {}
    for path, file in before.items():
        if file.workflow is not None and not file.only_verifies:
            for name in file.jobs:
                found.setdefault(_name(file.workflow.jobs[name]), path)
    return found


def _forgery(path: str, workflow: Workflow, job: Job, earlier: Job | None, taken: Mapping[str, str]) -> Iterator[GateChange]:
    name = _name(job)
    subject = f"gate/{path}/{job.id}"
    if (earlier is None or _name(earlier) != name) and (name.startswith(CHECK_PREFIX) or name in taken):
        whose = f"the job of {taken[name]} that runs the gate" if name in taken else "the gate's check run"
        title = f"Job {job.id} of {path} takes the name of {whose}: {job.name or job.id}"
        yield GateChange(subject, title, "one check of that name", f"another one by job {job.id}", (_job_evidence(job),))
        return
    found = _posts(job, workflow)
    if found and (earlier is None or {each.value for each in found} != {each.value for each in _posts(earlier, workflow)}):
        title = f"Job {job.id} of {path} posts a check under the gate's name"
        yield GateChange(subject, title, "only the gate posts its check", f"job {job.id} does, too", found)


def _name(job: Job) -> str:
    """What the check run of a job is called, in lower case; of one that calls a workflow, how those of its jobs begin."""
    name = (job.name or job.id).strip().casefold()
    return f"{name} / " if job.uses is not None else name


def _posts(job: Job, workflow: Workflow) -> tuple[Evidence, ...]:
    """Steps that name the gate's check, in a job that may write checks or statuses, or that says how it writes one."""
    held = job.permissions or workflow.permissions
    may = held is not None and "write" in (held.get("checks"), held.get("statuses"))
    found = []
    for step in job.steps:
        texts = [step.run] if step.run is not None else list(step.inputs.values())
        for fact in (*texts, *step.scope.env.values()):
            low = fact.value.casefold()
            if CHECK_PREFIX in low and (may or (held is None and any(word in low for word in _MAKES))):
                found.append(Evidence(step.place._replace(end_line=step.place.line), f"step {step.number}: {CHECK_PREFIX.strip()}…"))
                break
    return tuple(found[:5])
