"""What the repository holds and should not, or lacks: state, plans, lock file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import regex
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.secrets import ACCESS_KEY, SECRET_FILE
from bbws_gate.model import Evidence, Outcome, Place, Severity

_STATE = regex(r"(^|/)[^/]*\.tfstate(\.[^/]*)?$|(^|/)\.terraform/|(^|/)[^/]*\.tfplan$|(^|/)crash(\.[0-9]+)?\.log$")

_SHOWN = 5
"""Required providers that are shown."""


def _files(project: ProjectEvidence) -> tuple[str, ...]:
    """What git tracks; every file where that cannot be told."""
    return tuple(sorted(project.files if project.tracked is None else project.tracked & project.files))


@check(
    "REP001",
    "state-tracked",
    severity=Severity.HIGH,
    category="Repository",
    work=works.REPOSITORY,
    why="State and plans hold secrets in plain text, and a state in git is nobody's state: two people apply against different ones.",
    clear="Remove the files from git and its history, rotate what they held, and ignore them.",
)
def state_tracked(project: ProjectEvidence) -> Iterator[Outcome]:
    """Terraform state, plan files, ``.terraform/`` and crash logs among the files that git tracks: by their names, and saved plans that are
    called ``tfplan`` or ``plan.out`` by what is inside.
    """
    found = [path for path in _files(project) if _STATE.search(path) or project.plan_files.get(path)]
    subject, item = "repository/state", "No Terraform state or plan is tracked"
    if not found:
        yield passed(subject, item, Evidence(project.terraform_place(), f"{len(_files(project))} files looked at"))
        return
    yield failed(
        subject,
        item,
        *(Evidence(Place(path, 0, 0), "tracked by git") for path in found[:20]),
        title=f"{', '.join(found[:3])}{' and more' if len(found) > 3 else ''} in git",
        expected="state in the backend only",
        actual=f"{len(found)} files",
    )


_LOCAL = regex(r"(?i)(^|/)(tests?|testdata|__tests__|fixtures?|examples?|mocks?|docker|local|localhost|e2e|cypress)/")
"""Folders whose keys are usually made up."""
_LOCAL_NAME = regex(r"(?i)[._-](local|test|tests|testing|ci|e2e|docker)([._-]|$)")
"""Words in the names of settings for one's own machine."""


@check(
    "REP002",
    "secret-file-tracked",
    severity=Severity.CRITICAL,
    category="Repository",
    work=works.REPOSITORY,
    why="Whoever can read the repository, now or ever, has the key.",
    clear="Revoke what the file holds, remove it from git and its history, and ignore it.",
)
def secret_file_tracked(project: ProjectEvidence) -> Iterator[Outcome]:
    """Files that usually hold keys (``.env``, private keys, AWS credentials, tfvars) and do: a private key, an access key, or a value for a
    variable whose name says that it is a credential, or that the root module declares sensitive. Placeholders, names of secrets, public
    certificates and files to fill in (``.env.example``) are none; values are never shown. What is for tests or local work is a doubt,
    access keys of AWS aside.
    """
    for path in _files(project):
        subject, item = f"file/{path}/secret", f"{path} holds no secret"
        if path in project.unreadable and SECRET_FILE.search(path):
            place, why = project.unreadable[path]
            yield unverified(subject, item, f"it is not read: {why}", Evidence(place, "tracked by git"))
        found = project.secrets.get(path, ())
        is_local = _LOCAL.search(path) or _LOCAL_NAME.search(posixpath.basename(path))
        if found and is_local and all(fact.value != ACCESS_KEY for fact in found):
            seen = Evidence(found[0].place, f"{found[0].value}: a value that is not shown")
            yield unverified(
                subject, item, "it is for tests or local work, by its name: whether anything trusts what it holds files cannot tell", seen
            )
        elif found:
            yield failed(
                subject,
                item,
                *(Evidence(fact.place, f"{fact.value}: a value that is not shown") for fact in found[:8]),
                title=f"{path} is in git, with {', '.join(dict.fromkeys(fact.value for fact in found[:8]))}",
                expected="no secret in git",
                actual=f"{len(found)} in {path}",
            )


@check(
    "REP003",
    "lock-file-missing",
    severity=Severity.MEDIUM,
    category="Repository",
    work=works.REPOSITORY,
    why="Without the lock file every run takes the newest provider that fits: what was tested is not what is deployed.",
    clear="Run terraform init, and commit .terraform.lock.hcl.",
)
def lock_file_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """``.terraform.lock.hcl`` beside the root module, where that requires providers: by name, by configuring one, or by its resources."""
    requiring = _requiring(project)
    if not requiring:
        return
    path = posixpath.join(project.root, ".terraform.lock.hcl")
    subject, item = f"file/{path}", f"{path} is in git"
    if path in _files(project):
        yield passed(subject, item, Evidence(Place(path, 0, 0), "exists"))
        return
    yield failed(
        subject,
        item,
        *requiring[:_SHOWN],
        title=f"{path} is missing",
        expected="the lock file in git",
        actual="no such file",
    )


def _requiring(project: ProjectEvidence) -> tuple[Evidence, ...]:
    """What asks for a provider; without ``required_providers`` Terraform takes any version of the one that a name begins with.

    The provider ``terraform`` is part of Terraform (https://developer.hashicorp.com/terraform/language/resources/terraform-data).
    """
    stack = project.stack
    named = tuple(Evidence(place, f"requires {name}") for name, place in sorted(stack.required_providers_at.items()))
    configured = {each.name: Evidence(each.place, f"configures {each.name}") for each in reversed(stack.providers)}
    used = {_provider(each.type): Evidence(each.place, f"{each.address} needs a provider") for each in reversed(stack.resources)}
    implied = {**used, **configured}
    return named or tuple(implied[name] for name in sorted(implied) if name != "terraform")


def _provider(kind: str) -> str:
    """The provider that a resource type belongs to by its name."""
    return kind.partition("_")[0]
