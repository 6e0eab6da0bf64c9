"""Rules beside rules: security group rules that AWS refuses as duplicates, lifecycle rules that another one takes the effect from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import header, observe, shown
from bbws_gate.checks.outcomes import failed
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.references import identity_of
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Outcome, Severity
from bbws_gate.terraform.stack import Path, Plain, Resource

_RULE = "aws_security_group_rule"
_GROUP = "aws_security_group"
_PEERS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")


@check(
    "COL005",
    "security-rule-repeated",
    severity=Severity.HIGH,
    category="Resources",
    work=works.RESOURCES,
    why="AWS refuses the second one as a duplicate; a rule beside rules inside the group is removed and added at every other apply.",
    clear="Keep one of the rules, and all rules of one group either inside it or beside it.",
)
def security_rule_repeated(project: ProjectEvidence) -> Iterator[Outcome]:
    """``aws_security_group_rule``: two that open the same ports of one group to the same peer, and one for a group that has rules of that
    direction inside.
    """
    first: dict[tuple[str, ...], Resource] = {}
    inside = {
        (identity, direction): group
        for group in project.stack.of_type(_GROUP)
        for direction in ("ingress", "egress")
        if isinstance(blocks := group.get(direction), list) and blocks and not reason(blocks)
        for identity in (f"{group.address}.id",)
    }
    for rule in sorted(project.stack.of_type(_RULE), key=lambda each: each.place):
        subject, item = f"resource/{rule.address}/rule", f"{rule.address} is the only rule of its kind"
        group, direction = identity_of(rule.get("security_group_id")), rule.get("type")
        owner = inside.get((group or "", str(direction)))
        if owner is not None:
            yield failed(
                subject,
                item,
                header(rule),
                observe(owner, str(direction)).evidence,
                title=f"{rule.address} stands beside {direction} rules inside {owner.address}: they overwrite each other",
                expected=f"the {direction} rules of {owner.address} in one place",
                actual=f"inside the group, and {rule.address}",
            )
            continue
        earlier = [(peer, other) for peer, key in _opened(rule) if (other := first.setdefault(key, rule)) is not rule]
        if earlier:
            peer, other = earlier[0]
            ports = f"{shown(rule.get('from_port'))}-{shown(rule.get('to_port'))}"
            yield failed(
                subject,
                item,
                header(rule),
                header(other),
                title=f"{rule.address} and {other.address} both open {direction} {ports} to {peer}",
                expected="one rule for it",
                actual=f"two: {other.address}, {rule.address}",
            )


def _opened(rule: Resource) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a rule opens to each peer that is certain, as a person reads it and as AWS tells rules apart."""
    alias = rule.provider.alias or "" if rule.provider is not None else ""
    parts = [identity_of(rule.get(name)) for name in ("security_group_id", "type", "protocol", "from_port", "to_port")]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return
    for name in _PEERS:
        values = rule.get(name)
        for value in values if isinstance(values, list) else ():
            if isinstance(value, str):
                yield value, (alias, *known, name, value)
    other = identity_of(rule.get("source_security_group_id"))
    if other is not None:
        yield other.lstrip("="), (alias, *known, "group", other)
    if rule.get("self") is True:
        yield "itself", (alias, *known, "self")


_LIFECYCLE = "aws_s3_bucket_lifecycle_configuration"


@check(
    "COL006",
    "lifecycle-rule-without-effect",
    severity=Severity.MEDIUM,
    category="Resources",
    work=works.RESOURCES,
    why="Of two rules for the same objects S3 keeps to the shorter time: objects are gone before the other rule says so.",
    clear="Keep one of the rules, or give each its own filter.",
)
def lifecycle_rule_without_effect(project: ProjectEvidence) -> Iterator[Outcome]:
    """Enabled rules of an S3 bucket's lifecycle: two for the same objects that let them expire after different times, and two of one id
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html).
    """
    for resource in project.stack.of_type(_LIFECYCLE):
        blocks = resource.get("rule")
        paths: list[Path] = [("rule", number) for number in range(len(blocks) if isinstance(blocks, list) else 0)]
        for position, path in enumerate(paths):
            for earlier in paths[:position]:
                yield from _same_id(resource, path, earlier)
                yield from _shadowed(resource, path, earlier)


def _same_id(resource: Resource, path: Path, earlier: Path) -> Iterator[Outcome]:
    name = resource.get(*path, "id")
    if isinstance(name, str) and name == resource.get(*earlier, "id"):
        yield failed(
            f"resource/{resource.address}/rule/{name}",
            f"Rule {name} of {resource.address} has its id alone",
            observe(resource, *path, "id").evidence,
            observe(resource, *earlier, "id").evidence,
            title=f"{resource.address} has two rules called {name}",
            expected=f"one rule called {name}: S3 refuses the second",
            actual="two",
        )


def _shadowed(resource: Resource, path: Path, earlier: Path) -> Iterator[Outcome]:
    days, other = resource.get(*path, "expiration", 0, "days"), resource.get(*earlier, "expiration", 0, "days")
    if not isinstance(days, (int, Decimal)) or not isinstance(other, (int, Decimal)) or days == other:
        return
    if not all(resource.get(*each, "status") == "Enabled" for each in (path, earlier)) or not _alike(resource, path, earlier):
        return
    long, short = (path, earlier) if days > other else (earlier, path)
    given = resource.get(*long, "id")
    name = given if isinstance(given, str) and given else str(long[1])
    yield failed(
        f"resource/{resource.address}/expiration/{name}",
        f"Rule {name} of {resource.address} decides when its objects expire",
        observe(resource, *long, "expiration", 0, "days").evidence,
        observe(resource, *short, "expiration", 0, "days").evidence,
        title=f"Objects of rule {name} of {resource.address} expire after {min(days, other)} days, not {max(days, other)}",
        expected=f"{max(days, other)} days, as rule {name} says",
        actual=f"{min(days, other)} days, by another rule for the same objects",
    )


def _alike(resource: Resource, path: Path, earlier: Path) -> bool:
    """Whether two rules are about the same objects for certain."""
    for name in ("filter", "prefix"):
        mine, other = resource.get(*path, name), resource.get(*earlier, name)
        if _unknown(mine) or mine != other:
            return False
    return True


def _unknown(value: Plain) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(reason(value)) or any(_unknown(part) for part in parts)
