"""What a change does to the files that judge it: the promotion spec, and the folder of the team's own templates."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from bbws_gate.model.proposal import RuleChange
from bbws_gate.repository import Kind, Refused, Repository

if TYPE_CHECKING:
    from bbws_gate.spec import LoadedSpec

MAX_TEMPLATES = 40


def template_paths(repository: Repository, folder: str) -> tuple[str, ...]:
    """The templates directly in a folder, in order of their names; links and whatever else is no file are none."""
    try:
        entries = repository.list("" if folder == "." else folder)
    except Refused:
        return ()
    return tuple(entry.path for entry in entries if entry.kind is Kind.FILE and entry.path.endswith(".j2"))[:MAX_TEMPLATES]


def templates_digest(repository: Repository, folder: str) -> str:
    """sha256 of the names and contents of the templates in a folder; empty where there are none."""
    found = [f"{path} {_digest(repository, path)}" for path in template_paths(repository, folder)]
    return hashlib.sha256("\n".join(found).encode("utf-8", "replace")).hexdigest() if found else ""


def rule_changes(head: Repository, base: Repository, spec: LoadedSpec, touched: Collection[str] | None = None) -> tuple[RuleChange, ...]:
    """The rules that the change edits, the spec first.

    Args:
        head: the files after the change.
        base: the files before it.
        spec: the one that judges; it names the templates' folder.
        touched: paths that differ from where the change left its base; None when that is not known. What the base has got since then is
            not the change's doing.
    """
    folder = spec.spec.templates.folder
    paths = sorted({*template_paths(head, folder), *template_paths(base, folder)})
    found = [*_changes(head, base, (spec.path,), "spec"), *_changes(head, base, paths, "template")]
    return tuple(change for change in found if touched is None or change.path in touched)


def rules_note(changes: Collection[RuleChange], spec: LoadedSpec, *, judged_by_base: bool) -> tuple[str, ...]:
    """What a reader must know of it in a sentence or two; nothing where nothing is edited."""
    if not changes:
        return ()
    templates = [change.path.rpartition("/")[2] for change in changes if change.kind == "template"]
    named = f"the page templates {', '.join(templates[:3])}{f' and {len(templates) - 3} more' if len(templates) > 3 else ''}"
    parts = [f"the promotion spec {spec.path}"] if len(changes) > len(templates) else []
    edits = " and ".join([*parts, *([named] if templates else [])])
    if not templates:
        used = "The base branch's spec judged it; the new one counts once it is merged." if judged_by_base else "The new spec judged it."
    else:
        used = "What the base branch has was used; the new ones count once they are merged."
    free = "" if spec.spec.owners else " Nobody has to approve that: the spec names no owners."
    return (f"This change edits {edits}. {used}{free}",)


def _changes(head: Repository, base: Repository, paths: Collection[str], kind: str) -> Iterator[RuleChange]:
    for path in paths:
        before, after = _digest(base, path), _digest(head, path)
        if before != after:
            yield RuleChange(path, kind, "added" if not before else "changed" if after else "removed")


def _digest(repository: Repository, path: str) -> str:
    """sha256 of a file; empty when it cannot be read."""
    try:
        return hashlib.sha256(repository.read(path)).hexdigest()
    except Refused:
        return ""
