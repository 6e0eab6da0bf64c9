"""The entries of a portfolio: from checkouts, assessed here, or from assessments that other jobs made."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from bbws_gate.errors import GateError, SourceError
from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment, Status
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.portfolio.entry import Entry, from_assessment
from bbws_gate.portfolio.file import PortfolioFile, ProjectEntry
from bbws_gate.portfolio.report import MAX_BYTES, read_report
from bbws_gate.repository import WorkTree
from bbws_gate.repository.facts import head_commit

MAX_FILES = 2000
MAX_DEPTH = 4


def gather(portfolio: PortfolioFile, base: Path, *, assessed_at: str, assessments: Path | None = None) -> tuple[Entry, ...]:
    """One entry for every project and environment that the portfolio names, in its order. What cannot be assessed is an ERROR.

    Args:
        portfolio: the file.
        base: the folder that its paths start from.
        assessed_at: UTC, ISO 8601; for checkouts.
        assessments: a folder of assessments instead of checkouts; the file may name one itself.

    Raises:
        SourceError: the folder of assessments cannot be read or holds too much; or an assessment in it is none, contradicts itself, is of
            something that the portfolio does not name, or of something that another one is of already.
    """
    folder = assessments or (base / portfolio.assessments if portfolio.assessments is not None else None)
    if folder is not None:
        return _with_waves(portfolio, _from_reports(portfolio, folder))
    return _with_waves(portfolio, [_from_checkout(each, base, name, assessed_at) for each in portfolio.projects for name in _names(each)])


def _names(project: ProjectEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(project.environments))


def _with_waves(portfolio: PortfolioFile, entries: list[Entry]) -> tuple[Entry, ...]:
    own = {each.project: each.wave for each in portfolio.projects}
    return tuple(replace(entry, wave=own[entry.project] or entry.wave) for entry in entries)


def _from_checkout(project: ProjectEntry, base: Path, environment: str, assessed_at: str) -> Entry:
    folder = base / (project.path or project.project)
    try:
        if not folder.is_dir():
            raise SourceError("no such folder", where=project.path or project.project, mend="check the project out there")
        assessment = isolated(lambda: _assess(project, folder, environment, assessed_at), Assessment)
    except GateError as error:
        return Entry(project.project, environment, Status.ERROR, assessed_at=assessed_at, error=str(error))
    return from_assessment(assessment)


def _assess(project: ProjectEntry, folder: Path, environment: str, assessed_at: str) -> Assessment:
    """The worker's part."""
    repository = WorkTree(folder)
    spec = read_spec(repository, project.spec)
    if spec.spec.project != project.project:
        raise SourceError(f"is the spec of {spec.spec.project}, not of {project.project}", where=project.spec)
    return assess_repository(repository, spec, environment, commit=head_commit(folder) or "", assessed_at=assessed_at)


def _from_reports(portfolio: PortfolioFile, folder: Path) -> list[Entry]:
    found: dict[tuple[str, str], Entry] = {}
    for path in _files(folder):
        where = path.relative_to(folder).as_posix()
        entry = read_report(_read(path, where), where)
        pair = (entry.project, entry.environment)
        if pair not in portfolio.pairs:
            raise SourceError("is of a project or environment that the portfolio does not name", where=where, mend="add it, or remove it")
        if pair in found:
            raise SourceError(f"a second assessment of {pair[0]} to {pair[1]}", where=where, mend="leave one")
        found[pair] = entry
    missing = "no assessment was found: its job failed, or was not run"
    return [found.get(pair, Entry(*pair, Status.ERROR, error=missing)) for pair in portfolio.pairs]


def _files(folder: Path) -> list[Path]:
    """Every ``.json`` file at most four folders down, no links followed, in a fixed order."""
    if not folder.is_dir():
        raise SourceError("no such folder", where=str(folder), mend="name the folder that holds the assessments")
    found: list[Path] = []
    for top, folders, files in os.walk(folder, followlinks=False):
        here = Path(top)
        if len(here.relative_to(folder).parts) >= MAX_DEPTH:
            folders.clear()
        folders.sort()
        found += [here / name for name in sorted(files) if name.endswith(".json") and not (here / name).is_symlink()]
        if len(found) > MAX_FILES:
            raise SourceError(f"more than {MAX_FILES} assessments", where=str(folder), mend="name the folder that holds only them")
    return found


def _read(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(error.strerror or "cannot be read", where=where) from error
