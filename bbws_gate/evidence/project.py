"""Everything that checks may look at: the spec, and what the repository holds for one environment. Nothing is judged here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from bbws_gate.deferred import dataclass, field, replace
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.gate_changes import GateChange
from bbws_gate.evidence.markdown import Document
from bbws_gate.evidence.marks import Marks, marks
from bbws_gate.evidence.matching import Tables, match_tables
from bbws_gate.evidence.plan_document import USUAL_ENVIRONMENTS, PlanDocument, read_plan
from bbws_gate.evidence.policy import Policy, policies_of
from bbws_gate.evidence.run import ScriptCall, script_calls
from bbws_gate.evidence.schema_json import TableSchema
from bbws_gate.evidence.script import Script
from bbws_gate.evidence.serving import Served, Whom, judged, serving
from bbws_gate.evidence.signs import Checkout
from bbws_gate.evidence.state_settings import StateSettings, state_settings
from bbws_gate.evidence.tables import Table, tables_of
from bbws_gate.evidence.terraform_command import TerraformCommand, terraform_commands
from bbws_gate.evidence.variants import variants, without_leg
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import CostEstimate, Evidence, Place
from bbws_gate.repository import Tags
from bbws_gate.spec import Environment, LoadedSpec, PromotionSpec, TableExpectation
from bbws_gate.terraform.stack import Stack

HIDING = ("HCL001", "HCL003", "HCL004", "HCL005", "HCL006", "MOD002", "EVL004", "FIL001", "FIL002")
"""Problems that can keep a resource from being seen at all."""

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class ProjectEvidence:
    """One project as one environment will get it. Made by :func:`bbws_gate.evidence.collect.collect`."""

    loaded: LoadedSpec
    environment_name: str
    stack: Stack
    files: frozenset[str] = frozenset()
    """Every regular file of the repository."""
    tracked: frozenset[str] | None = None
    """What git tracks; None when that cannot be told."""
    commit: str = ""
    """The commit under assessment; empty when nobody says."""
    tags: Tags | None = None
    """The repository's git tags; None when they cannot be told, or no commit is given to compare them with."""
    inputs: tuple[str, ...] = ()
    """The environment's tfvars files, relative to the repository root, in the order in which they count."""
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    """Every GitHub workflow, by path, the reusable ones of the repository followed."""
    workflow_files: Mapping[str, Workflow] = field(default_factory=dict)
    """The same as their files say them."""
    scripts: Mapping[str, Script] = field(default_factory=dict)
    """Validation scripts of all environments, and what the workflows call, by path."""
    schemas: Mapping[str, tuple[TableSchema, ...]] = field(default_factory=dict)
    """Table schema documents, by path."""
    schema_files: frozenset[str] = frozenset()
    """The files that the spec says are schema documents, readable or not."""
    secrets: Mapping[str, tuple[Fact[str], ...]] = field(default_factory=dict)
    """What files that usually hold keys give away, by path."""
    plan_files: Mapping[str, bool] = field(default_factory=dict)
    """Files that are called like saved plans, by path: whether they are."""
    policy_files: Mapping[str, Policy | None] = field(default_factory=dict)
    """JSON files whose paths speak of policies, by path; None for those that hold none."""
    backend_states: Mapping[str, Mapping[str, Resolved]] = field(default_factory=dict)
    """What files for ``-backend-config`` say of the state, by path."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """The plan document, README, CHANGELOG and what else the spec names, as far as it is Markdown, by path."""
    unreadable: Mapping[str, tuple[Place, str]] = field(default_factory=dict)
    """Workflows, scripts, schemas and documents that could not be read, by path: where and why."""
    cost: CostEstimate | None = None
    """What it will cost a month, where somebody has estimated it."""
    gate_changes: tuple[GateChange, ...] = ()
    """What the change under assessment does to the workflows that run this gate; empty where there is no base to compare with."""

    @cached_property
    def spec(self) -> PromotionSpec:
        """The spec without its places."""
        return self.loaded.spec

    @cached_property
    def environment(self) -> Environment:
        """The target, as the spec describes it."""
        return self.spec.environment(self.environment_name)

    @property
    def root(self) -> str:
        """The root module's folder, relative to the repository root."""
        return self.stack.root

    def shared(self, make: Callable[[ProjectEvidence], _Made]) -> _Made:
        """What several checks work out of this evidence: the result of ``make``, which is called at the first question."""
        if make not in self._made:
            self._made[make] = make(self)
        made: _Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Callable[[ProjectEvidence], Any], Any]:
        return {}

    @cached_property
    def expected_tables(self) -> Mapping[str, TableExpectation]:
        """What the spec expects of each table in this environment, by logical name."""
        return self.spec.tables(self.environment_name)

    @cached_property
    def _table_names(self) -> Mapping[str, str]:
        return {logical: self.spec.table_name(self.environment_name, logical) for logical in self.expected_tables}

    def table_name(self, logical: str) -> str:
        """The name that an expected table must have in this environment."""
        return self._table_names[logical]

    @cached_property
    def tables(self) -> Tables:
        """The Terraform's tables, sorted by what the spec wants."""
        return match_tables(self._table_names, self.all_tables, self.spec.environments, self.unread)

    @cached_property
    def all_tables(self) -> tuple[Table, ...]:
        """Every ``aws_dynamodb_table`` that the Terraform declares, with the indexes and replicas that belong to it: a file that could not
        be read may declare more of them.
        """
        tables = tables_of(self.stack)
        if not self.unread_files:
            return tables
        why = self.unread_files
        return tuple(
            replace(table, indexes_unknown=table.indexes_unknown or why, replicas_unknown=table.replicas_unknown or why) for table in tables
        )

    @cached_property
    def logical_names(self) -> Mapping[str, str]:
        """What the spec calls the tables that are there, by their addresses."""
        return {table.resource.address: name for name, table in self.tables.found.items()}

    @cached_property
    def required_tables(self) -> tuple[tuple[str, Table, TableExpectation], ...]:
        """The required tables that are there: logical name, table, what is expected of it."""
        found = self.tables.found
        return tuple((name, found[name], expectation) for name, expectation in self.expected_tables.items() if name in found)

    def table_evidence(self, logical: str, *keys: str) -> Evidence:
        """The line of the spec that asks for a table, or for one of its settings: where the most specific part says so."""
        for required, at in self._required_parts:
            expectation = required.get(logical)
            if expectation is not None and (not keys or keys[0] in expectation.model_fields_set):
                return self.loaded.evidence(*at, logical, *keys)
        for said, at in self._default_parts:
            if not keys or keys[0] in said:
                return self.loaded.evidence(*at, *keys)
        return self.loaded.evidence("expect", "tables", "required", logical)

    @cached_property
    def _required_parts(self) -> tuple[tuple[Mapping[str, TableExpectation], tuple[str, ...]], ...]:
        """What the spec says of single tables, and where: the most specific part first."""
        return (
            (self.environment.tables.required, ("environments", self.environment_name, "tables", "required")),
            (self.spec.expect.tables.required, ("expect", "tables", "required")),
        )

    @cached_property
    def _default_parts(self) -> tuple[tuple[set[str], tuple[str, ...]], ...]:
        """The settings that the spec gives all tables, and where: the most specific part first."""
        return (
            (self.environment.tables.defaults.model_fields_set, ("environments", self.environment_name, "tables", "defaults")),
            (self.spec.expect.tables.defaults.model_fields_set, ("expect", "tables", "defaults")),
        )

    @property
    def backend_files(self) -> tuple[str, ...]:
        """The target's backend configuration files that the spec names, relative to the repository root."""
        backend = self.environment.backend
        return tuple(
            posixpath.normpath(posixpath.join(self.spec.terraform.root, path))
            for path in (backend.config_files if backend is not None else ())
        )

    def inputs_of(self, environment: str) -> tuple[str, ...]:
        """An environment's tfvars files, relative to the repository root."""
        named = self.spec.environment(environment).var_files
        return tuple(posixpath.normpath(posixpath.join(self.spec.terraform.root, path)) for path in named)

    def target_evidence(self, *keys: str) -> Evidence:
        """The line of the spec that says something about the target environment."""
        return self.loaded.evidence("environments", self.environment_name, *keys)

    @cached_property
    def unread_files(self) -> str:
        """Why a file of the Terraform may say more than was seen; empty when all that is in the checkout was read."""
        for problem in self.stack.problems:
            if problem.code in HIDING:
                return f"{problem.place} could not be read completely ({problem.code})"
        return ""

    @cached_property
    def unread(self) -> str:
        """Why the Terraform may hold more than was seen; empty when all of it was read."""
        if self.unread_files:
            return self.unread_files
        for call in self.stack.modules:
            if not call.read:
                return f"{call.address} is not in this checkout ({call.source}) and may declare it"
        return ""

    def unread_about(self, word: str) -> str:
        """As ``unread``, of modules whose name or source has ``word`` only: one about something else says nothing against what is there."""
        modules = (call for call in self.stack.modules if not call.read and word in f"{call.address} {call.source}".casefold())
        about = next((f"{call.address} is not in this checkout ({call.source}) and may declare it" for call in modules), "")
        return self.unread_files or about

    def terraform_place(self, *names: str) -> Place:
        """Where somebody would add something: the root file of one of these names, else ``main``, else any; the folder without files."""
        inside = sorted(path for path in self.stack.files if posixpath.dirname(path) == self.root and path.endswith((".tf", ".tf.json")))
        stems = {posixpath.basename(path).partition(".")[0]: path for path in reversed(inside)}
        return Place(next((stems[name] for name in (*names, "main") if name in stems), inside[0] if inside else self.root), 0, 0)

    @cached_property
    def plan(self) -> PlanDocument | None:
        """What the plan document states; None when the spec names none, or it is missing or unreadable."""
        named = self.spec.plan.document
        document = self.documents.get(named) if named is not None else None
        return None if document is None else read_plan(document, (*USUAL_ENVIRONMENTS, *self.spec.environments))

    @property
    def workflow(self) -> Workflow | None:
        """The target's deployment workflow; None when the spec names none, or it is missing or unreadable."""
        named = self.environment.workflow
        return None if named is None else self.workflows.get(named.path)

    @property
    def script(self) -> Script | None:
        """The target's validation script; None when the spec names none, or it is missing or unreadable."""
        named = self.environment.validation_script
        return None if named is None else self.scripts.get(named)

    @cached_property
    def terraform_commands(self) -> Mapping[str, tuple[TerraformCommand, ...]]:
        """The Terraform commands of every workflow, by its path."""
        return {path: terraform_commands(workflow) for path, workflow in self.workflows.items()}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, at any depth; the root is ``""``."""
        found = {""}
        for path in self.files:
            folder = posixpath.dirname(path)
            while folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return frozenset(found)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy of the Terraform, then those of files."""
        files = (policy for policy in self.policy_files.values() if policy is not None)
        return (*(policy for resource in self.stack.resources for policy in policies_of(resource)), *files)

    @cached_property
    def checkout(self) -> Checkout:
        """What of the repository tells where a command works."""
        return Checkout.of(self.files, self.root, self.backend_states)

    @cached_property
    def _marks(self) -> Marks:
        return marks(self.spec, self.environment_name)

    @cached_property
    def _serving(self) -> dict[str, tuple[Served, ...]]:
        return {}

    def serving(self, path: str) -> tuple[Served, ...]:
        """Every job of a workflow, as it runs in each variant, with whom it serves."""
        if path not in self._serving:
            found = variants(self.workflow_files[path], self.workflow_files) if path in self.workflow_files else ()
            self._serving[path] = serving(found, self._marks, self.checkout)
        return self._serving[path]

    @cached_property
    def judged(self) -> tuple[Served, ...]:
        """The jobs of the target's workflow that answer for the target, as they run."""
        return judged(self.serving(self.workflow.path), self._marks) if self.workflow is not None else ()

    @cached_property
    def target_workflow(self) -> Workflow | None:
        """The target's workflow as its file has it, without the jobs that serve other environments, or may do so."""
        workflow = self.workflow
        if workflow is None:
            return None
        mine = {without_leg(job.job.id) for job in self.judged if not (job.doubt and job.whom in (Whom.MIXED, Whom.NOBODY))}
        others = {without_leg(job.job.id) for job in self.serving(workflow.path)} - mine
        return replace(workflow, jobs={name: job for name, job in workflow.jobs.items() if name not in others}) if others else workflow

    @cached_property
    def state_settings(self) -> tuple[StateSettings, ...]:
        """What the target's workflow lays over the backend block: one for each ``terraform init`` that counts."""
        return tuple(each for job in self.judged for each in state_settings(job.commands, self.checkout))

    @cached_property
    def script_calls(self) -> Mapping[str, tuple[ScriptCall, ...]]:
        """The repository's scripts that every workflow runs, by its path."""
        return {path: script_calls(workflow) for path, workflow in self.workflows.items()}

    @cached_property
    def unreadable_schemas(self) -> tuple[tuple[Place, str], ...]:
        """Schema documents that could not be read: where and why."""
        return tuple(self.unreadable[path] for path in sorted(self.unreadable) if path in self.schema_files)

    def schemas_of(self, logical: str) -> Iterator[TableSchema]:
        """The schema documents that describe a table of the spec."""
        expectation = self.expected_tables.get(logical)
        named = expectation.schema_file if expectation is not None else None
        full = self.table_name(logical) if expectation is not None else logical
        for path, tables in self.schemas.items():
            for schema in tables:
                if path == named or (named is None and schema.name is not None and schema.name.value in (logical, full)):
                    yield schema
