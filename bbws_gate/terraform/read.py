"""Reads one root module for one environment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bbws_gate.model import Place
from bbws_gate.repository import Repository
from bbws_gate.repository.base import normalise
from bbws_gate.terraform.configuration.inputs import Given, given_values
from bbws_gate.terraform.configuration.lock import read_lock
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.configuration.source import read_manifest
from bbws_gate.terraform.evaluate import Budget, Scope
from bbws_gate.terraform.evaluate.budget import STEPS
from bbws_gate.terraform.evaluate.render import function_context
from bbws_gate.terraform.expand.backend import backend_settings, evaluated_backend
from bbws_gate.terraform.expand.check_providers import check_providers
from bbws_gate.terraform.expand.check_references import check_references
from bbws_gate.terraform.expand.check_statements import check_statements
from bbws_gate.terraform.expand.conditions import check_conditions
from bbws_gate.terraform.expand.evaluation import Evaluation
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.instance import Shared
from bbws_gate.terraform.expand.report import Reporter
from bbws_gate.terraform.expand.tree import TreeBuilder
from bbws_gate.terraform.expand.validations import check_validations
from bbws_gate.terraform.planfile import apply_plan
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import Backend, LockedProvider, Stack


def read_stack(
    repository: Repository,
    root: str,
    *,
    var_files: Sequence[str | tuple[str, str]] = (),
    variables: Mapping[str, str] = {},
    workspace: str = "default",
    backend_files: Sequence[str] = (),
    plan: bytes | None = None,
    steps: int = STEPS,
) -> Stack:
    """Evaluates the root module in the folder ``root`` for one environment.

    Args:
        repository: where all files are read from.
        root: folder of the root module, relative to the repository root.
        var_files: ``-var-file`` in order, relative to ``root`` as for Terraform, else to the repository root; a pair among them is a
            ``-var`` in that place of the command line, where the later one wins.
        variables: ``-var`` by name, after all of those; text as on the command line.
        workspace: what ``terraform.workspace`` is.
        backend_files: ``-backend-config`` files, merged over the backend block.
        plan: the output of ``terraform show -json`` for a plan, whose values fill what files cannot tell.
        steps: what the evaluation may take; see :mod:`bbws_gate.terraform.evaluate.budget`.

    Returns:
        Everything that was understood; whatever was not is among the problems and unknown wherever it matters.

    Raises:
        Refused: ``root`` itself is not a path inside the checkout.
    """
    reading = _Reading(repository, normalise(root), Budget(steps))
    module, given, evaluation = reading.evaluate(var_files, variables, workspace)
    backend = reading.backend(module, backend_files)
    locked = reading.lock()
    reporter = Reporter(evaluation, given, reading.guard)
    providers = reporter.providers()
    resources = reporter.resources()
    known = reporter.variables(), reporter.values("local"), reporter.values("output")
    stack = Stack(
        root=reading.root,
        workspace=workspace,
        resources=resources,
        # Last of what is found: handing values on may run into the budget.
        problems=reading.problems(),
        variables=known[0],
        locals=known[1],
        outputs=known[2],
        providers=providers,
        modules=reporter.modules(),
        backend=backend,
        required_version=module.version_constraint(),
        required_version_at=tuple(attribute.span.place for attribute in module.required_version),
        required_providers=module.provider_constraints(),
        required_providers_at={name: attribute.span.place for name, attribute in module.required_providers.items()},
        locked_providers=locked,
        files=tuple(reading.files),
        declares_anything=module.declares_anything,
    )
    return stack if plan is None else apply_plan(stack, plan)


class _Reading:
    """The parts of one reading: what they share is the files read, the budget and the problems."""

    def __init__(self, repository: Repository, root: str, budget: Budget) -> None:
        self.root = root
        self._repository = repository
        self._found: list[Problem] = []
        self.files: dict[str, None] = {}
        """Every file that was read, in order."""
        self.guard = Guard(budget)
        self._constants = Scope.of_constants(function_context(repository, root, budget, self._read), budget)

    def _read(self, path: str) -> bytes:
        data = self._repository.read(path)
        self.files.setdefault(path)
        return data

    def evaluate(
        self, var_files: Sequence[str | tuple[str, str]], variables: Mapping[str, str], workspace: str
    ) -> tuple[Module, Mapping[str, Given], Evaluation]:
        """The root module as declared, the values given to it, and everything evaluated."""
        manifest = read_manifest(self.root, self._read, self._repository)
        tree = TreeBuilder(self._repository, self.root, manifest, self._read)
        module = tree.build().module
        given, problems = given_values(self._repository, self.root, var_files, variables, self._read)
        self._found.extend([*tree.problems, *problems])
        if not module.files:
            self.guard.add("FIL003", "there are no Terraform files in this folder", Place(self.root or ".", 0, 0))
        shared = Shared(self._constants, workspace, tree.paths)
        evaluation = Evaluation(tree.nodes, given, shared, self._constants, self.guard)
        check_references(tree.nodes, evaluation.used_providers, shared.facts, self.guard)
        check_providers(tree.nodes, self.guard)
        evaluation.run()
        evaluation.declare_all()
        check_validations(evaluation, given, self.guard)
        check_conditions(evaluation, self.guard)
        check_statements(tree.nodes, evaluation, self.guard)
        _check_undeclared(module, given, self.guard)
        return module, given, evaluation

    def backend(self, module: Module, files: Sequence[str]) -> Backend | None:
        """The backend with the files laid over it."""
        settings, problems = backend_settings(self._repository, self.root, files, self._read)
        self._found.extend(problems)
        return evaluated_backend(module.backend, settings, self._constants, self.guard)

    def lock(self) -> dict[str, LockedProvider]:
        """The locked providers."""
        locked, problems = read_lock(self._repository, self.root, self._read)
        self._found.extend(problems)
        return locked

    def problems(self) -> tuple[Problem, ...]:
        """All problems so far, each once, in file order."""
        return _sorted([*self._found, *self.guard.problems])


def _check_undeclared(module: Module, given: Mapping[str, Given], guard: Guard) -> None:
    for name, value in given.items():
        if name not in module.variables:
            place = value.place or Place(module.directory or ".", 0, 0)
            guard.add("VAR003", f"{value.source} sets var.{name}, which the root module does not declare", place)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place, problem.code, problem.message)))
