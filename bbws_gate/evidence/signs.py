"""What in a job tells environments apart: its GitHub environment, credentials, values, state and workspace."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence import marks as kinds
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.login import accounts_in, is_named, logins
from bbws_gate.evidence.marks import Marks
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow_parts import Job, Workflow
from bbws_gate.model import Evidence

MAX_GATES = 50

_USING_STATE = ("plan", "apply", "destroy")


class Sign(NamedTuple):
    """One thing that tells environments apart, as a job has it."""

    kind: str
    value: str
    owners: frozenset[str] | None
    """The spec's environments that it belongs to, none of them where it is nobody's; None where only the run knows."""
    why: str
    """Why it is not known."""
    evidence: Evidence


class Checkout(NamedTuple):
    """The files of the repository, and the root module among them."""

    root: str
    files: frozenset[str]
    modules: frozenset[str]
    """The folders with Terraform in them."""

    @classmethod
    def of(cls, files: frozenset[str], root: str) -> Checkout:
        """What the files of a repository are, its root module being in ``root``."""
        return cls(root, files, frozenset(posixpath.dirname(path) for path in files if path.endswith((".tf", ".tf.json"))))

    def unlocated(self, command: TerraformCommand) -> str:
        """Why nobody can tell which module a command works on; empty where its folder is known and holds Terraform."""
        directory = command.directory
        if directory.value is None:
            return directory.why or "where it works is known to the run only"
        if directory.value in self.modules or directory.value == self.root:
            return ""
        return f"the folder in which it works, {directory.value or 'that of the repository'}, holds no Terraform"

    def holds(self, command: TerraformCommand) -> bool:
        """Whether a command works on the root module, or nobody can tell on which."""
        return command.directory.value == self.root or bool(self.unlocated(command))


def signs_of_names(job: Job, gates: tuple[Job, ...], marks: Marks) -> Iterator[Sign]:
    """The GitHub environments of a job and of the jobs without Terraform that it waits for, such as the one that asks for approval."""
    for each in (job, *gates):
        if each.environment is not None and each.environment_name is not None:
            evidence = Evidence(each.environment.place, f"job {each.id}: environment {each.environment_name | each.environment.value}")
            yield _sign(kinds.ENVIRONMENT, each.environment_name, evidence, marks)


def signs_of_logins(job: Job, marks: Marks) -> Iterator[Sign]:
    """The accounts and roles of a job's credentials. A role that is a secret is nobody's unless the spec names it."""
    for step in logins(job):
        given, resolved = step.inputs.get("role-to-assume"), step.input("role-to-assume")
        if given is None or resolved is None:
            continue
        evidence = Evidence(given.place, f"role-to-assume: {resolved[0] | given.value}")
        for account in accounts_in(resolved[0] | ""):
            if marks.has(kinds.ACCOUNT) or marks.of(kinds.ACCOUNT, account):
                yield _sign(kinds.ACCOUNT, Resolved(account), evidence, marks)
        for role in marks.values(kinds.ROLE):
            if is_named(given.value, resolved[0].value, role):
                yield _sign(kinds.ROLE, Resolved(role), evidence, marks)


def signs_of_commands(commands: tuple[TerraformCommand, ...], checkout: Checkout, marks: Marks) -> Iterator[Sign]:
    """The values, state and workspace of a job's Terraform commands."""
    for command in commands:
        evidence = Evidence(command.run.place, " ".join(command.run.words)[:120])
        for option, kind in (("var-file", kinds.VAR_FILE), ("backend-config", kinds.BACKEND_FILE)):
            for path in command.files(option):
                # A file that is not there is a mistake, not a sign.
                if path.value is None or path.value in checkout.files:
                    yield from _known_kind(kind, path, evidence, marks)
        for name, value in command.pairs("backend-config").items():
            if name in kinds.STATE:
                yield from _known_kind(kinds.STATE[name], value, evidence, marks)
        workspace = _workspace(command)
        if workspace is not None:
            yield from _known_kind(kinds.WORKSPACE, workspace, evidence, marks)


def gates(workflow: Workflow, job: Job, working: frozenset[str]) -> tuple[Job, ...]:
    """The jobs without Terraform that a job waits for, near and far, with nothing but such jobs between.

    Args:
        workflow: where they stand.
        job: the one that waits.
        working: the jobs with Terraform commands, by id.
    """
    found: dict[str, Job] = {}
    waiting = [need.value for need in job.needs]
    while waiting and len(found) < MAX_GATES:
        name = waiting.pop()
        if name in workflow.jobs and name not in found and name not in working and workflow.jobs[name].uses is None:
            found[name] = workflow.jobs[name]
            waiting += [need.value for need in found[name].needs]
    return tuple(found.values())


def _workspace(command: TerraformCommand) -> Resolved | None:
    if command.subcommand in ("workspace select", "workspace new") and command.arguments:
        return command.arguments[-1]
    return command.workspace if command.subcommand in _USING_STATE else None


def _known_kind(kind: str, value: Resolved, evidence: Evidence, marks: Marks) -> Iterator[Sign]:
    """Nothing where the spec does not say the target's: then another value is no sign against it."""
    if marks.has(kind) or (value.value is not None and marks.of(kind, value.value)):
        yield _sign(kind, value, evidence, marks)


def _sign(kind: str, value: Resolved, evidence: Evidence, marks: Marks) -> Sign:
    owners = marks.of(kind, value.value) if value.value is not None else None
    return Sign(kind, value | "", owners, value.why, evidence)
