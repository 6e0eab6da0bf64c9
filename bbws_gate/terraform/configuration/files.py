"""Which files of a folder Terraform reads, in which order (https://developer.hashicorp.com/terraform/language/files)."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.repository import Kind, Refused, Repository
from bbws_gate.terraform.problem import Problem

_FOREIGN = (".tofu", ".tofu.json")


class ModuleFile(NamedTuple):
    """One configuration file of a module."""

    path: str
    override: bool
    """Whether it changes what other files declare: ``override.tf``, ``x_override.tf``."""


def module_files(repository: Repository, directory: str) -> tuple[list[ModuleFile], list[Problem]]:
    """The configuration files of a folder in the order in which Terraform applies them, overrides last."""
    found: list[ModuleFile] = []
    problems: list[Problem] = []
    try:
        entries = repository.list(directory)
    except Refused as refused:
        return [], [problem_of(refused)]
    for entry in entries:
        name = entry.path.rpartition("/")[2]
        if is_ignored(name):
            continue
        if name.endswith(_FOREIGN):
            problems.append(Problem("HCL004", "Terraform does not read .tofu files; OpenTofu would", Place(entry.path, 0, 0)))
        stem = _stem(name)
        if stem is None:
            continue
        if entry.kind is Kind.FILE:
            found.append(ModuleFile(entry.path, stem == "override" or stem.endswith("_override")))
        elif entry.kind is not Kind.DIRECTORY:
            problems.append(
                Problem("FIL002", f"a {entry.kind.value} is not followed, so what it declares is missing", Place(entry.path, 0, 0))
            )
    found.sort(key=lambda file: file.override)
    return found, problems


def _stem(name: str) -> str | None:
    for suffix in (".tf", ".tf.json"):
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return None


def is_ignored(name: str) -> bool:
    """Whether an editor's left-over or a hidden file, which Terraform passes over."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def problem_of(refused: Refused) -> Problem:
    """The problem that a refused path is."""
    return Problem(refused.code, refused.why, Place(refused.path, 0, 0))
