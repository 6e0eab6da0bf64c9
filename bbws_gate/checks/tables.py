"""Tables: are they there, and are they set up as the plan says?

Provider defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import Observation, header, observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.checks.plan_lines import plan_of_table
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.tables import Replica, Table, reason
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.spec import TableExpectation
from bbws_gate.terraform.stack import Plain


@check(
    "TBL001",
    "table-missing",
    severity=Severity.CRITICAL,
    category="Tables",
    work=works.ADD_TABLES,
    why="Services that read or write the table fail as soon as they are promoted.",
    clear="Declare the table in Terraform, or take it out of the promotion spec and the plan.",
)
def table_missing(project: ProjectEvidence) -> Iterator[Outcome]:
    """Every table that the spec requires, against the tables that the evaluated Terraform declares, by name or by label."""
    tables = project.tables
    declared = _declared_tables(project)
    for logical in project.expected_tables:
        subject, item = f"table/{logical}", f"Table {logical} exists"
        wanted = project.table_evidence(logical)
        if logical in tables.found:
            yield passed(subject, item, header(tables.found[logical].resource), wanted)
        elif tables.doubt:
            yield unverified(subject, item, tables.doubt, wanted)
        else:
            name = project.table_name(logical)
            yield failed(
                subject,
                item,
                wanted,
                Evidence(declared.place, f"no table {name}{declared.value}"),
                *plan_of_table(project, logical),
                title=f"Table {logical} is missing",
                expected=f"aws_dynamodb_table {name}",
                actual="no such table in the Terraform",
                action=f"Add table {name} to {project.root or 'the root module'}, or take {logical} out of the promotion spec.",
            )


_MAX_NAMES = 1_000
"""Characters: more than evidence shows of one fact."""


def _declared_tables(project: ProjectEvidence) -> Evidence:
    """What stands where a missing table should stand, the same for all of them."""
    declared = sorted((table.resource for table in project.all_tables), key=lambda resource: resource.place)
    if not declared:
        return Evidence(project.terraform_place(), ", nor any other")
    names = ", ".join(shown(resource.get("name")).strip('"') for resource in declared)
    return Evidence(declared[-1].place, f" among {names[:_MAX_NAMES]}")


@check(
    "TBL002",
    "table-unplanned",
    severity=Severity.MEDIUM,
    category="Tables",
    work=works.REVIEW_EXTRAS,
    why="A table that no plan names is created, paid for and kept without an owner.",
    clear="Add the table to the promotion spec, or remove it from Terraform.",
)
def table_unplanned(project: ProjectEvidence) -> Iterator[Outcome]:
    """Tables that the Terraform declares and the spec does not name, where the spec allows no others."""
    if project.spec.expect.tables.allow_others:
        return
    wanted = project.loaded.evidence("expect", "tables", "allow_others")
    if not project.tables.others and project.unread_files:
        yield unverified("tables", "Every table is planned", project.unread_files, wanted)
    elif not project.tables.others:
        yield passed("tables", "Every table is planned", wanted)
    for table in project.tables.others:
        subject, item = f"table/{_called(table)}", f"Table {_called(table)} is planned"
        observed = observe(table.resource, "name")
        if observed.unknown and project.tables.missing:
            yield unverified(subject, item, f"its name cannot be known: {observed.unknown}", observed.evidence)
        else:
            yield failed(
                subject,
                item,
                observed.evidence if observed.written else header(table.resource),
                wanted,
                title=f"Table {_called(table)} is not in the plan",
                expected="only the tables that the spec requires",
                actual=f"{table.resource.address} declares {_called(table)}",
            )


def _called(table: Table) -> str:
    return table.name if isinstance(table.name, str) and table.name else table.label


@check(
    "TBL003",
    "billing-mode-differs",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="On-demand and provisioned tables cost and throttle differently; a wrong mode shows under load, or on the bill.",
    clear="Set billing_mode to what the spec says.",
)
def billing_mode_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``billing_mode`` of each table; the provider takes PROVISIONED where it is not set."""
    for logical, table, expectation in project.required_tables:
        if expectation.billing_mode is not None:
            seen = observe(table.resource, "billing_mode", default="PROVISIONED")
            yield _setting(project, logical, "billing_mode", seen=seen, wanted=expectation.billing_mode)


@check(
    "TBL004",
    "point-in-time-recovery-differs",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="Without point-in-time recovery a bad write or a deletion since the last backup cannot be undone.",
    clear="Set point_in_time_recovery { enabled = true } (or what the spec says).",
)
def point_in_time_recovery_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``point_in_time_recovery.enabled`` and ``recovery_period_in_days`` of each table; off where there is none, 35 days by default."""
    for logical, table, expectation in project.required_tables:
        block = "point_in_time_recovery"
        if expectation.point_in_time_recovery is not None:
            seen = observe(table.resource, block, 0, "enabled", default=False)
            yield _setting(project, logical, block, seen=seen, wanted=expectation.point_in_time_recovery)
        if expectation.recovery_period_days is not None:
            seen = observe(table.resource, block, 0, "recovery_period_in_days", default=35)
            yield _setting(project, logical, "recovery_period_days", seen=seen, wanted=expectation.recovery_period_days)


@check(
    "TBL005",
    "stream-differs",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="What reads the stream gets no events, or events without the image that it needs.",
    clear="Set stream_enabled and stream_view_type to what the spec says.",
)
def stream_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``stream_enabled`` and ``stream_view_type`` of each table; no stream where they are not set."""
    for logical, table, expectation in project.required_tables:
        wanted = expectation.stream
        if wanted is None:
            continue
        seen = observe(table.resource, "stream_enabled", default=False)
        if isinstance(wanted, str) and _is(seen.value, True):
            seen = observe(table.resource, "stream_view_type")
        yield _setting(project, logical, "stream", seen=seen, wanted=wanted)


@check(
    "TBL006",
    "encryption-differs",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="Who holds the key decides who can read the data, and what an audit can show.",
    clear="Set server_side_encryption as the spec says: enabled = true for AWS's managed key, and kms_key_arn for your own.",
)
def encryption_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``server_side_encryption`` of each table. DynamoDB encrypts every table at rest, with a key that AWS owns where nothing is set, so
    ``encryption: true`` fails only where the code says ``enabled = false``; ``aws_managed`` and ``customer_managed`` ask for a KMS key
    (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html).
    """
    for logical, table, expectation in project.required_tables:
        wanted = expectation.encryption
        if wanted is None:
            continue
        seen = _key_owner(table) if isinstance(wanted, str) else observe(table.resource, "server_side_encryption", 0, "enabled")
        if isinstance(wanted, bool) and not seen.written:
            seen = Observation(wanted, seen.evidence._replace(value=f"{seen.evidence.value}: AWS owned key"), False)
        yield _setting(project, logical, "encryption", seen=seen, wanted=wanted)


def _key_owner(table: Table) -> Observation:
    """``aws_owned``, ``aws_managed`` or ``customer_managed``; unknown where a key is named that the files do not tell."""
    enabled = observe(table.resource, "server_side_encryption", 0, "enabled", default=False)
    if enabled.unknown:
        return enabled
    if not _is(enabled.value, True):
        return enabled._replace(value="aws_owned")
    key = observe(table.resource, "server_side_encryption", 0, "kms_key_arn")
    if not key.written:
        return enabled._replace(value="aws_managed")
    created = table.resource.trace.references(("server_side_encryption", 0, "kms_key_arn"))
    if any(re.search(r"(^|\.)aws_kms_(key|alias|replica_key|external_key)\.", address) and "data." not in address for address in created):
        return key._replace(value="customer_managed")
    if isinstance(key.value, str):
        return key._replace(value="aws_managed" if key.value.endswith("alias/aws/dynamodb") else "customer_managed")
    return key


@check(
    "TBL007",
    "key-schema-differs",
    severity=Severity.CRITICAL,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="A table's keys cannot be changed later: correcting them means a new table and moving the data.",
    clear="Correct hash_key and range_key before the table is created, or correct the spec.",
)
def key_schema_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``hash_key`` and ``range_key`` of each table, or its ``key_schema`` blocks, where the spec names them."""
    for logical, table, expectation in project.required_tables:
        for name, wanted in (("hash_key", expectation.hash_key), ("range_key", expectation.range_key)):
            if wanted is not None:
                seen = observe(table.resource, *table.key_paths[name])
                value = table.hash_key if name == "hash_key" else table.range_key
                yield _setting(project, logical, name, seen=seen._replace(value=value), wanted=wanted)


@check(
    "TBL008",
    "table-safeguard-differs",
    severity=Severity.MEDIUM,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="Deletion protection, expiry and storage class are what keeps data, loses it in time, or makes it dear.",
    clear="Set the argument to what the spec says.",
)
def table_safeguard_differs(project: ProjectEvidence) -> Iterator[Outcome]:
    """``deletion_protection_enabled`` (default off), ``ttl`` (default off) and ``table_class`` (default STANDARD) of each table."""
    for logical, table, expectation in project.required_tables:
        yield from _safeguards(project, logical, table, expectation)


def _safeguards(project: ProjectEvidence, logical: str, table: Table, expectation: TableExpectation) -> Iterator[Outcome]:
    if expectation.deletion_protection is not None:
        seen = observe(table.resource, "deletion_protection_enabled", default=False)
        yield _setting(project, logical, "deletion_protection", seen=seen, wanted=expectation.deletion_protection)
    if expectation.table_class is not None:
        seen = observe(table.resource, "table_class", default="STANDARD")
        yield _setting(project, logical, "table_class", seen=seen, wanted=expectation.table_class)
    if expectation.ttl is not None:
        seen = observe(table.resource, "ttl", 0, "enabled", default=False)
        if isinstance(expectation.ttl, str) and _is(seen.value, True):
            seen = observe(table.resource, "ttl", 0, "attribute_name")
        yield _setting(project, logical, "ttl", seen=seen, wanted=expectation.ttl)


@check(
    "TBL010",
    "table-replicas-differ",
    severity=Severity.HIGH,
    category="Tables",
    work=works.TABLE_SETTINGS,
    why="A region without its replica cannot take over; one that nobody planned holds data where it must not be.",
    clear="Add or remove replica blocks, or correct the spec.",
)
def table_replicas_differ(project: ProjectEvidence) -> Iterator[Outcome]:
    """``region_name`` of the ``replica`` blocks of each table and the regions of ``aws_dynamodb_table_replica`` resources that refer to it,
    against the regions that the spec gives it, in any order.
    """
    for logical, table, expectation in project.required_tables:
        if expectation.replicas is None:
            continue
        subject, item = f"table/{logical}/replicas", f"Replicas of {logical} are in {', '.join(expectation.replicas) or 'no region'}"
        asked = project.table_evidence(logical, "replicas")
        unknown = table.replicas_unknown or next((reason(each.region) for each in table.replicas if reason(each.region)), "")
        found = sorted(str(each.region) for each in table.replicas if not reason(each.region))
        seen = [_replica(each) for each in table.replicas] or [Evidence(table.resource.place, "no replicas")]
        if unknown:
            yield unverified(subject, item, unknown, *seen, asked)
        elif found == sorted(expectation.replicas):
            yield passed(subject, item, *seen, asked)
        else:
            yield failed(
                subject,
                item,
                *seen,
                asked,
                title=f"Replicas of table {logical} are in {', '.join(found) or 'no region'}, not in {', '.join(expectation.replicas)}",
                expected=", ".join(expectation.replicas) or "none",
                actual=", ".join(found) or "none",
            )


def _replica(replica: Replica) -> Evidence:
    if replica.path:
        return observe(replica.resource, *replica.path).evidence
    return Evidence(replica.resource.place, f"{replica.resource.address} in {shown(replica.region)}")


def _setting(project: ProjectEvidence, logical: str, key: str, *, seen: Observation, wanted: Plain) -> Outcome:
    """One setting of one table against one value."""
    label = _LABELS.get(key, key.replace("_", " ").capitalize())
    subject = f"table/{logical}" if key in _OWN_CODE else f"table/{logical}/{key}"
    item = f"{label} of {logical} is {_word(wanted)}"
    asked = project.table_evidence(logical, key)
    if seen.unknown:
        return unverified(subject, item, seen.unknown, seen.evidence, asked)
    if _is(seen.value, wanted):
        return passed(subject, item, seen.evidence, asked)
    return failed(
        subject,
        item,
        seen.evidence,
        asked,
        title=f"{label} of table {logical} is {_word(seen.value)}, not {_word(wanted)}",
        expected=f"{label.lower()} {_word(wanted)}",
        actual=seen.evidence.value,
    )


_OWN_CODE = frozenset({"billing_mode", "point_in_time_recovery", "stream", "encryption"})
"""Settings that have a check of their own: the code says which, the subject is the table."""


_LABELS = {
    "point_in_time_recovery": "Point-in-time recovery",
    "recovery_period_days": "Recovery period in days",
    "encryption": "Encryption at rest",
    "ttl": "Time to live",
}


def _is(value: Plain, wanted: Plain) -> bool:
    """Equality as Terraform converts: ``"true"`` is ``true``."""
    return (value == wanted and type(value) is type(wanted)) or (isinstance(wanted, bool) and value == str(wanted).lower())


def _word(value: Plain) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "off" if value is None else value if isinstance(value, str) else shown(value)
