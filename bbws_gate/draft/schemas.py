"""Table schema documents: expected where they agree with the tables already, else offered as a comment."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.draft.yaml_text import Entry, Note
from bbws_gate.evidence.project import ProjectEvidence


def agreeing_schemas(projects: tuple[ProjectEvidence, ...]) -> Iterator[Entry | Note]:
    """A comment that says which schema documents there are."""
    paths = sorted({path for project in projects for path, tables in project.schemas.items() if tables})
    if not paths:
        return
    folders = {path.rpartition("/")[0] for path in paths}
    patterns = sorted(
        {f"{folder}/*.schema.json" if all(path.endswith(".schema.json") for path in paths) else f"{folder}/*.json" for folder in folders}
    )
    yield Note(f"schemas: [{', '.join(patterns)}]   to have {len(paths)} table schemas compared with the code, too")
