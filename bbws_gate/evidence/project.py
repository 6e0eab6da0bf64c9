"""Everything that checks may look at: the spec, and what the repository holds for one environment. Collected once, judged nowhere here."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property

from bbws_gate.errors import SourceError
from bbws_gate.evidence.matching import Tables, match_tables
from bbws_gate.evidence.tables import TABLE, Table, table_from_resource
from bbws_gate.model import Evidence, Place
from bbws_gate.repository import Refused, Repository
from bbws_gate.spec import Environment, LoadedSpec, PromotionSpec, TableExpectation
from bbws_gate.terraform.stack import Stack

HIDING = ("HCL001", "HCL003", "HCL004", "HCL005", "HCL006", "MOD002", "EVL004", "FIL001", "FIL002")
"""Problems that can keep a resource from being seen at all."""


@dataclass(frozen=True)
class ProjectEvidence:
    """One project as one environment will get it."""

    loaded: LoadedSpec
    environment_name: str
    stack: Stack
    files: frozenset[str] = frozenset()
    """Every regular file of the repository."""
    tracked: frozenset[str] | None = None
    """What git tracks; None when that cannot be told."""
    inputs: tuple[str, ...] = field(default=())
    """The environment's tfvars files, relative to the repository root, in the order in which they count."""

    @property
    def spec(self) -> PromotionSpec:
        """The spec without its places."""
        return self.loaded.spec

    @cached_property
    def environment(self) -> Environment:
        """The target, as the spec describes it."""
        return self.spec.environment(self.environment_name)

    @property
    def root(self) -> str:
        """The root module's folder as the spec names it."""
        return self.stack.root

    @cached_property
    def tables(self) -> Tables:
        """The Terraform's tables, sorted by what the spec wants."""
        wanted = {name: self.spec.table_name(self.environment_name, name) for name in self.spec.tables(self.environment_name)}
        return match_tables(wanted, self.all_tables, self.spec.environments, self.unread)

    @cached_property
    def all_tables(self) -> tuple[Table, ...]:
        """Every ``aws_dynamodb_table`` that the Terraform declares."""
        return tuple(table_from_resource(resource) for resource in self.stack.of_type(TABLE))

    @cached_property
    def required_tables(self) -> tuple[tuple[str, Table, TableExpectation], ...]:
        """The required tables that are there: logical name, table, what is expected of it."""
        expected = self.spec.tables(self.environment_name)
        return tuple((name, self.tables.found[name], expectation) for name, expectation in expected.items() if name in self.tables.found)

    def table_evidence(self, logical: str, *keys: str) -> Evidence:
        """The line of the spec that asks for a table, or for one of its settings: where the most specific part says so."""
        special = self.environment.tables
        parts: tuple[tuple[TableExpectation | None, tuple[str, ...]], ...] = (
            (special.required.get(logical), ("environments", self.environment_name, "tables", "required", logical)),
            (self.spec.expect.tables.required.get(logical), ("expect", "tables", "required", logical)),
            (special.defaults, ("environments", self.environment_name, "tables", "defaults")),
            (self.spec.expect.tables.defaults, ("expect", "tables", "defaults")),
        )
        for expectation, path in parts:
            if expectation is not None and (not keys or keys[0] in expectation.model_fields_set):
                return self.loaded.evidence(*path, *keys)
        return self.loaded.evidence("expect", "tables", "required", logical)

    @cached_property
    def unread(self) -> str:
        """Why the Terraform may hold more than was seen; empty when all of it was read."""
        for problem in self.stack.problems:
            if problem.code in HIDING:
                return f"{problem.place} could not be read completely ({problem.code})"
        for call in self.stack.modules:
            if not call.read:
                return f"{call.address} is not in this checkout ({call.source}) and may declare it"
        return ""

    def terraform_place(self) -> Place:
        """Where somebody would add a resource: the root module's first file, or its folder when it has none."""
        inside = sorted(path for path in self.stack.files if posixpath.dirname(path) == self.root and path.endswith((".tf", ".tf.json")))
        return Place(
            next((path for path in inside if posixpath.basename(path).startswith("main.")), inside[0] if inside else self.root), 0, 0
        )


def collect(repository: Repository, loaded: LoadedSpec, environment: str, *, plan: bytes | None = None) -> ProjectEvidence:
    """Read everything that the checks need.

    Args:
        repository: the files under assessment.
        loaded: the spec that judges them.
        environment: a name from the spec.
        plan: ``terraform show -json`` output, as a second witness.

    Raises:
        UsageError: the spec has no such environment.
        SourceError: the repository has more files than may be listed.
    """
    loaded.spec.environment(environment)
    try:
        files = frozenset(entry.path for entry in repository.walk() if entry.kind.value == "file")
    except Refused as refused:
        raise SourceError(refused.why, where=refused.path or ".") from refused
    return ProjectEvidence(
        loaded=loaded,
        environment_name=environment,
        stack=stack_of(repository, loaded, environment, plan=plan),
        files=files,
        tracked=repository.tracked(),
        inputs=var_files(loaded, environment),
    )


def var_files(loaded: LoadedSpec, environment: str) -> tuple[str, ...]:
    """The environment's tfvars files relative to the repository root; the spec names them relative to the Terraform root."""
    return tuple(_in_root(loaded, path) for path in loaded.spec.environment(environment).var_files)


def stack_of(repository: Repository, loaded: LoadedSpec, environment: str, *, plan: bytes | None = None) -> Stack:
    """The Terraform of the spec's root module as one environment evaluates it.

    Raises:
        UsageError: the spec has no such environment.
    """
    from bbws_gate.terraform.read import read_stack

    target = loaded.spec.environment(environment)
    present = [path for path in var_files(loaded, environment) if repository.is_file(path)]
    backend = target.backend.config_files if target.backend is not None else ()
    return read_stack(
        repository,
        _in_root(loaded, ""),
        var_files=present,
        variables={name: str(value) for name, value in target.variables.items()},
        workspace=target.workspace or "default",
        backend_files=[_in_root(loaded, path) for path in backend],
        plan=plan,
    )


def _in_root(loaded: LoadedSpec, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(loaded.spec.terraform.root, path))
    return "" if joined == "." else joined
