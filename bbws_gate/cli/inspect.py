"""``bbws-gate inspect``: the evaluated Terraform of one root module, or how one of its values came about."""

from __future__ import annotations

import argparse
from pathlib import Path

from bbws_gate.cli.arguments import existing_folder, kept_trees, read_plan
from bbws_gate.cli.printing import write
from bbws_gate.errors import UsageError
from bbws_gate.isolation import isolated
from bbws_gate.repository import WorkTree, repository_root
from bbws_gate.terraform.inspect import explain, to_json, to_text
from bbws_gate.terraform.read import read_stack


def inspect(arguments: argparse.Namespace) -> int:
    """Print the stack that ``arguments.root`` evaluates to.

    Returns:
        0; problems in the Terraform are part of what is printed.
    """
    folder = existing_folder(arguments.root).resolve()
    with kept_trees(arguments, folder):
        write(isolated(lambda: _inspected(arguments, folder), str), arguments.format if arguments.explain is None else "text")
    return 0


def _inspected(arguments: argparse.Namespace, folder: Path) -> str:
    """The worker's part."""
    top = repository_root(folder)
    stack = read_stack(
        WorkTree(top),
        folder.relative_to(top).as_posix().removeprefix("."),
        # In the order of the command line: the later one wins, as for Terraform.
        var_files=[_inside(each, folder, top) if isinstance(each, Path) else _pair(each) for each in arguments.given],
        workspace=arguments.workspace,
        plan=read_plan(arguments.plan_json),
    )
    if arguments.explain is not None:
        return "".join(f"{line}\n" for line in explain(stack, arguments.explain))
    return to_json(stack) if arguments.format == "json" else to_text(stack)


def _inside(path: Path, folder: Path, top: Path) -> str:
    """A var file's path relative to the repository, wherever the caller named it from: the root module first, as Terraform has it."""
    for candidate in (folder / path, Path.cwd() / path):
        if candidate.is_file():
            # Resolve the folder only: a link as the file itself is for the repository to refuse.
            located = candidate.parent.resolve() / candidate.name
            if located.is_relative_to(top):
                return located.relative_to(top).as_posix()
            raise UsageError("outside the checkout", where=str(path), mend="var files are read from the repository only")
    raise UsageError("no such file", where=str(path), mend="name it relative to the root module or to the current folder")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"--var {text!r} is not NAME=VALUE", mend="write --var 'environment=sit'")
    return name.strip(), value
