"""The portfolio file: which projects belong together, where they stand, and in which order environments follow each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ValidationError

from bbws_gate.deferred.models import Field, model_validator
from bbws_gate.errors import SpecError
from bbws_gate.model import Place
from bbws_gate.notation import Malformed, Mapping, yaml
from bbws_gate.notation.node import plain
from bbws_gate.spec.complaint import Complaint, from_pydantic, spec_error
from bbws_gate.spec.form import Part
from bbws_gate.spec.tree import SpecTree
from bbws_gate.spec.words import EnvironmentName, GitName, Identifier, RepositoryName, RepositoryPath

MAX_PROJECTS = 2000


class ProjectEntry(Part):
    """One project of the portfolio."""

    project: Identifier
    """As its promotion spec calls it."""
    path: str | None = None
    """Its checkout, relative to the portfolio file; the project's name when not set."""
    spec: RepositoryPath = ".github/promotion.yml"
    environments: Annotated[tuple[EnvironmentName, ...], Field(min_length=1, max_length=20)]
    wave: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Not before this wave; when not set, what the promotion spec's plan says."""
    repository: RepositoryName | None = None
    """Its name on GitHub, where it is read when it is not checked out."""
    ref: GitName | None = None
    """The branch or tag that is read there; the default branch when not set. Where it is set, no checkout is read."""

    @model_validator(mode="after")
    def _one_source(self) -> ProjectEntry:
        if self.repository is not None and self.repository.endswith(("/.", "/..")):
            raise ValueError(f"{self.repository!r} is not a GitHub repository: owner/name")
        if self.ref is not None and self.repository is None:
            raise ValueError("'ref' needs 'repository': it is a branch or tag of it")
        if self.ref is not None and self.path is not None:
            raise ValueError("'ref' and 'path' are two places: give one of them")
        return self


class PortfolioFile(Part):
    """A portfolio."""

    version: Literal[1]
    name: str = "Portfolio"
    order: tuple[EnvironmentName, ...] = ()
    """Environments from the first to the last: a project goes to a later one after the earlier ones."""
    assessments: str | None = None
    """A folder of assessments (``check --format json``), relative to this file; no checkout is read then."""
    projects: Annotated[tuple[ProjectEntry, ...], Field(min_length=1, max_length=MAX_PROJECTS)]

    @model_validator(mode="after")
    def _once_each(self) -> PortfolioFile:
        names = [entry.project for entry in self.projects]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"project {name!r} is listed twice: give one entry all of its environments")
        return self

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every project with each of its environments."""
        return tuple((entry.project, name) for entry in self.projects for name in dict.fromkeys(entry.environments))


def load_portfolio(text: bytes, path: str) -> PortfolioFile:
    """The portfolio in ``text``, YAML.

    Raises:
        SpecError: not YAML, an unknown or missing key, a wrong value; one line for each complaint, with its place.
    """
    try:
        root = yaml.parse(text, path)
    except Malformed as malformed:
        raise SpecError(malformed.why, where=str(Place(path, malformed.line, malformed.line))) from malformed
    tree = SpecTree(root, path)
    if not isinstance(root, Mapping):
        raise SpecError("the portfolio is not a mapping of keys", where=path, mend="list its projects under `projects:`")
    values = plain(root)
    if isinstance(values, dict) and values.get("version") != 1:
        raise spec_error([Complaint(("version",), "'version' is missing or not 1 (write version: 1)")], tree)
    try:
        return PortfolioFile.model_validate(values)
    except ValidationError as error:
        raise spec_error(from_pydantic(error.errors(include_url=False, include_context=False), PortfolioFile), tree) from error
