"""Reads a repository once, for one environment, into :class:`~bbws_gate.evidence.project.ProjectEvidence`."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import TypeVar

from bbws_gate.deferred import regex
from bbws_gate.errors import SourceError
from bbws_gate.evidence.backend_files import backend_files, state_in
from bbws_gate.evidence.called_workflows import followed
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.markdown import parse_markdown
from bbws_gate.evidence.marks import marks
from bbws_gate.evidence.policy import policy_from_file
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.run import script_calls
from bbws_gate.evidence.schema_json import parse_schemas
from bbws_gate.evidence.script import parse_script
from bbws_gate.evidence.secrets import PLAN_FILE, SECRET_FILE, is_plan, secrets_in
from bbws_gate.evidence.serving import judged, serving
from bbws_gate.evidence.signs import Checkout
from bbws_gate.evidence.state_settings import state_settings
from bbws_gate.evidence.variants import variants
from bbws_gate.evidence.workflow import Workflow, parse_workflow
from bbws_gate.model import Place
from bbws_gate.notation import Malformed
from bbws_gate.repository import Kind, Refused, Repository
from bbws_gate.spec import LoadedSpec, fill
from bbws_gate.terraform.evaluate.budget import STEPS
from bbws_gate.terraform.read import read_stack
from bbws_gate.terraform.stack import SensitiveValue, Stack

WORKFLOWS = ".github/workflows"
MAX_SCRIPTS = 50
MAX_POLICIES = 100
MAX_SECRET_FILES = 200
MAX_PLANS = 20

T = TypeVar("T")


def collect(
    repository: Repository, loaded: LoadedSpec, environment: str, *, plan: bytes | None = None, commit: str = "", steps: int = STEPS
) -> ProjectEvidence:
    """Read everything that the checks need.

    Args:
        repository: the files under assessment.
        loaded: the spec that judges them.
        environment: a name from the spec.
        plan: ``terraform show -json`` output, as a second witness.
        commit: what ``repository`` is, where that is known: release tags are compared with it.
        steps: what evaluating the Terraform may take.

    Raises:
        UsageError: the spec has no such environment.
        SourceError: the repository has more files than may be listed.
    """
    loaded.spec.environment(environment)
    try:
        files = frozenset(entry.path for entry in repository.walk() if entry.kind is Kind.FILE)
    except Refused as refused:
        raise SourceError(refused.why, where=refused.path or ".") from refused
    reader = _Reader(repository)
    workflow_files = reader.each(_workflow_files(files), parse_workflow)
    workflows = followed(workflow_files)
    stack = stack_of(repository, loaded, environment, plan=plan, steps=steps)
    return ProjectEvidence(
        loaded=loaded,
        environment_name=environment,
        stack=stack,
        files=files,
        tracked=repository.tracked(),
        commit=commit,
        tags=repository.tags() if commit else None,
        inputs=var_files(loaded, environment),
        workflows=workflows,
        workflow_files=workflow_files,
        scripts=reader.each(_script_files(loaded, workflows.values(), files), parse_script),
        schemas=reader.each(_schema_files(loaded, files), parse_schemas),
        schema_files=frozenset(_schema_files(loaded, files)),
        secrets=reader.each(sorted(filter(SECRET_FILE.search, files))[:MAX_SECRET_FILES], _secrets_beside(stack)),
        plan_files=reader.each(sorted(filter(PLAN_FILE.search, files))[:MAX_PLANS], is_plan),
        policy_files=reader.each(_policy_files(files), policy_from_file),
        backend_states=reader.each(backend_files(files), state_in),
        documents=reader.each(_documents(loaded, environment, files), parse_markdown),
        unreadable=reader.unreadable,
    )


class _Reader:
    """Parses files one by one; what cannot be read is remembered, not raised."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.unreadable: dict[str, tuple[Place, str]] = {}

    def each(self, paths: Iterable[str], parse: Callable[[bytes, str], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for path in paths:
            try:
                found[path] = parse(self._repository.read(path), path)
            except Malformed as malformed:
                self.unreadable[path] = (Place(path, malformed.line, malformed.line), malformed.why)
            except Refused as refused:
                self.unreadable[path] = (Place(path, 0, 0), refused.why)
        return found


def _workflow_files(files: frozenset[str]) -> list[str]:
    return sorted(path for path in files if posixpath.dirname(path) == WORKFLOWS and path.endswith((".yml", ".yaml")))


def _script_files(loaded: LoadedSpec, workflows: Iterable[Workflow], files: frozenset[str]) -> list[str]:
    """Validation scripts of all environments, then what workflows call; those that exist."""
    named = [target.validation_script for target in loaded.spec.environments.values()]
    called = [call.path.value for workflow in workflows for call in script_calls(workflow)]
    wanted = dict.fromkeys(path for path in (*named, *sorted(filter(None, called))) if path in files and path is not None)
    return [path for path in wanted if path.endswith((".py", ".sh", ".bash"))][:MAX_SCRIPTS]


def _schema_files(loaded: LoadedSpec, files: frozenset[str]) -> list[str]:
    patterns = loaded.spec.expect.schemas
    named = {table.schema_file for table in loaded.spec.expect.tables.required.values()}
    return sorted(path for path in files if path in named or any(matches_glob(path, pattern) for pattern in patterns))


def _secrets_beside(stack: Stack) -> Callable[[bytes, str], tuple[Fact[str], ...]]:
    """How to look for secrets, where the value files below the root module are known to set its sensitive variables."""
    sensitive = frozenset(name for name, variable in stack.variables.items() if isinstance(variable.value, SensitiveValue))
    below = f"{stack.root}/" if stack.root else ""
    return lambda text, path: secrets_in(text, path, sensitive if path.startswith(below) else frozenset())


_POLICY_FILE = regex(r"(?i)(^|[/_.-])(iam|polic(y|ies)|trust|assume|oidc|permissions)([/_.-]|$)")


def _policy_files(files: frozenset[str]) -> list[str]:
    return sorted(path for path in files if path.endswith(".json") and _POLICY_FILE.search(path))[:MAX_POLICIES]


def _documents(loaded: LoadedSpec, environment: str, files: frozenset[str]) -> list[str]:
    spec = loaded.spec
    named = [fill(document.path, spec.names(environment)) for document in spec.expect.documents]
    wanted = dict.fromkeys(
        path for path in (spec.plan.document, spec.rollback.document, "README.md", "CHANGELOG.md", *named) if path in files
    )
    return [path for path in wanted if path is not None and path.lower().endswith((".md", ".markdown"))]


def matches_glob(path: str, pattern: str) -> bool:
    """Whether a path fits a glob: ``*`` stays within one folder, ``**`` crosses folders."""
    parts, wanted = path.split("/"), pattern.removeprefix("./").split("/")
    return _fits(tuple(parts), tuple(wanted))


def _fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return any(_fits(parts[skip:], wanted[1:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


def var_files(loaded: LoadedSpec, environment: str) -> tuple[str, ...]:
    """The environment's tfvars files relative to the repository root; the spec names them relative to the Terraform root."""
    return tuple(_in_root(loaded, path) for path in loaded.spec.environment(environment).var_files)


def stack_of(repository: Repository, loaded: LoadedSpec, environment: str, *, plan: bytes | None = None, steps: int = STEPS) -> Stack:
    """The Terraform of the spec's root module as one environment evaluates it, in so many steps at most.

    Raises:
        UsageError: the spec has no such environment.
    """
    target = loaded.spec.environment(environment)
    backend = [_in_root(loaded, path) for path in target.backend.config_files] if target.backend is not None else []
    return read_stack(
        repository,
        _in_root(loaded, ""),
        var_files=[path for path in var_files(loaded, environment) if repository.is_file(path)],
        variables={name: _word(value) for name, value in target.variables.items()},
        workspace=target.workspace or "default",
        backend_files=[path for path in backend or _workflow_backends(repository, loaded, environment) if repository.is_file(path)],
        plan=plan,
        steps=steps,
    )


def _workflow_backends(repository: Repository, loaded: LoadedSpec, environment: str) -> list[str]:
    """Backend configuration files that the environment's workflow names, where the spec names none."""
    named = loaded.spec.environment(environment).workflow
    reader = _Reader(repository)
    found = reader.each([named.path], parse_workflow) if named is not None and repository.is_file(named.path) else {}
    if named is None or named.path not in found:
        return []
    try:
        files = frozenset(entry.path for entry in repository.walk() if entry.kind is Kind.FILE)
    except Refused:
        return []
    if any(job.uses is not None for job in found[named.path].jobs.values()):
        found = reader.each(_workflow_files(files), parse_workflow)
    checkout = Checkout.of(files, _in_root(loaded, ""), reader.each(backend_files(files), state_in))
    told = marks(loaded.spec, environment)
    jobs = judged(serving(variants(found[named.path], found), told, checkout), told)
    settings = (each for job in jobs for each in state_settings(job.commands, checkout))
    return [laid.value.value for each in settings for laid in each.laid if not laid.name and laid.value.value is not None]


def _word(value: object) -> str:
    """A ``-var`` as it would stand on the command line."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _in_root(loaded: LoadedSpec, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(loaded.spec.terraform.root, path))
    return "" if joined == "." else joined
