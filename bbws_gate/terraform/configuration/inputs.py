"""Values given to the root module's variables, and which of them wins (https://developer.hashicorp.com/terraform/language/values/variables)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.repository import Refused, Repository
from bbws_gate.terraform.cache import Syntax, parsed
from bbws_gate.terraform.configuration.files import is_ignored, problem_of
from bbws_gate.terraform.configuration.load import ReadFile
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Body, Expression


class Given(NamedTuple):
    """A value given to a variable."""

    value: Expression | str
    """An expression that must be constant, or text from ``-var``."""
    place: Place | None
    """None for ``-var``."""
    source: str
    """``environments/sit.tfvars`` or ``-var``."""


def given_values(
    repository: Repository, root: str, var_files: Sequence[str | tuple[str, str]], variables: Mapping[str, str], read_file: ReadFile
) -> tuple[dict[str, Given], list[Problem]]:
    """The winning value for each name, and what is wrong with the files.

    In order: ``terraform.tfvars``, ``terraform.tfvars.json``, ``*.auto.tfvars`` and ``*.auto.tfvars.json`` by name, ``var_files`` as
    given (a pair among them is a ``-var`` in that place of the command line), ``variables`` last.
    """
    given: dict[str, Given] = {}
    problems: list[Problem] = []
    options: list[str | tuple[str, str]] = [*_automatic_files(repository, root, problems)]
    for option in (*var_files, *variables.items()):
        found = option if isinstance(option, tuple) else find_file(repository, root, option)
        if found is None:
            problems.append(Problem("FIL003", f"the variable file {option} does not exist", Place(posixpath.join(root, str(option)), 0, 0)))
        else:
            options.append(found)
    for option in options:
        if isinstance(option, tuple):
            given[option[0]] = Given(option[1], None, "-var")
            continue
        body = values_body(option, read_file, problems)
        for attribute in () if body is None else body.attributes:
            given[attribute.name] = Given(attribute.value, attribute.span.place, option)
    return given, problems


def values_body(path: str, read_file: ReadFile, problems: list[Problem]) -> Body | None:
    """The attributes of a file of values (tfvars, backend configuration); None when it cannot be read."""
    try:
        data = read_file(path)
    except Refused as refused:
        problems.append(problem_of(refused))
        return None
    tree = parsed(data, path, Syntax.JSON_VALUES if path.endswith(".json") else Syntax.NATIVE)
    problems.extend(tree.problems)
    if tree.body is not None:
        for block in tree.body.blocks:
            message = f'blocks are not allowed here; to set "{block.type}", use the = sign'
            problems.append(Problem("HCL005", message, block.header.place))
    return tree.body


def _automatic_files(repository: Repository, root: str, problems: list[Problem]) -> list[str]:
    try:
        names = [entry.path.rpartition("/")[2] for entry in repository.list(root)]
    except Refused as refused:
        problems.append(problem_of(refused))
        return []
    first = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    rest = [name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")) and not is_ignored(name)]
    return [posixpath.join(root, name) for name in (*first, *rest)]


def find_file(repository: Repository, root: str, name: str) -> str | None:
    """The path of a file named on the command line: relative to the root module, where Terraform runs, else to the repository."""
    for path in (posixpath.normpath(posixpath.join(root, name)), posixpath.normpath(name)):
        try:
            if repository.entry(path) is not None:
                return path
        except Refused:
            continue
    return None
