"""A repository that is ready, one file of it made hostile, and what becomes of the verdict: the real pipeline, in a worker."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.repository import MemoryRepository

READY = Path(__file__).resolve().parents[2] / "examples/orders_ready"


def ready_files() -> dict[str, bytes]:
    """The files of an example whose verdict is READY."""
    return {path.relative_to(READY).as_posix(): path.read_bytes() for path in sorted(READY.rglob("*")) if path.is_file()}


def assessed(changes: Mapping[str, str | bytes | None], *, environment: str = "sit", base: bool = False) -> Assessment:
    """The assessment of the example with some files changed, added or (None) taken away."""
    files: dict[str, bytes] = ready_files()
    before = dict(files)
    for path, content in changes.items():
        if content is None:
            del files[path]
        else:
            files[path] = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content

    def work() -> Assessment:
        spec = read_spec(MemoryRepository(before))
        return assess_repository(
            MemoryRepository(files),
            spec,
            environment,
            commit="a" * 40,
            assessed_at="2026-07-01T00:00:00Z",
            base=MemoryRepository(before) if base else None,
        )

    return isolated(work, Assessment)


def told(assessment: Assessment) -> str:
    """Everything that the open findings and unverified lines say."""
    findings = [
        f"{each.code} {each.title} {each.actual} {' '.join(str(one) for one in each.evidence)}" for each in assessment.open_findings
    ]
    return "\n".join([*findings, *(line.reason for line in assessment.checklist), *assessment.notes])
