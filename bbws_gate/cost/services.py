"""Storage, messages, logs, keys, names and networks: resource types that one usage key or one count says all about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from bbws_gate.cost.charging import Estimator, Said, Subject, Units, Unpriced, hidden, hours, whole
from bbws_gate.cost.usage import Quantity, exactly
from bbws_gate.terraform.stack import Plain

_CHUNK = 64
"""Kilobytes of one billed request of SNS and SQS."""


def counted(item: str) -> Estimator:
    """A type of which each resource is one."""
    return lambda _: (Units(item, exactly(1, "one")),)


def running(item: str) -> Estimator:
    """A type that costs by the hour."""
    return lambda _: (hours(item),)


def used(**items: str) -> Estimator:
    """A type of which each named usage key, with ``__`` for a dot, is one priced item."""
    return lambda subject: [subject.used(item, key.replace("__", ".")) for key, item in items.items()]


def secret(subject: Subject) -> Iterator[Said]:
    """A secret and the requests for it."""
    yield Units("secrets.secret", exactly(1, "one"))
    yield subject.used("secrets.requests", "monthly_requests")


def key(subject: Subject) -> Iterator[Said]:
    """A customer managed key; Infracost has no usage key for its requests, ours is ``monthly_requests``."""
    kind = subject.get("customer_master_key_spec")
    yield Units("kms.key", exactly(1, "one"))
    if kind in (None, "SYMMETRIC_DEFAULT"):
        yield subject.used("kms.requests", "monthly_requests")
    else:
        yield Unpriced(f"requests to a key of another kind ({hidden(kind) or kind})")


def bucket(subject: Subject) -> Iterator[Said]:
    """Standard storage and requests; other storage classes where their use is stated."""
    yield subject.used("s3.storage", "standard.storage_gb")
    yield subject.used("s3.tier1", "standard.monthly_tier_1_requests")
    yield subject.used("s3.tier2", "standard.monthly_tier_2_requests")
    yield from subject.if_stated("s3.storage_ia", "standard_infrequent_access.storage_gb")
    yield from subject.if_stated("s3.transition", "standard_infrequent_access.monthly_lifecycle_transition_requests")
    if subject.usage.has("standard_infrequent_access.monthly_data_retrieval_gb"):
        yield Unpriced("retrieval from Standard-IA")
    for kind in ("intelligent_tiering", "one_zone_infrequent_access", "glacier_flexible_retrieval", "glacier_deep_archive"):
        if any(name.startswith(f"{kind}.") for name in subject.usage.stated):
            yield Unpriced(f"storage class {kind}")


def alarm(subject: Subject) -> Iterator[Said]:
    """One alarm for each metric that it looks at; high resolution under a minute."""
    queries, period = subject.get("metric_query"), subject.get("period")
    if hidden(queries) or hidden(period):
        yield Unpriced(hidden(queries) or hidden(period))
        return
    metrics = [each for each in queries if isinstance(each, dict) and each.get("metric")] if isinstance(queries, list) else []
    nested = [_period(each.get("metric")) for each in metrics]
    shortest = min((each for each in (whole(period), *nested) if each is not None), default=Decimal(60))
    yield Units("cloudwatch.alarm_high" if shortest < 60 else "cloudwatch.alarm", exactly(max(1, len(metrics)), "metrics watched"))


def _period(block: Plain) -> Decimal | None:
    first = block[0] if isinstance(block, list) and block else block
    return whole(first.get("period")) if isinstance(first, dict) else None


def log_group(subject: Subject) -> Iterator[Said]:
    """Ingestion by log class, and storage."""
    kind = subject.get("log_group_class")
    if hidden(kind) or kind == "DELIVERY":
        yield Unpriced(f"log_group_class: {hidden(kind) or kind}")
        return
    item = "cloudwatch.ingestion_ia" if kind == "INFREQUENT_ACCESS" else "cloudwatch.ingestion"
    yield subject.used(item, "monthly_data_ingested_gb")
    yield subject.used("cloudwatch.log_storage", "storage_gb")
    yield from subject.if_stated("cloudwatch.insights", "monthly_data_scanned_gb")


def topic(subject: Subject) -> Iterator[Said]:
    """Published messages in chunks of 64 KB; deliveries over HTTP and by e-mail where their number is stated."""
    fifo = subject.get("fifo_topic")
    if hidden(fifo):
        yield Unpriced(f"fifo_topic: {hidden(fifo)}")
        return
    requests = subject.usage.quantity("monthly_requests")
    yield Units("sns.publish_fifo" if fifo is True else "sns.publish", _chunked(subject, requests))
    for item, name in (("sns.http", "http_subscriptions"), ("sns.email", "email_subscriptions")):
        number = subject.usage.number(name)
        if number is not None:
            yield Units(item, _chunked(subject, requests).times(number, f"{number} {name}"))
    for name in ("kinesis_subscriptions", "mobile_push_subscriptions", "macos_subscriptions", "sms_subscriptions"):
        if subject.usage.number(name):
            yield Unpriced(name)


def queue(subject: Subject) -> Iterator[Said]:
    """Requests in chunks of 64 KB."""
    fifo = subject.get("fifo_queue")
    if hidden(fifo):
        yield Unpriced(f"fifo_queue: {hidden(fifo)}")
    else:
        requests = _chunked(subject, subject.usage.quantity("monthly_requests"))
        yield Units("sqs.requests_fifo" if fifo is True else "sqs.requests", requests)


def _chunked(subject: Subject, requests: Quantity) -> Quantity:
    size = subject.usage.number("request_size_kb")
    if size is None or size <= _CHUNK:
        return requests
    return requests.times((size / _CHUNK).to_integral_value(ROUND_CEILING), f"{size} KB each")


def gateway(subject: Subject) -> Iterator[Said]:
    """A NAT gateway and what passes through it."""
    if subject.get("connectivity_type") not in (None, "public", "private"):
        yield Unpriced("connectivity_type cannot be told")
        return
    yield hours("nat.hour")
    yield subject.used("nat.data", "monthly_data_processed_gb")


def file_system(subject: Subject) -> Iterator[Said]:
    """Storage of a file system with bursting throughput."""
    mode = subject.get("throughput_mode")
    if mode not in (None, "bursting") or subject.get("availability_zone_name") is not None:
        yield Unpriced(f"throughput_mode: {hidden(mode) or mode or 'One Zone'}")
        return
    yield subject.used("efs.storage", "storage_gb")
    yield from subject.if_stated("efs.storage_ia", "infrequent_access_storage_gb")
    yield from subject.if_stated("efs.access_ia", "monthly_infrequent_access_read_gb")
    yield from subject.if_stated("efs.access_ia", "monthly_infrequent_access_write_gb")


def http_api(subject: Subject) -> Iterator[Said]:
    """An HTTP API; WebSocket APIs have no price here."""
    kind = subject.get("protocol_type")
    if kind != "HTTP":
        yield Unpriced(f"protocol_type: {hidden(kind) or kind}")
        return
    yield Units("apigateway.http", subject.usage.quantity("monthly_requests"))


def record(subject: Subject) -> Iterator[Said]:
    """Queries of a record; those of aliases to AWS resources are free."""
    if subject.get("alias") is None:
        yield subject.used("route53.queries", "monthly_standard_queries")


def certificate(subject: Subject) -> Iterator[Said]:
    """Public certificates are free: https://aws.amazon.com/certificate-manager/pricing/."""
    if subject.get("certificate_authority_arn") is not None:
        yield Unpriced("a certificate of a private authority")
