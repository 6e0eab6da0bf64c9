"""Everything that a draft is made from: the repository's evidence for each environment, and the plan."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from bbws_gate.deferred import dataclass, replace
from bbws_gate.draft.discovery import Deployment, find_deployment, find_validation_script
from bbws_gate.draft.environments import backend_files, environments_in, in_order, mentions, own_var_files, relative
from bbws_gate.draft.plan import Target, Wanted, read_wanted
from bbws_gate.draft.roots import choose_root
from bbws_gate.draft.stated import Remark, Stated
from bbws_gate.draft.yaml_text import Block, Entry, Value, written
from bbws_gate.errors import SourceError, UsageError
from bbws_gate.evidence.called_workflows import followed
from bbws_gate.evidence.collect import collect
from bbws_gate.evidence.markdown import parse_markdown
from bbws_gate.evidence.plan_document import USUAL_ENVIRONMENTS, PlanDocument, read_plan
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Workflow, parse_workflow
from bbws_gate.notation import Malformed
from bbws_gate.repository import Kind, Refused, Repository
from bbws_gate.spec import LoadedSpec, load_spec
from bbws_gate.spec.form import Form
from bbws_gate.spec.words import EnvironmentName, Identifier, RelativePath, RepositoryPath
from bbws_gate.terraform.evaluate.budget import STEPS, STEPS_COMPARED

MAX_FILES = 200
NAMELESS = "default"
"""What an environment is called when nothing names one; also Terraform's own word for the first workspace."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The files of one environment."""

    var_files: tuple[str, ...]
    """Relative to the Terraform root, as the spec has them."""
    backend_files: tuple[str, ...]
    deployment: Deployment
    workflow: Stated[str] | None
    approval_environment: Stated[str] | None
    validation_script: Stated[str] | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What was found."""

    project: str
    root: str
    environments: Mapping[str, ProjectEvidence]
    """By name, in the order of promotion. The evidence's spec holds nothing but where the files are."""
    surroundings: Mapping[str, Surroundings]
    wanted: Wanted | None
    """What the plan says; None without one."""
    remarks: tuple[Remark, ...]


def survey(
    repository: Repository, *, project: str, environments: Sequence[str] = (), root: str | None = None, plan_document: str | None = None
) -> Ground:
    """Read what a draft is made from.

    Args:
        repository: the files.
        project: what to call the project when the plan does not say.
        environments: the targets; all that plan and input files name when empty.
        root: folder of the root module; found when None.
        plan_document: path of the plan.

    Raises:
        UsageError: an environment's name or the root cannot be used, or several roots may be meant.
        SourceError: the plan document cannot be read, or the repository has more files than may be listed.
    """
    try:
        files = frozenset(entry.path for entry in repository.walk() if entry.kind is Kind.FILE)
    except Refused as refused:
        raise SourceError(refused.why, where=refused.path or ".") from refused
    plan = _plan(repository, plan_document, environments) if plan_document is not None else None
    folder = _root(repository, files, root, environments, has_plan=plan is not None)
    names = _environments(files, folder, environments, plan)
    workflows = _workflows(repository, files)
    wanted = read_wanted(plan, names) if plan is not None else None
    around = {name: _surroundings(name, names, files=files, root=folder, workflows=workflows, wanted=wanted) for name in names}
    if _has_workspaces(repository, files, folder):
        around = {name: _in_workspace(name, each) for name, each in around.items()}
    skeleton = load_spec(_skeleton(folder, around).encode(), "draft.yml")
    evidence = _evidence(repository, skeleton, names)
    remarks = [each.deployment.remark for each in around.values() if each.deployment.remark is not None and each.workflow is None]
    return Ground(_project(project, plan), folder, evidence, around, wanted, (*(wanted.remarks if wanted else ()), *remarks))


def _evidence(repository: Repository, skeleton: LoadedSpec, names: Sequence[str]) -> dict[str, ProjectEvidence]:
    """Every environment's; once the Terraform was too much for one of them, the others get less."""
    found: dict[str, ProjectEvidence] = {}
    steps = STEPS
    for name in names:
        found[name] = collect(repository, skeleton, name, steps=steps)
        if any(problem.code == "EVL004" for problem in found[name].stack.problems):
            steps = STEPS_COMPARED
    return found


def _plan(repository: Repository, path: str, environments: Sequence[str]) -> PlanDocument:
    try:
        return read_plan(parse_markdown(repository.read(path), path), (*USUAL_ENVIRONMENTS, *environments))
    except (Refused, Malformed) as error:
        raise SourceError(
            f"the plan document cannot be read: {error.why}", where=path, mend="name a Markdown file, relative to PATH"
        ) from error


def _root(repository: Repository, files: frozenset[str], root: str | None, environments: Sequence[str], *, has_plan: bool) -> str:
    found = choose_root(repository, files, environments) if root is None else posixpath.normpath(root or ".")
    if found is None and not has_plan:
        raise UsageError("there are no Terraform files", mend="give the folder of a checkout, or a plan with --plan-document")
    folder = "" if found in (None, ".") else str(found)
    if root is not None and not any(posixpath.dirname(path) == folder and path.endswith((".tf", ".tf.json")) for path in files):
        raise UsageError("there are no Terraform files in this folder", where=root, mend="give --root the folder of a root module")
    if folder and not fits(RepositoryPath, folder):
        raise UsageError("this folder's name cannot stand in a spec", where=folder)
    return folder


def _environments(files: frozenset[str], root: str, asked: Sequence[str], plan: PlanDocument | None) -> tuple[str, ...]:
    for name in asked:
        if not fits(EnvironmentName, name):
            raise UsageError(f"{name!r:.80} is not an environment's name", mend="letters, digits, '_' and '-'")
    if asked:
        return in_order(asked)
    stated = [row.name for row in plan.environments] if plan is not None else []
    unsaid = [name for name in environments_in(files, root) if not any(mentions(name, other) for other in stated)]
    found = [name for name in in_order([*stated, *unsaid]) if fits(EnvironmentName, name)]
    unique = {name.casefold(): name for name in reversed(found)}
    return tuple(name for name in found if unique[name.casefold()] == name) or (NAMELESS,)


def _workflows(repository: Repository, files: frozenset[str]) -> dict[str, Workflow]:
    found = {}
    for path in sorted(files):
        if posixpath.dirname(path) == ".github/workflows" and path.endswith((".yml", ".yaml")):
            try:
                found[path] = parse_workflow(repository.read(path), path)
            except (Malformed, Refused):
                continue  # a workflow that cannot be read suggests nothing
    return followed(found)


def _has_workspaces(repository: Repository, files: frozenset[str], root: str) -> bool:
    """Whether the root module's own files refer to ``terraform.workspace``."""
    own = [path for path in sorted(files) if posixpath.dirname(path) == root and path.endswith(".tf")]
    for path in own[:MAX_FILES]:
        try:
            if b"terraform.workspace" in repository.read(path):
                return True
        except Refused:
            continue
    return False


def _surroundings(
    name: str, names: Sequence[str], *, files: frozenset[str], root: str, workflows: Mapping[str, Workflow], wanted: Wanted | None
) -> Surroundings:
    target = wanted.targets[name] if wanted is not None else Target()
    deployment = find_deployment(workflows, name, root)
    named = _usable(target.workflow) or deployment.workflow
    workflow = workflows.get(named.value) if named is not None else None
    script = _usable(target.validation_script) or find_validation_script(files, workflow, name, names)
    is_same = deployment.workflow is not None and named is not None and named.value == deployment.workflow.value
    inputs = [path for path in deployment.var_files if path in files] if is_same else []
    states = [path for path in deployment.backend_files if path in files] if is_same else []
    return Surroundings(
        var_files=_relative(inputs or own_var_files(files, root, name), root),
        backend_files=_relative(states or backend_files(files, root, name)[:1], root),
        deployment=deployment,
        workflow=named if named is not None and fits(RepositoryPath, named.value) else None,
        approval_environment=target.approval_environment or (deployment.approval_environment if is_same else None),
        validation_script=script if script is not None and fits(RepositoryPath, script.value) else None,
    )


def _in_workspace(name: str, around: Surroundings) -> Surroundings:
    """With the environment's own workspace, where no workflow selects one: ``default`` is rarely an environment."""
    if around.deployment.workspace is not None or name == NAMELESS:
        return around
    workspace = Stated(name, "assumed: the Terraform refers to terraform.workspace")
    return replace(around, deployment=around.deployment._replace(workspace=workspace))


def _usable(path: Stated[str] | None) -> Stated[str] | None:
    return path if path is not None and fits(RepositoryPath, path.value) else None


def _relative(paths: Iterable[str], root: str) -> tuple[str, ...]:
    return tuple(found for path in paths if fits(RelativePath, found := relative(path, root)))


def environment_files(around: Surroundings) -> dict[str, Value]:
    """The keys of an environment that say where its files are."""
    found: dict[str, Value] = {}
    if around.var_files:
        found["var_files"] = around.var_files
    if around.deployment.workspace is not None:
        found["workspace"] = around.deployment.workspace.value
    return found


def _skeleton(root: str, surroundings: Mapping[str, Surroundings]) -> str:
    """A spec that says where the files are, so that they are read as ``check`` will read them."""
    environments: dict[str, Value] = {}
    for name, around in surroundings.items():
        own = environment_files(around)
        if around.backend_files:
            own["backend"] = {"config_files": around.backend_files}
        if around.workflow is not None:
            own["workflow"] = {"path": around.workflow.value}
        if around.validation_script is not None:
            own["validation_script"] = around.validation_script.value
        environments[name] = own
    return written(
        Block(
            (
                Entry("version", 1),
                Entry("project", NAMELESS),
                Entry("terraform", {"root": root or "."}),
                Entry("environments", environments),
                Entry("expect", {"tables": {"allow_others": False}, "schemas": _SCHEMAS}),
            )
        )
    )


_SCHEMAS = ("schemas/*.schema.json", "schemas/*.json", "**/*.schema.json")


def _project(fallback: str, plan: PlanDocument | None) -> str:
    named = plan.metadata("project", "project name", "repository", "component") if plan is not None else None
    title = plan.document.headings[0].text.rpartition(":")[2].strip() if plan is not None and plan.document.headings else ""
    for name in (named.value if named is not None else "", title, fallback):
        if fits(Identifier, name):
            return name
    clean = re.sub(r"[^A-Za-z0-9._-]+", "-", fallback).strip("-._")[:100]
    return clean if fits(Identifier, clean) else "project"


def fits(kind: object, value: object) -> bool:
    """Whether the spec takes ``value`` for a word of that kind from :mod:`bbws_gate.spec.words`."""
    form = next(part for part in get_args(kind) if isinstance(part, Form))
    try:
        form.read(value)
    except ValueError:
        return False
    return True
