"""One truth about the environment: account, region and state, the same in the spec and wherever else it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.statements import Statement, account_statements, region_statements
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.terraform.stack import Backend, Plain


@check(
    "ENV001",
    "account-contradicted",
    severity=Severity.CRITICAL,
    category="Environment",
    work=works.ENVIRONMENT,
    why="With two truths about the account, a deployment for one environment lands in another one's.",
    clear="Correct the account where it is written, or in the promotion spec.",
)
def account_contradicted(project: ProjectEvidence) -> Iterator[Outcome]:
    """The target's account in the spec, against provider (``allowed_account_ids``, ``assume_role``), account variables with their tfvars,
    the deployment workflow (role, allowed accounts, env), the validation script and the README's table of environments; one finding for
    each file that disagrees.
    """
    wanted = project.environment.account
    if wanted is not None:
        yield from _agreement(project, "account", wanted, (wanted,), account_statements(project))


@check(
    "ENV002",
    "region-contradicted",
    severity=Severity.CRITICAL,
    category="Environment",
    work=works.ENVIRONMENT,
    why="In another region there is another, empty environment: what others expect is not found there.",
    clear="Correct the region where it is written, or in the promotion spec.",
)
def region_contradicted(project: ProjectEvidence) -> Iterator[Outcome]:
    """The target's region in the spec, against provider, region variables with their tfvars, the deployment workflow, the validation
    script and the README's table of environments; ``other_regions`` count as right. Aliased providers and the state's own region are not
    judged here.
    """
    wanted = project.environment.region
    if wanted is not None:
        yield from _agreement(project, "region", wanted, (wanted, *project.environment.other_regions), region_statements(project))


def _agreement(
    project: ProjectEvidence, what: str, wanted: str, accepted: tuple[str, ...], statements: Iterable[Statement]
) -> Iterator[Outcome]:
    """One line for each file in which the value was written in the first place."""
    asked = project.target_evidence(what)
    files: dict[str, list[Statement]] = {}
    for statement in statements:
        files.setdefault(statement.origin.path, []).append(statement)
    for path, said in files.items():
        subject, item = f"environment/{what}/{path}", f"{path} says {what} {wanted}"
        others = _of_other_environments(project, what, path)
        wrong = [each for each in said if each.values and not set(each.values) & {*accepted, *others}]
        unknown = [each for each in said if not set(each.values) & set(accepted)]
        if wrong:
            values = ", ".join(dict.fromkeys(value for each in wrong for value in each.values))
            owner = _owner(project, what, wrong[0].values[0])
            yield failed(
                subject,
                item,
                *(each.evidence for each in wrong),
                asked,
                title=f"{path} says {what} {values}, not {wanted}{owner}",
                expected=f"{what} {wanted}",
                actual=f"{what} {values}",
            )
        elif len(unknown) == len(said):
            why = next((each.why for each in unknown if each.why), f"it names only the {what} of other environments")
            yield unverified(subject, item, why, *(each.evidence for each in unknown), asked)
        else:
            yield passed(subject, item, *(each.evidence for each in said if each not in unknown), asked)


def _of_other_environments(project: ProjectEvidence, what: str, path: str) -> set[str]:
    """What a workflow or script may say about the other environments that it also serves."""
    return {
        getattr(target, what)
        for target in project.spec.environments.values()
        if (target.workflow is not None and target.workflow.path == path) or target.validation_script == path
    }


def _owner(project: ProjectEvidence, what: str, value: str) -> str:
    for name, target in project.spec.environments.items():
        if name != project.environment_name and getattr(target, what) == value:
            return f" (that is {name})"
    return ""


_BACKEND: dict[str, tuple[str, bool | None]] = {
    "bucket": ("bucket", None),
    "key": ("key", None),
    "region": ("region", None),
    "lock_table": ("dynamodb_table", None),
    "lock_file": ("use_lockfile", False),
    "encrypt": ("encrypt", False),
}
"""The spec's words, Terraform's, and what happens where the backend does not say
(https://developer.hashicorp.com/terraform/language/backend/s3)."""
_BACKEND_IMPACT = {
    "encrypt": "The state holds every attribute in plain text, secrets too: whoever reads the bucket's objects reads them.",
    "lock_table": "Without a lock two runs at the same time corrupt the state.",
    "lock_file": "Without a lock two runs at the same time corrupt the state.",
}
"""What a wrong setting leads to, where it is not another environment's state."""


@check(
    "ENV003",
    "backend-differs",
    severity=Severity.CRITICAL,
    category="Environment",
    work=works.ENVIRONMENT,
    why="With another environment's state, Terraform changes or destroys that environment's resources; without a lock two runs corrupt it.",
    clear="Correct the backend block or the environment's backend configuration file, or the promotion spec.",
)
def backend_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """The ``backend`` block, with the environment's backend configuration files and the ``-backend-config`` pairs of its workflow laid over
    it, against the bucket, key, region, lock and encryption that the spec gives the environment.
    """
    wanted = project.environment.backend
    if wanted is None:
        return
    backend, asked = project.stack.backend, project.target_evidence("backend")
    if backend is None and project.unread_files:
        yield unverified("environment/backend", "The state is kept in a backend", project.unread_files, asked)
        return
    if backend is None:
        yield failed(
            "environment/backend",
            "The state is kept in a backend",
            Evidence(
                project.terraform_place("backend", "versions", "terraform", "providers"), "no backend block: state is kept in a local file"
            ),
            asked,
            title="The Terraform has no backend",
            expected=f"backend {wanted.type}",
            actual="none",
        )
        return
    yield _backend_type(project, backend, wanted.type)
    if backend.type != wanted.type:
        return
    for word in _BACKEND:
        value = getattr(wanted, word)
        if value is not None:
            yield _backend_setting(project, backend, word, value)


def _backend_type(project: ProjectEvidence, backend: Backend, wanted: str) -> Outcome:
    subject, item = "environment/backend", f"The state is kept in a backend of type {wanted}"
    seen, asked = Evidence(backend.place, f'backend "{backend.type}"'), project.target_evidence("backend")
    if backend.type == wanted:
        return passed(subject, item, seen, asked)
    return failed(
        subject, item, seen, asked, title=f"The state is kept in {backend.type}, not {wanted}", expected=wanted, actual=backend.type
    )


class _Setting(NamedTuple):
    """One of the backend's arguments as one ``terraform init`` has it."""

    value: Plain
    why: str
    """Why it is not known."""
    seen: Evidence


def _backend_setting(project: ProjectEvidence, backend: Backend, word: str, wanted: str | bool) -> Outcome:
    argument, default = _BACKEND[word]
    subject, item = f"environment/backend/{word}", f"Backend {word} is {shown(wanted)}"
    asked = project.target_evidence("backend", word)
    found = list(dict.fromkeys(_settings(project, backend, argument, default)))
    wrong = [each for each in found if not each.why and not _is(each.value, wanted)]
    unknown = [each for each in found if each.why]
    if not wrong:
        if unknown:
            return unverified(subject, item, unknown[0].why, *(each.seen for each in unknown), asked)
        return passed(subject, item, *(each.seen for each in found), asked)
    actual = wrong[0].value
    return failed(
        subject,
        item,
        *(each.seen for each in wrong),
        asked,
        title=f"Backend {word} is {shown(actual) if actual is not None else 'not set'}, not {shown(wanted)}",
        expected=f"{word} {shown(wanted)}",
        actual=wrong[0].seen.value,
        impact=_BACKEND_IMPACT.get(word, ""),
        because_of=tuple(f"ENV004/file/{path}" for path in project.backend_files),
    )


def _is(value: Plain, wanted: str | bool) -> bool:
    return value == wanted or (isinstance(wanted, bool) and value == str(wanted).lower())


def _settings(project: ProjectEvidence, backend: Backend, argument: str, default: bool | None) -> Iterator[_Setting]:
    """The argument in each ``terraform init`` of the target's jobs, or as the block and its files have it where there is none."""
    block = _of_block(backend, argument, default)
    source = block.seen.place.path if backend.attributes.get(argument) is not None else ""
    for settings in project.state_settings:
        laid = settings.last(argument, source)
        if laid is None or (laid.value.value == source and not laid.name):
            yield block
        elif not laid.name:
            why = laid.value.why or f"{laid.value.value} is not in the repository"
            yield _Setting(None, why, settings.evidence(laid))
        else:
            yield _Setting(laid.value.value, laid.value.why, settings.evidence(laid))
    if project.state_settings:
        return
    if backend.attributes.get(argument) is None and project.workflow is not None:
        why = f"the block leaves it to terraform init, which is not found in {project.workflow.path}"
        yield block._replace(why=why, seen=Evidence(block.seen.place, f"{argument} is not set"))
    else:
        yield block


def _of_block(backend: Backend, argument: str, default: bool | None) -> _Setting:
    value = backend.attributes.get(argument)
    text = f"{argument} = {shown(value)}" if value is not None else f"{argument} is not set"
    seen = Evidence(backend.trace.place((argument,)), text, backend.trace.steps((argument,)))
    return _Setting(default if value is None else value, reason(value), seen)
