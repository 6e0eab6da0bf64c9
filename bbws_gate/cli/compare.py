"""``bbws-gate compare``: two environments of the same code, side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

from bbws_gate.cli.arguments import existing_folder, kept_trees
from bbws_gate.cli.printing import write
from bbws_gate.errors import UsageError
from bbws_gate.evidence.collect import stack_of
from bbws_gate.isolation import isolated
from bbws_gate.pipeline import read_spec
from bbws_gate.render.comparison import to_json, to_markdown, to_text
from bbws_gate.repository import WorkTree
from bbws_gate.terraform.compare import compare as compare_stacks

WRITERS = {"json": to_json, "markdown": to_markdown, "text": to_text}


def compare(arguments: argparse.Namespace) -> int:
    """Print what differs between ``arguments.lower`` and ``arguments.upper``.

    Returns:
        0, differences or not: this command describes, it does not judge.

    Raises:
        UsageError: an environment that the spec does not have, or the same one twice.
    """
    if arguments.lower == arguments.upper:
        raise UsageError("--from and --to name the same environment", mend="name two environments of the promotion spec")
    folder = existing_folder(arguments.path)
    with kept_trees(arguments, folder):
        write(isolated(lambda: _compared(arguments, folder), str), arguments.format)
    return 0


def _compared(arguments: argparse.Namespace, folder: Path) -> str:
    """The worker's part."""
    repository = WorkTree(folder)
    spec = read_spec(repository, arguments.spec)
    lower = stack_of(repository, spec, arguments.lower)
    upper = stack_of(repository, spec, arguments.upper)
    text: str = WRITERS[arguments.format](compare_stacks(lower, upper), arguments.lower, arguments.upper)
    return text
