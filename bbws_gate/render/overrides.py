"""A team's own templates, read from where the spec is read: on a pull request the base branch, so that no change rewrites its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bbws_gate.evidence.rule_changes import template_paths
from bbws_gate.repository import Refused, Repository

if TYPE_CHECKING:
    from bbws_gate.render.templates import Templates

FOLDER = ".github/bbws-gate/templates"
"""Where they stand as long as the spec does not say otherwise."""
MAX_BYTES = 200_000


class Own(NamedTuple):
    """What stands in the folder."""

    texts: dict[str, str]
    """By file name."""
    problems: tuple[str, ...]
    """What cannot be used, and why."""
    folder: str


def read_own(repository: Repository, folder: str = FOLDER) -> Own:
    """The texts of a team's own templates."""
    texts: dict[str, str] = {}
    problems = []
    for path in template_paths(repository, folder):
        try:
            text = repository.read(path)
            if len(text) > MAX_BYTES:
                problems.append(f"{path}: larger than {MAX_BYTES:,} bytes")
            else:
                texts[path.rpartition("/")[2]] = text.decode("utf-8")
        except Refused as refused:
            problems.append(f"{path}: {refused.why}")
        except UnicodeDecodeError:
            problems.append(f"{path}: not UTF-8")
    return Own(texts, tuple(problems), folder)


def read_templates(repository: Repository, folder: str = FOLDER) -> Templates:
    """The bundled templates with the repository's own in their place; what cannot be used is among ``problems`` and told on the pages."""
    return templates_with(read_own(repository, folder))


def templates_with(own: Own) -> Templates:
    """The bundled templates with the team's own in their place."""
    from bbws_gate.render.templates import Templates  # Jinja, for those who make pages

    templates = Templates(own.texts, folder=own.folder, lenient=True)
    templates.problems.extend(own.problems)
    return templates
