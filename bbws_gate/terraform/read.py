"""Reads one root module for one environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bbws_gate.model import Place
from bbws_gate.repository import Repository
from bbws_gate.repository.base import normalise
from bbws_gate.terraform.configuration.inputs import Given, given_values
from bbws_gate.terraform.configuration.literal import literal_string
from bbws_gate.terraform.configuration.lock import read_lock
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.configuration.source import read_manifest
from bbws_gate.terraform.evaluate import Budget, Scope
from bbws_gate.terraform.evaluate.render import function_context
from bbws_gate.terraform.expand.backend import backend_settings, evaluated_backend
from bbws_gate.terraform.expand.check_references import check_references
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import Shared
from bbws_gate.terraform.expand.report import Reporter
from bbws_gate.terraform.expand.tree import TreeBuilder
from bbws_gate.terraform.expand.validations import check_validations
from bbws_gate.terraform.planfile import apply_plan
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import Stack
from bbws_gate.terraform.syntax import Literal, ObjectCons


def read_stack(
    repository: Repository,
    root: str,
    *,
    var_files: Sequence[str] = (),
    variables: Mapping[str, str] = {},
    workspace: str = "default",
    backend_files: Sequence[str] = (),
    plan: bytes | None = None,
) -> Stack:
    """Evaluates the root module in the folder ``root`` for one environment.

    Args:
        repository: where all files are read from.
        root: folder of the root module, relative to the repository root.
        var_files: ``-var-file`` in order; relative to ``root`` as for Terraform, else to the repository root.
        variables: ``-var`` by name; text as on the command line.
        workspace: what ``terraform.workspace`` is.
        backend_files: ``-backend-config`` files, merged over the backend block.
        plan: the output of ``terraform show -json`` for a plan, whose values fill what files cannot tell.

    Returns:
        Everything that was understood; whatever was not is among the problems and unknown wherever it matters.

    Raises:
        Refused: ``root`` itself is not a path inside the checkout.
    """
    directory = normalise(root)
    reading = _Reading(repository)
    manifest = read_manifest(directory, reading.read, repository)
    tree = TreeBuilder(repository, directory, manifest, reading.read)
    node = tree.build()
    given, _, problems = given_values(repository, directory, var_files, variables, reading.read)
    budget = Budget()
    guard = Guard(budget)
    context = function_context(repository, directory, budget, reading.read)
    constants = Scope.of_constants(context, budget)
    module = node.module
    if not module.files:
        guard.add("FIL003", "there are no Terraform files in this folder", Place(directory or ".", 0, 0))
    evaluation = Evaluation(tree.nodes, given, Shared(constants, workspace, tree.paths), constants, guard)
    check_references(tree.nodes, guard)
    evaluation.run()
    check_validations(evaluation, given, guard)
    _check_undeclared(module, given, guard)
    settings, backend_problems = backend_settings(repository, directory, backend_files, reading.read)
    backend = evaluated_backend(module.backend, settings, constants, guard)
    locked, lock_problems = read_lock(repository, directory, reading.read)
    reporter = Reporter(evaluation, given, guard)
    providers = reporter.providers()
    reported: dict[str, Any] = {
        "resources": reporter.resources(),
        "variables": reporter.variables(),
        "locals": reporter.values("local"),
        "outputs": reporter.values("output"),
    }
    stack = Stack(
        root=directory,
        workspace=workspace,
        problems=_sorted([*problems, *tree.problems, *backend_problems, *lock_problems, *guard.problems]),
        providers=providers,
        modules=reporter.modules(),
        backend=backend,
        required_version=_required_version(module),
        required_providers=_required_providers(module),
        locked_providers=locked,
        files=tuple(reading.files),
        **reported,
    )
    return stack if plan is None else apply_plan(stack, plan)


class _Reading:
    """Reads files and remembers which."""

    def __init__(self, repository: Repository) -> None:
        self._read: Callable[[str], bytes] = repository.read
        self.files: dict[str, None] = {}

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises Refused as the repository does."""
        data = self._read(path)
        self.files.setdefault(path)
        return data


def _check_undeclared(module: Module, given: Mapping[str, Given], guard: Guard) -> None:
    for name, value in given.items():
        if name not in module.variables:
            place = value.place or Place(module.directory or ".", 0, 0)
            guard.add("VAR003", f"{value.source} sets var.{name}, which the root module does not declare", place)


def _sorted(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place, problem.code, problem.message)))


def _required_version(module: Module) -> str | None:
    written = [text for attribute in module.required_version if (text := literal_string(attribute.value)) is not None]
    return ", ".join(written) if written else None


def _required_providers(module: Module) -> dict[str, str]:
    """Version constraints by local name; empty text where none is written."""
    found = {}
    for name, attribute in module.required_providers.items():
        version = literal_string(attribute.value) or ""
        if isinstance(attribute.value, ObjectCons):
            for key, value in attribute.value.items:
                if isinstance(key, Literal) and key.value == "version":
                    version = literal_string(value) or ""
        found[name] = version
    return found
