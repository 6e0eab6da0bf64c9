"""Look-ups by name: does anything create what a data source looks for?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import dotted, observe
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.expected_resources import NAMES
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import TABLE
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import fill
from bbws_gate.terraform.stack import Path, Resource

_ARGUMENTS = {
    TABLE: "name",
    "aws_s3_bucket": "bucket",
    "aws_sqs_queue": "name",
    "aws_sns_topic": "name",
    "aws_kms_alias": "name",
    "aws_iam_role": "name",
    "aws_iam_policy": "name",
    "aws_lambda_function": "function_name",
    "aws_secretsmanager_secret": "name",
    "aws_ssm_parameter": "name",
    "aws_ecr_repository": "name",
    "aws_backup_vault": "name",
    "aws_ecs_cluster": "cluster_name",
    "aws_cloudwatch_log_group": "name",
}
"""Data sources that look for one thing by its name, with the argument that says it
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs)."""

MIN_OWN = 3
"""Letters that a naming rule must have beside name and environment to be told from other projects' rules."""


@check(
    "RES007",
    "look-up-finds-nothing",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="The plan fails where nothing of that name exists; or it finds another environment's.",
    clear="Look for the name that is created, or create what is looked for.",
)
def look_up_finds_nothing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Data sources by name, or by a filter on the Name tag: that this Terraform, the spec or an upstream project creates what they
    look for. It fails only where a table's name follows this project's own naming rule and nothing is upstream; else it may exist in the
    account, and cannot be verified. What AWS itself makes (``alias/aws/...``, service-linked roles) is not looked at.
    """
    elsewhere: dict[str, list[tuple[str, Evidence]]] = {}
    for resource in project.stack.resources:
        for sought in _sought(resource):
            subject, item = f"lookup/{resource.address}", f"What {resource.address} looks for exists"
            seen = observe(resource, *sought.path).evidence
            witness = _created_here(project, sought) or _promised(project, sought)
            if witness is not None:
                yield passed(subject, item, seen, witness)
            elif sought.kind == TABLE and is_ours(project, sought.name) and not project.spec.dependencies.upstream and not project.unread:
                known = sorted(str(table.name) for table in project.all_tables if isinstance(table.name, str))
                yield failed(
                    subject,
                    item,
                    seen,
                    project.loaded.evidence("expect", "tables", "naming"),
                    title=f"{resource.address} looks for table {sought.name}, which nothing creates",
                    expected=f"one of {', '.join(known)}" if known else "a table that is created here",
                    actual=sought.name,
                    because_of=(f"LEK001/resource/{resource.address}/{dotted(sought.path)}", *_missing(project, sought.name)),
                )
            else:
                elsewhere.setdefault(resource.type, []).append((sought.name, seen))
    for kind, found in elsewhere.items():
        named = ", ".join(dict.fromkeys(name for name, _ in found))
        unique = dict.fromkeys(seen for _, seen in found)
        yield unverified(f"lookup/{kind}", f"What is looked for as {kind} exists", f"it may exist in the account: {named}", *unique)


class _Sought(NamedTuple):
    """What one data source looks for."""

    kind: str
    """The type of resource that would be found."""
    argument: str
    """The argument of such a resource that has the name; ``tags`` for its Name tag."""
    name: str
    """With ``*`` and ``?`` where the look-up allows them."""
    path: Path


def _sought(resource: Resource) -> Iterator[_Sought]:
    argument = _ARGUMENTS.get(resource.type) if resource.mode == "data" else None
    if argument is not None:
        name = resource.get(argument)
        if isinstance(name, str) and not _MADE_BY_AWS.match(name):
            yield _Sought(resource.type, NAMES.get(resource.type, "name"), name, (argument,))
    kind = _FILTERED.get(resource.type) if resource.mode == "data" else None
    if kind is None:
        return
    tag = resource.get("tags", "Name")
    if isinstance(tag, str):
        yield _Sought(kind, "tags", tag, ("tags", "Name"))
    blocks = resource.get("filter")
    for number in range(len(blocks) if isinstance(blocks, list) else 0):
        value, by = resource.get("filter", number, "values", 0), resource.get("filter", number, "name")
        if isinstance(value, str) and (by == "tag:Name" or (by == "group-name" and kind == "aws_security_group")):
            yield _Sought(kind, "tags" if by == "tag:Name" else "name", value, ("filter", number, "values", 0))


_MADE_BY_AWS = regex(r"alias/aws/|AWSServiceRoleFor")
_FILTERED = {
    f"{kind}{ending}": kind
    for kind in (
        "aws_vpc",
        "aws_subnet",
        "aws_security_group",
        "aws_route_table",
        "aws_instance",
        "aws_nat_gateway",
        "aws_ebs_volume",
        "aws_eip",
    )
    for ending in ("", "s")
}
"""Data sources that look by filters, singular and plural, with what they find."""


def _created_here(project: ProjectEvidence, sought: _Sought) -> Evidence | None:
    path: Path = ("tags", "Name") if sought.argument == "tags" else (sought.argument,)
    for resource in project.stack.of_type(sought.kind):
        value = resource.get(*path)
        if isinstance(value, str) and fnmatchcase(value, sought.name):
            return observe(resource, *path).evidence
    return None


def _promised(project: ProjectEvidence, sought: _Sought) -> Evidence | None:
    """Where the spec says that an upstream project gives it."""
    kind, name = sought.kind, sought.name
    tables = [name, *(logical for logical in project.expected_tables if project.table_name(logical) == name)]
    wanted = {f"{kind}/{name}", name, *(f"table/{each}" for each in tables if kind == TABLE)}
    for number, upstream in enumerate(project.spec.dependencies.upstream):
        if wanted & set(upstream.requires):
            return project.loaded.evidence("dependencies", "upstream", number)
    return None


def _missing(project: ProjectEvidence, name: str) -> tuple[str, ...]:
    """Findings about the table that should have the name."""
    logicals = [logical for logical in project.expected_tables if project.table_name(logical) == name]
    return tuple(f"{code}/table/{logical}" for logical in logicals for code in ("TBL001", "NAM001"))


def is_ours(project: ProjectEvidence, name: str) -> bool:
    """Whether a table's name is made by the naming rule, and the rule has words of this project's own: nobody else makes such names."""
    rule = project.spec.expect.tables.naming
    if rule is None:
        return False
    values = project.spec.names(project.environment_name)
    own = re.sub(r"[^A-Za-z0-9]", "", fill(rule, {**values, "env": ""}, name=""))
    pattern = re.escape(fill(rule, values, name="\0")).replace(re.escape("\0"), ".+")
    return len(own) >= MIN_OWN and re.fullmatch(pattern, name) is not None
