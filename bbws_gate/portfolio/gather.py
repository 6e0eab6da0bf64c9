"""The entries of a portfolio: from checkouts, assessed here; from elsewhere, by the caller; or from assessments that other jobs made."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from bbws_gate.deferred import replace
from bbws_gate.errors import GateError, SourceError
from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment, Status
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.portfolio.entry import Entry, from_assessment
from bbws_gate.portfolio.file import PortfolioFile, ProjectEntry
from bbws_gate.portfolio.report import MAX_BYTES, read_report
from bbws_gate.repository import WorkTree
from bbws_gate.repository.facts import head_commit

MAX_FILES = 5000
MAX_DEPTH = 4


class Elsewhere(Protocol):
    """Assesses projects that are not checked out here."""

    def assess(self, project: ProjectEntry, environment: str, assessed_at: str) -> Assessment:
        """One of them for one environment.

        Raises:
            GateError: it cannot be read or assessed.
        """


def gather(
    portfolio: PortfolioFile,
    base: Path,
    *,
    assessed_at: str,
    assessments: Path | None = None,
    elsewhere: Elsewhere | None = None,
    nothing_here: bool = False,
) -> tuple[Entry, ...]:
    """One entry for every project and environment that the portfolio names, in its order. What cannot be assessed is an ERROR.

    Args:
        portfolio: the file.
        base: the folder that its paths start from.
        assessed_at: UTC, ISO 8601; for checkouts.
        assessments: a folder of assessments instead of checkouts; the file may name one itself.
        elsewhere: assesses projects that name a repository and are not checked out, or that name a branch of it; None where nobody can.
        nothing_here: ask ``elsewhere`` for every project that names a repository, checked out or not; a folder that the file names does not
            count.

    Raises:
        SourceError: the folder of assessments cannot be read or holds too much; or an assessment in it is none, contradicts itself, is of
            something that the portfolio does not name, or of something that another one is of already.
    """
    folder = assessments
    if folder is None and portfolio.assessments is not None and not nothing_here:
        folder = base / portfolio.assessments
    if folder is not None:
        return _with_waves(portfolio, _from_reports(portfolio, folder))
    found = []
    for project in portfolio.projects:
        is_elsewhere = _is_elsewhere(project, base, nothing_here=nothing_here)
        for environment in _names(project):
            assess = partial(_remotely, elsewhere) if is_elsewhere else partial(_from_checkout, base)
            entry = _entry(project, environment, assessed_at, assess)
            found.append(entry if is_elsewhere else replace(entry, is_heard=False))
    return _with_waves(portfolio, found)


def _names(project: ProjectEntry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(project.environments))


def _with_waves(portfolio: PortfolioFile, entries: list[Entry]) -> tuple[Entry, ...]:
    own = {each.project: each.wave for each in portfolio.projects}
    return tuple(replace(entry, wave=own[entry.project] or entry.wave) for entry in entries)


def _is_elsewhere(project: ProjectEntry, base: Path, *, nothing_here: bool) -> bool:
    if project.repository is None:
        return False
    return nothing_here or project.ref is not None or not (base / (project.path or project.project)).is_dir()


def _entry(project: ProjectEntry, environment: str, assessed_at: str, assess: Callable[[ProjectEntry, str, str], Assessment]) -> Entry:
    try:
        return from_assessment(assess(project, environment, assessed_at))
    except GateError as error:
        return Entry(project.project, environment, Status.ERROR, assessed_at=assessed_at, error=str(error))


def _remotely(elsewhere: Elsewhere | None, project: ProjectEntry, environment: str, assessed_at: str) -> Assessment:
    if elsewhere is None:
        what = f"there is no token to read {project.repository} from GitHub"
        here = "" if project.ref is not None else f", or check it out at {project.path or project.project}"
        raise SourceError(what, where=project.project, mend=f"set GITHUB_TOKEN{here}")
    return elsewhere.assess(project, environment, assessed_at)


def _from_checkout(base: Path, project: ProjectEntry, environment: str, assessed_at: str) -> Assessment:
    folder = base / (project.path or project.project)
    if not folder.is_dir():
        raise SourceError("no such folder", where=project.path or project.project, mend="check the project out there")
    return isolated(lambda: _assess(project, folder, environment, assessed_at), Assessment)


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
