"""The workflow, the validation script and the workspace of an environment, as the repository's own files suggest them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.draft.environments import mentions, words
from bbws_gate.draft.plan import is_validation
from bbws_gate.draft.stated import Remark, Stated
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.run import script_calls
from bbws_gate.evidence.terraform_command import TerraformCommand, terraform_commands
from bbws_gate.evidence.workflow import Job, Workflow
from bbws_gate.model import Place

_DEPLOYING = frozenset({"deploy", "deployment", "release", "promote", "cd", "apply", "terraform", "tf", "infra", "infrastructure"})
_CHOICE = frozenset({"environment", "env", "stage", "target_environment", "deploy_environment"})
"""Inputs by which whoever starts a workflow names the environment."""
_CHANGING = frozenset({"plan", "apply"})
_OTHER = frozenset({"destroy", "teardown", "cleanup", "drift", "plan", "lint", "validate", "test", "tests", "pr"})


class Deployment(NamedTuple):
    """How an environment is deployed, as far as files suggest it."""

    workflow: Stated[str] | None = None
    approval_environment: Stated[str] | None = None
    workspace: Stated[str] | None = None
    var_files: tuple[str, ...] = ()
    """What the workflow gives to Terraform, relative to the repository root."""
    backend_files: tuple[str, ...] = ()
    remark: Remark | None = None


def find_deployment(workflows: Mapping[str, Workflow], environment: str, root: str) -> Deployment:
    """The workflow that most clearly deploys to an environment from a Terraform root; none where two are as good."""
    ranked = sorted(((_rank(workflow, environment, root), path) for path, workflow in workflows.items()), reverse=True)
    ranked = [(rank, path) for rank, path in ranked if rank > 0]
    if not ranked:
        return Deployment()
    best = sorted(path for rank, path in ranked if rank == ranked[0][0])
    if len(best) > 1:
        text = f"several workflows may deploy to {environment}: {', '.join(best[:5])}; the draft names none"
        return Deployment(remark=Remark(Place(best[0], 0, 0), text))
    return _deployment(workflows[best[0]], environment, root)


def _rank(workflow: Workflow, environment: str, root: str) -> int:
    """0 for a workflow that does not deploy there; more for more signs that it does. One that only others call is theirs."""
    stem = posixpath.basename(workflow.path).rpartition(".")[0]
    commands = _commands(workflow, root)
    applies = any(command.subcommand in {"apply", "run-all apply"} for command in commands)
    if not (applies or _DEPLOYING & set(words(stem))) or (_OTHER & set(words(stem)) and not applies) or "destroy" in words(stem):
        return 0
    if [trigger.name for trigger in workflow.triggers] == ["workflow_call"]:
        return 0
    signs = (
        mentions(stem, environment),
        any(_is_for(job, environment) for job in workflow.jobs.values()),
        any(mentions(path.value or "", environment) for command in commands for path in command.files("var-file")),
        any(environment in entry.options for entry in workflow.inputs.values()),
        any(name.casefold() in _CHOICE and not entry.options for name, entry in workflow.inputs.items()),
    )
    return sum(signs) + (2 if applies else 0) if any(signs) else 0


def _commands(workflow: Workflow, root: str) -> list[TerraformCommand]:
    """Its Terraform commands in this root, or in a folder that only the runner knows."""
    return [command for command in terraform_commands(workflow) if command.directory.value in (root, None)]


def _is_for(job: Job, environment: str) -> bool:
    named = job.environment_name
    given = [fact.value for name, fact in job.inputs.items() if name.casefold() in _CHOICE]
    return any(mentions(value, environment) for value in (named.value if named is not None else None, *given) if value is not None)


def _deployment(workflow: Workflow, environment: str, root: str) -> Deployment:
    note = f"assumed: the workflow that speaks of {environment}"
    commands = _commands(workflow, root)
    gates = dict.fromkeys(
        job.environment_name.value
        for job in workflow.jobs.values()
        if job.environment_name is not None and job.environment_name.value and mentions(job.environment_name.value, environment)
    )
    inputs = [command.files("var-file") for command in commands if command.subcommand in _CHANGING]
    states = [command.files("backend-config") for command in commands if command.subcommand == "init"]
    return Deployment(
        workflow=Stated(workflow.path, note),
        approval_environment=Stated(str(next(iter(gates))), f"as in {workflow.path}") if len(gates) == 1 else None,
        workspace=_workspace(workflow, commands),
        var_files=_known(inputs, environment),
        backend_files=_known(states, environment),
    )


def _known(commands: Iterable[tuple[Resolved, ...]], environment: str) -> tuple[str, ...]:
    """The paths that every command for this environment names, in its order; none where they differ or one is not known."""
    named = [tuple(path.value for path in paths) for paths in commands]
    own = {paths for paths in named if any(path is not None and mentions(path, environment) for path in paths)}
    if len(own) != 1:
        return ()
    (paths,) = own
    return () if None in paths else tuple(dict.fromkeys(path for path in paths if path is not None))


def _workspace(workflow: Workflow, commands: Iterable[TerraformCommand]) -> Stated[str] | None:
    """The one workspace in which all plans and applies work: selected before them in their job, or set for them."""
    selected: dict[str, Resolved] = {}
    named: set[str | None] = set()
    for command in commands:
        job = command.run.job.id
        if command.subcommand in {"workspace select", "workspace new"} and command.arguments:
            selected[job] = command.arguments[-1]
        elif command.subcommand in _CHANGING:
            # The variable wins over what was selected.
            resolved = command.workspace or selected.get(job)
            named.add(resolved.value if resolved is not None else "")
    known = named.pop() if len(named) == 1 else None
    return Stated(known, f"as in {workflow.path}") if known else None


def find_validation_script(
    files: Iterable[str], workflow: Workflow | None, environment: str, environments: Iterable[str]
) -> Stated[str] | None:
    """The one script whose name says that it validates this environment; else the one that its workflow calls."""
    known = frozenset(files)
    named = sorted(path for path in known if is_validation(path) and mentions(posixpath.basename(path), environment))
    if len(named) == 1:
        return Stated(named[0], "assumed: the script of that name")
    calls = script_calls(workflow) if workflow is not None else ()
    others = [name for name in environments if name != environment]
    called = {
        call.path.value
        for call in calls
        if call.path.value in known
        and is_validation(str(call.path.value))
        and not any(mentions(str(call.path.value), name) for name in others)
    }
    if workflow is not None and len(called) == 1:
        return Stated(str(called.pop()), f"assumed: {workflow.path} calls it")
    return None
