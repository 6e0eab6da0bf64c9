"""Two environments in one state: found in what the spec and the backend block say, without evaluating the other environment."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.outcomes import failed, unverified
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity


@check(
    "ENV006",
    "state-shared",
    severity=Severity.CRITICAL,
    category="Environment",
    work=works.ENVIRONMENT,
    why="To deploy one environment changes or destroys the other's resources: Terraform takes them for its own.",
    clear="Give each environment a key, a bucket or a workspace of its own.",
)
def state_shared(project: ProjectEvidence) -> Iterator[Outcome]:
    """Bucket, key and workspace of the target, against those of the environments before it in the spec: as the spec says them, else as the
    backend block does where no workflow and no file lays anything over it. A bucket's name is the same in every account and region
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
    """
    own = _location(project, project.environment_name)
    if own is None:
        return
    for name in project.spec.environments:
        if name == project.environment_name:
            return
        if _location(project, name) == own:
            yield from _shared(project, name, "/".join(own))


def _location(project: ProjectEvidence, environment: str) -> tuple[str, str] | None:
    """Bucket and key of an environment's state; None where they are not known, or kept elsewhere than in S3."""
    stated, block = project.spec.environment(environment).backend, project.stack.backend
    if (stated is not None and stated.type != "s3") or (block is not None and block.type != "s3"):
        return None
    found = []
    for argument, value in (("bucket", stated.bucket if stated else None), ("key", stated.key if stated else None)):
        written = block.attributes.get(argument) if block is not None and _is_final(project, environment) else None
        found.append(value or (written if isinstance(written, str) else None))
    bucket, key = found
    return (bucket, key) if bucket and key else None


def _is_final(project: ProjectEvidence, environment: str) -> bool:
    """Whether nothing is laid over the backend block for an environment: neither a file of the spec nor what any workflow passes."""
    targets = (project.spec.environment(environment), project.environment)
    if any(target.workflow is None or (target.backend is not None and target.backend.config_files) for target in targets):
        return False
    commands = (command for found in project.terraform_commands.values() for command in found)
    return not any(command.values("backend-config") for command in commands if command.subcommand == "init")


def _workspace(project: ProjectEvidence, environment: str) -> str | None:
    """An environment's workspace; None where neither the spec nor a workflow without any tells."""
    target = project.spec.environment(environment)
    if target.workspace is not None:
        return target.workspace
    commands = project.terraform_commands.get(target.workflow.path) if target.workflow is not None else None
    if not commands or any(command.subcommand.startswith("workspace") or command.workspace is not None for command in commands):
        return None
    return "default"


def _shared(project: ProjectEvidence, other: str, location: str) -> Iterator[Outcome]:
    subject, item = f"environment/state/{other}", f"The state of {project.environment_name} is not that of {other}"
    block = project.stack.backend
    seen = (
        project.target_evidence("backend"),
        project.loaded.evidence("environments", other, "backend"),
        *((Evidence(block.place, f'backend "{block.type}"'),) if block is not None else ()),
    )
    workspaces = _workspace(project, project.environment_name), _workspace(project, other)
    if None in workspaces:
        yield unverified(subject, item, f"both are {location}, and which workspaces they have is not known", *seen)
    elif workspaces[0] == workspaces[1]:
        yield failed(
            subject,
            item,
            *seen,
            title=f"{project.environment_name} and {other} have one state: {location}",
            expected="a state of its own",
            actual=f"{location}, workspace {workspaces[0]}, for both",
        )
