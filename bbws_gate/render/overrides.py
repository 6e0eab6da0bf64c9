"""A team's own templates, read from where the spec is read: on a pull request the base branch, so that no change rewrites its verdict."""

from __future__ import annotations

from bbws_gate.render.templates import Templates
from bbws_gate.repository import Kind, Refused, Repository

FOLDER = ".github/bbws-gate/templates"
MAX_FILES = 40
MAX_BYTES = 200_000


def read_templates(repository: Repository) -> Templates:
    """The bundled templates with the repository's own in their place; what cannot be used is among ``problems`` and told on the pages."""
    own: dict[str, str] = {}
    problems = []
    for path in _paths(repository):
        try:
            text = repository.read(path)
            if len(text) > MAX_BYTES:
                problems.append(f"{path}: larger than {MAX_BYTES:,} bytes")
            else:
                own[path.rpartition("/")[2]] = text.decode("utf-8")
        except Refused as refused:
            problems.append(f"{path}: {refused.why}")
        except UnicodeDecodeError:
            problems.append(f"{path}: not UTF-8")
    templates = Templates(own, folder=FOLDER, lenient=True)
    templates.problems.extend(problems)
    return templates


def _paths(repository: Repository) -> list[str]:
    try:
        entries = repository.walk(FOLDER)
    except Refused:
        return []
    return [entry.path for entry in entries if entry.kind is Kind.FILE and entry.path.endswith(".j2")][:MAX_FILES]
