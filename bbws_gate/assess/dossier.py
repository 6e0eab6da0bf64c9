"""What the readiness report lists beside the verdict, taken from the evidence as it is: nothing here judges."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bbws_gate.evidence.project import HIDING, ProjectEvidence
from bbws_gate.evidence.tables import Table
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model.dossier import DeploymentStep, Dossier, EnvironmentResources, PlannedResource, Source
from bbws_gate.terraform.stack import Resource, Stack

MAX_RESOURCES = 500
MAX_INDEXES = 20
NAMES = ("name", "bucket", "function_name", "identifier", "cluster_identifier", "repository_name", "alarm_name", "rule_name", "alias")
"""Arguments that name a resource, in the order in which they are looked for."""
SETTINGS = (
    "billing_mode",
    "stream_view_type",
    "runtime",
    "memory_size",
    "timeout",
    "engine",
    "engine_version",
    "instance_class",
    "instance_type",
    "retention_in_days",
    "schedule",
    "schedule_expression",
    "force_destroy",
    "deletion_protection",
    "deletion_protection_enabled",
    "image_tag_mutability",
)
"""Arguments that readers ask for first, whatever the type."""


def dossier_of(evidence: ProjectEvidence, stacks: Mapping[str, Stack]) -> Dossier:
    """The dossier of the target environment.

    Args:
        evidence: what the repository holds for the target.
        stacks: the same code evaluated for environments of the spec, the target among them.
    """
    return Dossier(
        resources=tuple(_resources(evidence)),
        environments=tuple(_counted(name, stacks[name]) for name in evidence.spec.environments if name in stacks),
        sources=tuple(_sources(evidence)),
        deployment=tuple(_deployment(evidence)),
        mentions={
            status: tuple(getattr(evidence.spec.notifications, status))
            for status in ("ready", "pending", "blocked")
            if getattr(evidence.spec.notifications, status)
        },
    )


def _resources(evidence: ProjectEvidence) -> Iterator[PlannedResource]:
    tables = {table.resource.address: table for table in evidence.all_tables}
    managed = [resource for resource in evidence.stack.resources if resource.mode == "managed"]
    for resource in managed[:MAX_RESOURCES]:
        name = next((value for key in NAMES if isinstance(value := resource.attributes.get(key), str)), "")
        details = (*_settings(resource), *(_table_details(tables[resource.address]) if resource.address in tables else ()))
        yield PlannedResource(resource.address, resource.type, name, details, resource.place, resource.expanded)


def _settings(resource: Resource) -> Iterator[str]:
    for key in SETTINGS:
        value = resource.attributes.get(key)
        if isinstance(value, bool):
            yield f"{key} {'true' if value else 'false'}"
        elif isinstance(value, (str, int)):
            yield f"{key} {value}"


def _table_details(table: Table) -> Iterator[str]:
    keys = [f"{what} key {value}" for what, value in (("hash", table.hash_key), ("range", table.range_key)) if isinstance(value, str)]
    if keys:
        yield ", ".join(keys)
    names = [index.name for index in table.indexes if isinstance(index.name, str)]
    if table.indexes_unknown:
        yield f"indexes unknown: {table.indexes_unknown}"
    elif len(names) == len(table.indexes):
        more = f" and {len(names) - MAX_INDEXES} more" if len(names) > MAX_INDEXES else ""
        yield f"{len(names)} {'index' if len(names) == 1 else 'indexes'}{': ' if names else ''}{', '.join(names[:MAX_INDEXES])}{more}"
    recovery = table.resource.get("point_in_time_recovery", 0, "enabled")
    if isinstance(recovery, bool):
        yield f"point-in-time recovery {'on' if recovery else 'off'}"


def _counted(name: str, stack: Stack) -> EnvironmentResources:
    managed = [resource for resource in stack.resources if resource.mode == "managed"]
    counts = Counter(resource.type for resource in managed if resource.expanded)
    hidden = any(problem.code in HIDING for problem in stack.problems) or any(not call.read for call in stack.modules)
    return EnvironmentResources(name, dict(sorted(counts.items())), hidden or any(not resource.expanded for resource in managed))


def _sources(evidence: ProjectEvidence) -> Iterator[Source]:
    """Every file that a claim may rest on, each under one kind: what the spec names comes before what the ending says."""
    spec = evidence.spec
    claimed: set[str] = set()
    others = [path for path in evidence.documents if path not in (spec.plan.document, "README.md")]
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("spec", (evidence.loaded.path,)),
        ("plan", (spec.plan.document,) if spec.plan.document in evidence.files else ()),
        ("tfvars", (path for path in evidence.files if path.endswith((".tfvars", ".tfvars.json", ".tfbackend")))),
        ("Terraform", (*evidence.stack.files, evidence.root)),
        ("schema", evidence.schema_files),
        ("workflow", evidence.workflows),
        ("script", (*evidence.scripts, *_named_scripts(evidence))),
        ("README", (path for path in evidence.files if posixpath.basename(path).casefold().startswith("readme"))),
        ("document", others),
    )
    for kind, paths in kinds:
        own = sorted({path for path in paths if path is not None and path not in claimed})
        claimed.update(own)
        if own:
            yield Source(kind, tuple(own))


def _named_scripts(evidence: ProjectEvidence) -> Iterator[str]:
    for target in evidence.spec.environments.values():
        if target.validation_script in evidence.files:
            yield target.validation_script


def _deployment(evidence: ProjectEvidence) -> Iterator[DeploymentStep]:
    workflow = evidence.workflow
    if workflow is None:
        return
    for job in _in_order(workflow):
        commands = [
            (command.run.place.line, f"terraform {command.subcommand}")
            for command in evidence.terraform_commands[workflow.path]
            if command.run.job.id == job.id
        ]
        commands += [
            (call.run.place.line, call.path.value)
            for call in evidence.script_calls[workflow.path]
            if call.run.job.id == job.id and call.path.value is not None
        ]
        name = job.environment_name
        approval = "" if name is None else name.value or f"unknown: {name.why}"
        needs = tuple(need.value for need in job.needs)
        yield DeploymentStep(job.id, needs, approval, tuple(text for _, text in sorted(commands)), job.place)


def _in_order(workflow: Workflow) -> Iterator[Job]:
    """Jobs after those that they need; what needs itself in a circle comes last, in the order of the file."""
    left = dict(workflow.jobs)
    while left:
        free = [name for name, job in left.items() if not any(need.value in left for need in job.needs)] or list(left)
        for name in free:
            yield left.pop(name)
