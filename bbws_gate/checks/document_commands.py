"""Commands in documents, checked as commands: what they name must be there on the day somebody runs them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.lookups import is_ours
from bbws_gate.checks.outcomes import failed, passed
from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.document_commands import DocumentCommand, document_commands
from bbws_gate.evidence.markdown import names
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.workflow import Workflow
from bbws_gate.model import Evidence, Outcome, Severity


class Named(NamedTuple):
    """One thing that a command or a line names."""

    kind: str
    """``file``, ``folder``, ``target``, ``variable``, ``workflow``, ``input``, ``table``."""
    name: str
    exists: bool
    evidence: Evidence
    written: str = ""
    """A file as the document writes it."""


@check(
    "DOC008",
    "document-names-what-is-not-there",
    severity=Severity.MEDIUM,
    category="Documents",
    work=works.DOCUMENTS,
    why="On the day of the deployment people paste the command, and it fails.",
    clear="Correct the document, or add what it names.",
)
def document_names_what_is_not_there(project: ProjectEvidence) -> Iterator[Outcome]:
    """Shell blocks of the plan document and the README, command by command: folders of ``cd`` and ``-chdir``, value and backend files
    beside others of their kind, ``-target`` addresses and ``-var`` names, scripts, tables of ``aws dynamodb`` by this project's naming
    rule, and workflows with their inputs (``gh workflow run``, and names in backticks on lines about workflows). What a command may
    create, or only people have, is left out.
    """
    found: dict[tuple[str, str, str], list[Named]] = {}
    for each in _named(project):
        found.setdefault((each.evidence.place.path, each.kind, each.name), []).append(each)
    for (path, kind, name), said in found.items():
        subject, item = f"document/{path}/{kind}/{name}", f"{kind.capitalize()} {name}, which {path} names, exists"
        evidence = [each.evidence for each in said[:8]]
        if said[0].exists:
            yield passed(subject, item, *evidence)
            continue
        yield failed(
            subject,
            item,
            *evidence,
            title=f"{path} names {kind} {name}, which does not exist",
            expected=f"{kind} {name}",
            actual="not there",
            because_of=(f"file/{name}", f"DOC007/plan/file/{name}", *(f"DOC007/plan/file/{each.written}" for each in said if each.written)),
        )


def _named(project: ProjectEvidence) -> Iterator[Named]:
    made: set[str] = set()
    for command in document_commands(project):
        evidence = Evidence(command.place, command.text)
        program = posixpath.basename(command.words[0]) if command.words else ""
        if program in ("mkdir", "cp", "touch", "mv", "tee", "curl", "wget"):
            made |= {path for word in command.words[1:] if (path := command.path(word))}
        for each in _of_command(project, command, program, evidence):
            if not any(each.name == path or each.name.startswith(f"{path}/") for path in made):
                yield each
    yield from _workflows_in_text(project)


def _of_command(project: ProjectEvidence, command: DocumentCommand, program: str, evidence: Evidence) -> Iterator[Named]:
    words = command.words
    if program == "cd" and len(words) > 1:
        yield from _folder(project, command, words[1], evidence)
    elif program in ("terraform", "tofu"):
        yield from _of_terraform(project, command, evidence)
    elif words[:2] == ("aws", "dynamodb") and "create-table" not in words:
        yield from _tables(project, words, evidence)
    elif words[:3] == ("gh", "workflow", "run") and len(words) > 3:
        yield from _of_dispatch(project, words, evidence)
    elif program in ("bash", "sh", "python", "python3") and len(words) > 1 and words[1].endswith((".sh", ".py")):
        yield from _file(project, command, words[1], evidence)
    elif words and words[0].startswith("./") and words[0].endswith((".sh", ".py")):
        yield from _file(project, command, words[0], evidence)


def _tables(project: ProjectEvidence, words: tuple[str, ...], evidence: Evidence) -> Iterator[Named]:
    """A table by a name that only this project gives for the target: the spec or the Terraform must have it."""
    for option, _, joined in (word.partition("=") for word in words):
        if option != "--table-name" or project.unread:
            continue
        position = words.index("--table-name") + 1 if not joined else 0
        name = joined or (words[position] if position < len(words) else "")
        known = {table.name for table in project.all_tables}
        known |= {project.table_name(logical) for logical in project.expected_tables}
        if is_ours(project, name):
            yield Named("table", name, name in known, evidence)


_GENERATED = regex(r"(^|/)(dist|build|out|target|node_modules|\.?venv|\.terraform|coverage|reports?)(/|$)")


def _folder(project: ProjectEvidence, command: DocumentCommand, word: str, evidence: Evidence) -> Iterator[Named]:
    """A folder below one that is there; another one may be the checkout's own name, or made by an earlier command."""
    path, folders = command.path(word), project.folders
    if not path or word.startswith("-") or _GENERATED.search(path):
        return
    if path in folders or ("/" in path and path.partition("/")[0] in folders and not _is_elsewhere(word, folders)):
        yield Named("folder", path, path in folders, evidence)


def _is_elsewhere(word: str, paths: frozenset[str]) -> bool:
    """Whether a path is there, seen from the root or another folder: the document may mean that one, whatever stands before it."""
    path = posixpath.normpath(word)
    return path in paths or ("/" in path and any(other.endswith(f"/{path}") for other in paths))


def _file(project: ProjectEvidence, command: DocumentCommand, word: str, evidence: Evidence) -> Iterator[Named]:
    path = command.path(word)
    if not path or _GENERATED.search(path):
        return
    if path in project.files or (posixpath.dirname(path) in project.folders - {""} and not _is_elsewhere(word, project.files)):
        yield Named("file", path, path in project.files, evidence, posixpath.normpath(word))


_PERSONAL = regex(r"(?i)secret|local|private|custom|override|example|sample|\bmy|your|^terraform\.tfvars$")


def _of_terraform(project: ProjectEvidence, command: DocumentCommand, evidence: Evidence) -> Iterator[Named]:
    directory = command.directory
    for word in command.words[1:]:
        if word.startswith("-chdir="):
            yield from _folder(project, command, word.removeprefix("-chdir="), evidence)
            directory = command.path(word.removeprefix("-chdir="))
    here = DocumentCommand(command.words, (), command.place, directory)
    for option, value in _options(command.words):
        path = here.path(value) if "=" not in value else None
        if option in ("var-file", "backend-config") and path and not _PERSONAL.search(posixpath.basename(path)):
            beside = {other for other in project.files if posixpath.dirname(other) == posixpath.dirname(path)}
            has_like = any(posixpath.splitext(other)[1] == posixpath.splitext(path)[1] for other in beside)
            if path in beside or (has_like and not _is_elsewhere(value, project.files)):
                yield Named("file", path, path in beside, evidence, posixpath.normpath(value))
        elif directory == project.root and option == "target" and not project.unread:
            yield from _target(project, value, evidence)
        elif directory == project.root and option == "var" and re.match(r"[A-Za-z_][\w-]*=", value):
            name = value.partition("=")[0]
            if name not in project.stack.variables and project.unread_files:
                continue
            yield Named("variable", name, name in project.stack.variables, evidence)


def _options(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for position, word in enumerate(words):
        name, equals, value = word.lstrip("-").partition("=")
        if word.startswith("-") and name in ("var-file", "backend-config", "target", "var"):
            yield name, value if equals else words[position + 1] if position + 1 < len(words) else ""


def _target(project: ProjectEvidence, value: str, evidence: Evidence) -> Iterator[Named]:
    address = re.sub(r"\[[^\]]*\]", "", value)
    if not re.fullmatch(r"(module\.[\w-]+\.?)*((data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)?", address) or not address:
        return
    addresses = [*(each.address for each in project.stack.resources), *(each.address for each in project.stack.modules)]
    known = {re.sub(r"\[[^\]]*\]", "", each) for each in addresses}
    yield Named("target", address, address in known, evidence)


def _of_dispatch(project: ProjectEvidence, words: tuple[str, ...], evidence: Evidence) -> Iterator[Named]:
    """``gh workflow run deploy-sit.yml -f confirm=yes``; a workflow may also be called by its name."""
    if any(word in ("-R", "--repo") or word.startswith("--repo=") for word in words) or not re.fullmatch(r"[\w. -]+", words[3]):
        return
    called = words[3]
    workflow = next((each for path, each in project.workflows.items() if called in (posixpath.basename(path), each.name)), None)
    unreadable = any(posixpath.basename(path) == called for path in project.unreadable)
    yield Named("workflow", called, workflow is not None or unreadable, evidence)
    for position, word in enumerate(words[:-1]) if workflow is not None else ():
        if word in ("-f", "-F", "--field", "--raw-field"):
            name = words[position + 1].partition("=")[0]
            yield Named("input", f"{called}:{name}", _has_input(workflow, name), evidence)


def _has_input(workflow: Workflow | None, name: str) -> bool:
    return workflow is not None and name in workflow.inputs


def _workflows_in_text(project: ProjectEvidence) -> Iterator[Named]:
    """Names of workflow files in backticks, on lines that speak of workflows."""
    if not project.workflows:
        return
    own = {posixpath.basename(path) for path in project.files if path.startswith(".github/workflows/")}
    for path in dict.fromkeys((project.spec.plan.document, "README.md")):
        document = project.documents.get(path) if path is not None else None
        for fact in document.texts() if document is not None else ():
            if not re.search(r"(?i)\bworkflows?\b", fact.value):
                continue
            for name in names(fact.value):
                short = name.removeprefix(".github/workflows/")
                if re.fullmatch(r"[\w.-]+\.ya?ml", short) and (short == name or path != project.spec.plan.document):
                    elsewhere = any(posixpath.basename(other) == short for other in project.files)
                    yield Named("workflow", short, short in own or elsewhere, Evidence(fact.place, fact.value.strip()[:120]))
