"""``bbws-gate init``: draft a promotion spec for a person to go on with."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bbws_gate.cli.arguments import existing_folder
from bbws_gate.deferred import dataclass
from bbws_gate.errors import UsageError
from bbws_gate.isolation import isolated


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the worker hands back."""

    text: str
    environments: tuple[str, ...]
    remarks: tuple[str, ...]
    """Lines for a person."""


def init(arguments: argparse.Namespace) -> int:
    """Print the draft for ``arguments.path``, or write it to ``--out``; on stderr, what it could not settle.

    Returns:
        0; a draft with open questions is still a draft.

    Raises:
        UsageError: ``--out`` names a file that is there, or several Terraform roots may be meant.
    """
    folder = existing_folder(arguments.path)
    if arguments.out is not None and arguments.out.exists() and not arguments.force:
        raise UsageError("the file exists", where=str(arguments.out), mend="--force overwrites it")
    draft = isolated(lambda: _drafted(arguments, folder), Drafted)
    for remark in draft.remarks:
        _say(remark)
    if arguments.out is None:
        sys.stdout.write(draft.text)
    else:
        _write(draft.text, arguments.out, force=arguments.force)
        sys.stdout.write(f"{arguments.out} written for {', '.join(draft.environments)}: read every line that says `assumed`\n")
    return 0


def _drafted(arguments: argparse.Namespace, folder: Path) -> Drafted:
    """The worker's part. The parsers are imported here: the process that writes does not need them."""
    from bbws_gate.draft import draft_spec
    from bbws_gate.draft.ground import survey
    from bbws_gate.pipeline import assess_repository
    from bbws_gate.repository import WorkTree
    from bbws_gate.spec import load_spec

    repository = WorkTree(folder)
    ground = survey(
        repository,
        project=folder.resolve().name,
        environments=arguments.env,
        root=arguments.root,
        plan_document=arguments.plan_document,
    )
    draft = draft_spec(ground)
    spec = load_spec(draft.text.encode(), str(arguments.out or "draft.yml"))
    remarks = [str(remark) for remark in draft.remarks]
    for environment in draft.environments:
        assessment = assess_repository(repository, spec, environment, commit="", assessed_at="")
        found = len(assessment.open_findings)
        remarks.append(f"check with this draft: {environment} is {assessment.status.value}, {found} finding{'' if found == 1 else 's'}")
        if environment != draft.environments[-1] and any(finding.code == "EVL004" for finding in assessment.blockers):
            remarks.append(
                "the other environments are not checked: the Terraform takes more evaluation steps than one configuration may take"
            )
            break
    return Drafted(draft.text, tuple(draft.environments), tuple(remarks))


def _say(text: str) -> None:
    """One line on stderr; control characters, which a hostile file may hold, as ``U+XXXX``."""
    line = "".join(character if character.isprintable() else f"U+{ord(character):04X}" for character in text)
    sys.stderr.write(f"bbws-gate: {line}\n")


def _write(text: str, path: Path, *, force: bool) -> None:
    """Write a new file, or over a regular one with ``force``; never through a link."""
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | (os.O_TRUNC if force else os.O_EXCL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, flags, 0o644), "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor, for the flags
            file.write(text)
    except OSError as error:
        raise UsageError(error.strerror or "cannot be written", where=str(path), mend="name another file with --out") from error
