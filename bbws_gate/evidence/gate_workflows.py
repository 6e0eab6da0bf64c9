"""Which workflows of a repository run this gate, and the part of each that decides how it runs.

A workflow runs the gate with a step that uses the action, under whatever owner and ref; with the command; through an action of the
repository's own that does; or by calling a workflow that does. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import Protocol

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.workflow import Job, Step, Workflow, parse_workflow
from bbws_gate.notation import Malformed, yaml
from bbws_gate.notation.node import Plain, plain
from bbws_gate.repository import Entry, Kind, Refused, Repository

WORKFLOWS = ".github/workflows"
ACTIONS = ".github/actions"
MAX_WORKFLOWS = 200
MAX_DEPTH = 4
"""Of actions that use actions."""
_GATE = regex(r"(?i)(?:^|.*/)bbws-gate(?:\.ya?ml)?(?:[/@:].*)?")
_VERIFY = regex(r"(?i).*/bbws-gate/verify(?:@.*)?")
_TOP = ("permissions", "env", "defaults", "concurrency")
"""What a workflow says of all its jobs."""
_RUN_FILES = ("main", "pre", "post", "image", "entrypoint", "pre-entrypoint", "post-entrypoint")
"""Files that an action names: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax"""


class Files(Protocol):
    """The part of a repository that is asked for workflows."""

    def list(self, path: str) -> tuple[Entry, ...]:
        """The names directly in a folder."""

    def read(self, path: str) -> bytes:
        """The bytes of a regular file."""

    def walk(self, path: str = "") -> tuple[Entry, ...]:
        """Every file below a folder."""


class GateFile(NamedTuple):
    """One workflow file, read for how it runs the gate."""

    path: str
    workflow: Workflow | None
    """None where it cannot be read."""
    uses: tuple[Fact[str], ...]
    """How its steps and jobs name the gate."""
    jobs: tuple[str, ...]
    """The jobs that run it."""
    part: Mapping[str, Plain]
    """What decides how the gate runs there, by name; empty where it does not."""

    @property
    def runs_gate(self) -> bool:
        """Whether it runs the gate."""
        return bool(self.jobs)

    @property
    def only_verifies(self) -> bool:
        """Whether it only asks before a deployment."""
        return bool(self.uses) and all(only_verifies(each.value) for each in self.uses)


def gate_files(repository: Files) -> dict[str, GateFile]:
    """Every workflow of a repository, by path, with the gate's part in it."""
    return _Reader(repository).files()


def is_gate(uses: str) -> bool:
    """Whether a step or a job with this ``uses`` runs the gate by its own name."""
    return _GATE.fullmatch(uses.strip()) is not None


def only_verifies(uses: str) -> bool:
    """Whether it is the part of the gate that only answers before a deployment."""
    return _VERIFY.fullmatch(uses.strip()) is not None


def workflows_digest(repository: Repository) -> str:
    """sha256 of everything under ``.github/workflows`` and ``.github/actions``, and of what decides how the gate runs elsewhere."""
    parts = {f"part of {path}": repr(sorted(file.part.items())) for path, file in gate_files(repository).items()}
    return _digest_of({**_contents(repository, WORKFLOWS), **_contents(repository, ACTIONS), **parts})


def _contents(repository: Files, folder: str) -> dict[str, str]:
    """sha256 of every file below a folder; why not, of what cannot be read."""
    found: dict[str, str] = {}
    try:
        entries = repository.walk(folder)
    except Refused as refused:
        return {folder: refused.why}
    for entry in entries:
        found[entry.path] = _content(repository, entry.path)
    return found


def _content(repository: Files, path: str) -> str:
    """sha256 of a file; why not, where it cannot be read."""
    try:
        return hashlib.sha256(repository.read(path)).hexdigest()
    except Refused as refused:
        return refused.why


def _digest_of(contents: Mapping[str, str]) -> str:
    """One sha256 for names and contents."""
    found = hashlib.sha256()
    for name, content in sorted(contents.items()):
        found.update(f"{name}\0{content}\0".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _steps_of(action: Plain) -> list[str]:
    """What the steps of a composite action use."""
    runs = action.get("runs") if isinstance(action, dict) else None
    steps = runs.get("steps") if isinstance(runs, dict) else None
    named = [step.get("uses") for step in steps if isinstance(step, dict)] if isinstance(steps, tuple) else []
    return [each for each in named if isinstance(each, str)]


class _Reader:
    """Reads one repository."""

    def __init__(self, repository: Files) -> None:
        self._repository = repository
        self._trees: dict[str, Plain] = {}
        self._workflows: dict[str, Workflow | None] = {}
        self._gated: frozenset[str] = frozenset()
        """Workflows that run the gate."""

    def files(self) -> dict[str, GateFile]:
        for path in self._paths():
            self._read(path)
        self._gated = self._running()
        return {path: self._file(path, workflow, self._gated) for path, workflow in self._workflows.items()}

    def _paths(self) -> list[str]:
        try:
            entries = self._repository.list(WORKFLOWS)
        except Refused:
            return []
        return [entry.path for entry in entries if entry.kind is Kind.FILE and entry.path.endswith((".yml", ".yaml"))][:MAX_WORKFLOWS]

    def _read(self, path: str) -> None:
        try:
            text = self._repository.read(path)
            self._workflows[path], self._trees[path] = parse_workflow(text, path), plain(yaml.parse(text, path, aliases=True))
        except (Malformed, Refused):
            self._workflows[path] = None

    def _running(self) -> frozenset[str]:
        """The workflows that run the gate, themselves or by one that they call."""
        running: set[str] = set()
        for _ in range(len(self._workflows) + 1):
            more = {path for path, each in self._workflows.items() if each is not None and any(self._gate_jobs(each, running))}
            if more == running:
                break
            running = more
        return frozenset(running)

    def _gate_jobs(self, workflow: Workflow, running: set[str] | frozenset[str]) -> Iterator[Job]:
        for job in workflow.jobs.values():
            called = job.uses is not None and (is_gate(job.uses.value) or job.uses.value.removeprefix("./") in running)
            if called or any(self._is_gate_step(step) for step in job.steps):
                yield job

    def _is_gate_step(self, step: Step) -> bool:
        if step.uses is not None:
            return is_gate(step.uses.value) or self._is_gate_action(step.uses.value, MAX_DEPTH)
        return any(command.words[:1] == ("bbws-gate",) or "bbws_gate" in command.words[:3] for command in step.commands)

    def _is_gate_action(self, uses: str, depth: int) -> bool:
        """Whether an action of the repository itself is the gate, or a composite one that uses it."""
        tree = self._action(uses) if depth else None
        if not isinstance(tree, dict):
            return False
        return tree.get("name") == "bbws-gate" or any(is_gate(each) or self._is_gate_action(each, depth - 1) for each in _steps_of(tree))

    def _action(self, uses: str) -> Plain:
        if not uses.startswith("./"):
            return None
        folder = uses.removeprefix("./").rstrip("/")
        for name in ("action.yml", "action.yaml"):
            path = f"{folder}/{name}" if folder else name
            if path not in self._trees:
                try:
                    self._trees[path] = plain(yaml.parse(self._repository.read(path), path, aliases=True))
                except (Malformed, Refused):
                    continue
            return self._trees[path]
        return None

    def _file(self, path: str, workflow: Workflow | None, running: frozenset[str]) -> GateFile:
        if workflow is None or path not in running:
            return GateFile(path, workflow, (), (), {})
        jobs = tuple(self._gate_jobs(workflow, running))
        steps = [step.uses for job in jobs for step in job.steps if step.uses is not None and self._is_gate_step(step)]
        uses = (*steps, *(job.uses for job in jobs if job.uses is not None))
        return GateFile(path, workflow, uses, tuple(job.id for job in jobs), self._part(path, workflow, jobs, uses))

    def _part(self, path: str, workflow: Workflow, jobs: tuple[Job, ...], uses: tuple[Fact[str], ...]) -> dict[str, Plain]:
        """The gate's jobs and those before them, whole; what all jobs get; and which other jobs wait for them, under which condition."""
        tree = self._trees[path]
        if not isinstance(tree, dict) or not isinstance(every := tree.get("jobs"), dict):
            return {}
        part = {key: tree[key] for key in _TOP if key in tree}
        if not uses or not all(only_verifies(each.value) for each in uses):  # a deployment asks whenever it is started
            part |= {key: tree[key] for key in ("on", "name") if key in tree}
        whole = {job.id: job for gate in jobs for job in (gate, *workflow.before(gate))}
        part |= {f"job {name}": every[name] for name in whole if name in every}
        names = {gate.id for gate in jobs}
        for job in workflow.jobs.values():
            if job.id not in whole and names & {each.id for each in workflow.before(job)} and isinstance(said := every.get(job.id), dict):
                part[f"job {job.id}'s condition"] = {key: said.get(key) for key in ("needs", "if")}
        for job in whole.values():
            self._add_own(part, job, MAX_DEPTH)
        return part

    def _add_own(self, part: dict[str, Plain], job: Job, depth: int) -> None:
        """What of the repository itself a job runs: its actions, and the workflow that it calls, with whatever those use.

        A called workflow that runs the gate is a file with a part of its own.
        """
        path = job.uses.value.removeprefix("./") if job.uses is not None and job.uses.value.startswith("./") else ""
        if path and depth and path not in self._gated:
            called = self._workflows.get(path)
            part[f"workflow {path}"] = self._trees.get(path)
            for inner in called.jobs.values() if called is not None else ():
                self._add_own(part, inner, depth - 1)
        for step in job.steps:
            if step.uses is not None:
                self._add_action(part, step.uses.value, MAX_DEPTH)

    def _add_action(self, part: dict[str, Plain], uses: str, depth: int) -> None:
        if not uses.startswith("./") or not depth:
            return
        part[f"action {uses}"] = self._action_content(uses)
        for inner in _steps_of(self._action(uses)):
            self._add_action(part, inner, depth - 1)

    def _action_content(self, uses: str) -> Plain:
        """What an action of the repository itself is: all of its folder where that is nothing but the action, else what it names."""
        folder = uses.removeprefix("./").rstrip("/")
        if folder.startswith(".github/"):
            return _digest_of(_contents(self._repository, folder))
        tree = self._action(uses)
        runs = tree.get("runs") if isinstance(tree, dict) else None
        named = [runs.get(key) for key in _RUN_FILES] if isinstance(runs, dict) else []
        files = {name: _content(self._repository, posixpath.join(folder, name)) for name in named if isinstance(name, str)}
        return (tree, _digest_of(files))
