"""DynamoDB tables: requests or capacity, storage, continuous backup, streams, replicas.

https://aws.amazon.com/dynamodb/pricing/. Request units are what AWS bills, so writes to indexes are part of what is stated.
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.cost.charging import HOURS, Said, Subject, Units, Unpriced, hidden, stated
from bbws_gate.cost.usage import Quantity, unknown
from bbws_gate.terraform.stack import Plain

INFREQUENT = "STANDARD_INFREQUENT_ACCESS"


def table(subject: Subject) -> Iterator[Said]:
    """What one ``aws_dynamodb_table`` uses."""
    kind = subject.get("table_class")
    if hidden(kind):
        yield Unpriced(f"table_class: {hidden(kind)}")
        return
    suffix = "_ia" if kind == INFREQUENT else ""
    mode = subject.get("billing_mode")
    if hidden(mode):
        yield Unpriced(f"billing_mode: {hidden(mode)}")
    elif mode == "PAY_PER_REQUEST":
        yield subject.used(f"dynamodb.write{suffix}", "monthly_write_request_units")
        yield subject.used(f"dynamodb.read{suffix}", "monthly_read_request_units")
    elif suffix:
        yield Unpriced("provisioned capacity of Standard-IA tables")
    else:
        yield from _capacity(subject)
    yield subject.used(f"dynamodb.storage{suffix}", "storage_gb")
    yield from _recovery(subject, subject.get("point_in_time_recovery"))
    yield from _streams(subject)
    yield from _replicas(subject, suffix)
    yield from subject.if_stated("dynamodb.backup", "on_demand_backup_storage_gb")
    yield from subject.if_stated("dynamodb.restore", "monthly_data_restored_gb")


def _capacity(subject: Subject) -> Iterator[Units]:
    """Provisioned capacity of the table and its global indexes; what autoscaling makes of it is not known here."""
    for item, name in (("dynamodb.wcu", "write_capacity"), ("dynamodb.rcu", "read_capacity")):
        yield Units(item, stated(subject, name).times(HOURS, f"{HOURS} hours"))
        indexes = subject.get("global_secondary_index")
        if hidden(indexes):
            yield Units(item, unknown(f"global_secondary_index: {hidden(indexes)}"))
        for position in range(len(indexes) if isinstance(indexes, list) else 0):
            yield Units(item, stated(subject, "global_secondary_index", position, name).times(HOURS, f"{HOURS} hours"))


def _recovery(subject: Subject, block: Plain, region: str = "") -> Iterator[Units]:
    first = block[0] if isinstance(block, list) and block else block
    enabled = first.get("enabled") if isinstance(first, dict) else first
    if hidden(enabled):
        yield Units("dynamodb.pitr", unknown(f"point_in_time_recovery: {hidden(enabled)}"), region)
    elif enabled is True:
        yield Units("dynamodb.pitr", _recoverable(subject), region)


def _recoverable(subject: Subject) -> Quantity:
    """AWS bills the size of the table, whatever the recovery window: without a figure of its own it is the storage."""
    return subject.usage.quantity("pitr_backup_storage_gb" if subject.usage.has("pitr_backup_storage_gb") else "storage_gb")


def _streams(subject: Subject) -> Iterator[Units]:
    """Reads by Lambda are free, others are not; who reads is not in the Terraform."""
    enabled, key = subject.get("stream_enabled"), "monthly_streams_read_request_units"
    if hidden(enabled):
        yield Units("dynamodb.streams", unknown(f"stream_enabled: {hidden(enabled)}"))
    elif enabled is True:
        used = subject.usage.quantity(key)
        yield Units("dynamodb.streams", used if used.high is not None else unknown(f"{used.why} (0 where only Lambda reads)"))


def _replicas(subject: Subject, suffix: str) -> Iterator[Said]:
    replicas = subject.get("replica")
    if hidden(replicas):
        yield Unpriced(f"replica: {hidden(replicas)}")
    for replica in replicas if isinstance(replicas, list) else ():
        region = replica.get("region_name") if isinstance(replica, dict) else replica
        if not isinstance(region, str):
            yield Unpriced(f"replica: {hidden(region) or 'no region_name'}")
        elif suffix:
            yield Unpriced("replicas of Standard-IA tables")
        else:
            yield Units("dynamodb.replicated_write", subject.usage.quantity("monthly_write_request_units"), region)
            yield Units("dynamodb.storage", subject.usage.quantity("storage_gb"), region)
            yield from _recovery(subject, replica.get("point_in_time_recovery") if isinstance(replica, dict) else None, region)
