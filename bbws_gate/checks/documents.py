"""Documents: the ones that the spec asks for, with what must stand in them."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Place, Severity
from bbws_gate.spec import fill


@check(
    "DOC001",
    "document-missing",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why="Whoever operates, audits or rolls back the environment looks there first.",
    clear="Write the document, or take it out of the promotion spec.",
)
def document_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """The documents that the spec asks for, its plan and its rollback document: that the files are there, with the text that ``contains``
    asks for.
    """
    names = project.spec.names(project.environment_name)
    plan, rollback = project.spec.plan.document, project.spec.rollback.document
    if plan is not None:
        yield _presence(project, plan, project.loaded.evidence("plan", "document"))
    if rollback is not None and rollback != plan:
        yield _presence(project, rollback, project.loaded.evidence("rollback", "document"))
    for number, document in enumerate(project.spec.expect.documents):
        path = fill(document.path, names)
        asked = project.loaded.evidence("expect", "documents", number)
        if path not in (plan, rollback):
            yield _presence(project, path, asked)
        if path in project.files:
            for wanted in document.contains:
                yield _content(project, path, fill(wanted, names), asked)


def _presence(project: ProjectEvidence, path: str, asked: Evidence) -> Outcome:
    subject, item = f"file/{path}", f"{path} exists"
    if path in project.files:
        return passed(subject, item, Evidence(Place(path, 0, 0), "exists"), asked)
    return failed(subject, item, asked, title=f"{path} is missing", expected=f"the file {path}", actual="no such file")


def _content(project: ProjectEvidence, path: str, wanted: str, asked: Evidence) -> Outcome:
    subject, item = f"file/{path}/{wanted}", f"{path} contains {wanted}"
    document = project.documents.get(path)
    if document is None:
        why = project.unreadable[path][1] if path in project.unreadable else "not Markdown"
        return unverified(subject, item, f"it is not read: {why}", Evidence(Place(path, 0, 0), why), asked)
    for fact in document.texts():
        if wanted in fact.value:
            return passed(subject, item, Evidence(fact.place, fact.value[:120]), asked)
    heading = next((heading for heading in document.headings if wanted in heading.text), None)
    if heading is not None:
        return passed(subject, item, Evidence(heading.place, heading.text[:120]), asked)
    return failed(
        subject,
        item,
        Evidence(Place(path, 0, 0), f"does not say {wanted}"),
        asked,
        title=f"{path} does not contain {wanted}",
        expected=wanted,
        actual="not in the document",
    )
