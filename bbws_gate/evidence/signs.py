"""What in a job tells environments apart: its GitHub environment, credentials, values, state and workspace."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence import marks as kinds
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.login import accounts_in, is_named, logins
from bbws_gate.evidence.marks import Marks
from bbws_gate.evidence.terraform_command import TerraformCommand
from bbws_gate.evidence.workflow_parts import Job, Workflow
from bbws_gate.evidence.written_files import Written, written_files
from bbws_gate.model import Evidence

MAX_GATES = 50

_USING_STATE = ("plan", "apply", "destroy")
_OF_ENVIRONMENT = ("vars.", "secrets.")


class Sign(NamedTuple):
    """One thing that tells environments apart, as a job has it."""

    kind: str
    value: str
    owners: frozenset[str] | None
    """The spec's environments that it belongs to, none of them where it is nobody's; None where only the run knows."""
    why: str
    """Why it is not known."""
    evidence: Evidence

    def is_open(self, in_environment: bool) -> bool:
        """Whether it may be any environment's, as what a script computes or somebody gives may be.

        Args:
            in_environment: whether the job has a known GitHub environment, whose variables and secrets are its own.
        """
        is_own = in_environment and self.why.startswith(_OF_ENVIRONMENT)
        return self.owners is None and self.kind != kinds.ENVIRONMENT and not is_own


class Checkout(NamedTuple):
    """The files of the repository, and the root module among them."""

    root: str
    files: frozenset[str]
    modules: frozenset[str]
    """The folders with Terraform in them."""
    states: Mapping[str, Mapping[str, Resolved]]
    """Backend arguments that tell states apart, by the path of the file for ``-backend-config``; only of files that were read."""

    @classmethod
    def of(cls, files: frozenset[str], root: str, states: Mapping[str, Mapping[str, Resolved]]) -> Checkout:
        """What the files of a repository are, its root module being in ``root``."""
        return cls(root, files, frozenset(posixpath.dirname(path) for path in files if path.endswith((".tf", ".tf.json"))), states)

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
        roles = [role for role in marks.values(kinds.ROLE) if is_named(given.value, resolved[0].value, role)]
        for role in roles:
            yield _sign(kinds.ROLE, Resolved(role), evidence, marks)
        if resolved[0].value is None and not roles and not resolved[0].why.startswith(_OF_ENVIRONMENT):
            yield from _known_kind(kinds.ACCOUNT, resolved[0], evidence, marks)


def signs_of_commands(commands: tuple[TerraformCommand, ...], checkout: Checkout, marks: Marks) -> Iterator[Sign]:
    """The values, state and workspace of a job's Terraform commands."""
    written = written_files(commands[0].run.job) if commands else ()
    for command in commands:
        evidence = Evidence(command.run.place, " ".join(command.run.words)[:120])
        for option, kind in (("var-file", kinds.VAR_FILE), ("backend-config", kinds.BACKEND_FILE)):
            for path in command.files(option):
                seen = _as_read(path, written)
                # A file that is not there is a mistake, not a sign.
                if seen.value is None or seen.value in checkout.files:
                    yield from _known_kind(kind, seen, evidence, marks)
        for name, value in _state(command, checkout, marks, written).items():
            yield from _known_kind(kinds.STATE[name], value, evidence, marks)
        workspace = _workspace(command)
        if workspace is not None:
            yield from _known_kind(kinds.WORKSPACE, workspace, evidence, marks)


def _as_read(path: Resolved, written: tuple[Written, ...]) -> Resolved:
    """The path of a file, unknown where the job's own scripts write it."""
    line = next((each.line for each in written if path.value is not None and each.holds(path.value)), None)
    return path if line is None else Resolved(None, f"the script writes {path.value} in line {line}")


def _state(command: TerraformCommand, checkout: Checkout, marks: Marks, written: tuple[Written, ...]) -> dict[str, Resolved]:
    """What tells a command's state apart, by argument: of its pairs and files, the last word on each."""
    found: dict[str, Resolved] = {}
    for name, value in command.laid_over("backend-config"):
        if name:
            found |= {name: value} if name in kinds.STATE else {}
            continue
        path = _as_read(value, written)
        if path.value is None:
            found |= dict.fromkeys(kinds.STATE, path)
        elif path.value in checkout.states:
            found |= checkout.states[path.value]
        elif path.value in checkout.files and not marks.of(kinds.BACKEND_FILE, path.value):
            found |= dict.fromkeys(kinds.STATE, Resolved(None, f"{path.value} is not read"))
    return found


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
