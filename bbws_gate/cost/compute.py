"""What computes: Lambda functions, Fargate services, MySQL instances."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bbws_gate.cost.charging import HOURS, Said, Subject, Units, Unpriced, hidden, hours, stated, whole
from bbws_gate.cost.usage import Quantity, exactly, unknown
from bbws_gate.evidence.references import leads_to
from bbws_gate.model.cost import EXACT
from bbws_gate.terraform.stack import Plain, Resource

TASK = "aws_ecs_task_definition"
_MIB = Decimal(1024)
_MYSQL = ("db.t3.micro", "db.t4g.micro")


def function(subject: Subject) -> Iterator[Said]:
    """Requests and GB-seconds of an ``aws_lambda_function``: https://aws.amazon.com/lambda/pricing/."""
    requests = subject.usage.quantity("monthly_requests")
    yield Units("lambda.requests", requests)
    architecture = subject.get("architectures")
    if hidden(architecture):
        yield Unpriced(f"architectures: {hidden(architecture)}")
        return
    arm = isinstance(architecture, list) and "arm64" in architecture
    yield Units("lambda.duration_arm" if arm else "lambda.duration", _seconds(subject, requests))


def _seconds(subject: Subject, requests: Quantity) -> Quantity:
    duration = subject.usage.number("request_duration_ms")
    memory = whole(subject.get("memory_size"), 128)
    if duration is None:
        return unknown("request_duration_ms is not stated")
    if memory is None:
        return unknown(f"memory_size: {hidden(subject.get('memory_size')) or 'not a number'}")
    factor = EXACT.divide(EXACT.multiply(duration, memory), _MIB * 1000)
    return requests.times(factor, f"{duration} ms at {memory} MB")


def service(subject: Subject) -> Iterator[Said]:
    """Processors and memory of an ``aws_ecs_service`` on Fargate, at its desired count: https://aws.amazon.com/fargate/pricing/."""
    kind = subject.get("launch_type")
    if kind != "FARGATE":
        yield Unpriced(f"launch_type: {hidden(kind) or kind or 'not set'}")
        return
    definitions = [each for each in subject.project.stack.of_type(TASK) if leads_to(subject.resource, ("task_definition",), each)]
    if len(definitions) != 1:
        yield Unpriced("its task definition cannot be told")
        return
    yield from _tasks(stated(subject, "desired_count", default=0), definitions[0])


def _tasks(count: Quantity, definition: Resource) -> Iterator[Said]:
    platform = definition.get("runtime_platform", 0)
    system = platform.get("operating_system_family") if isinstance(platform, dict) else None
    machine = platform.get("cpu_architecture") if isinstance(platform, dict) else None
    if hidden(platform) or system not in (None, "LINUX") or machine not in (None, "X86_64", "ARM64"):
        yield Unpriced("its platform is neither Linux on x86 nor on arm64")
        return
    suffix = "_arm" if machine == "ARM64" else ""
    for item, name in (("fargate.vcpu", "cpu"), ("fargate.memory", "memory")):
        size = whole(definition.get(name))
        if size is None:
            yield Units(f"{item}{suffix}", unknown(f"{name} of {definition.address}: {hidden(definition.get(name)) or 'not a number'}"))
        else:
            each = EXACT.divide(size, _MIB)
            yield Units(f"{item}{suffix}", count.times(EXACT.multiply(each, Decimal(HOURS)), f"{name} {size}, {HOURS} hours"))


def database(subject: Subject) -> Iterator[Said]:
    """An ``aws_db_instance`` of the few kinds whose prices are known; the others are not priced."""
    engine, kind, zones = subject.get("engine"), subject.get("instance_class"), subject.get("multi_az")
    storage = subject.get("storage_type")
    if engine != "mysql" or kind not in _MYSQL or hidden(zones) or storage not in (None, "gp2", "gp3"):
        yield Unpriced(f"{_word(kind)} of {_word(engine)}")
        return
    if zones is True:
        yield Unpriced(f"{_word(kind)} of {_word(engine)}, Multi-AZ")
        return
    yield hours(f"rds.mysql.{kind}", what=str(kind))
    yield Units("rds.mysql.storage", stated(subject, "allocated_storage"))
    if subject.usage.has("additional_backup_storage_gb"):
        yield subject.used("backup.rds", "additional_backup_storage_gb")


def balancer(subject: Subject) -> Iterator[Said]:
    """An application load balancer and its capacity units; the largest of four dimensions counts, per hour.

    https://aws.amazon.com/elasticloadbalancing/pricing/
    """
    kind = subject.get("load_balancer_type")
    if kind not in (None, "application"):
        yield Unpriced(f"load_balancer_type: {hidden(kind) or kind}")
        return
    yield hours("alb.hour")
    sizes = {
        "new_connections": Decimal(25),
        "active_connections": Decimal(3000),
        "rule_evaluations": Decimal(1000),
        "processed_bytes_gb": Decimal(HOURS),
    }
    found = [
        subject.usage.quantity(key).times(EXACT.divide(Decimal(1), size))
        for key, size in sizes.items()
        if subject.usage.number(key) is not None
    ]
    if not found:
        yield Units("alb.lcu", unknown(f"none of {', '.join(sizes)} is stated"))
        return
    high = max(each.high or Decimal(0) for each in found)
    most = Quantity(max(each.low for each in found), high, "; ".join(each.why for each in found))
    yield Units("alb.lcu", most.times(HOURS, f"{HOURS} hours"))


def endpoint(subject: Subject) -> Iterator[Said]:
    """An interface endpoint in each of its subnets; gateway endpoints are free: https://aws.amazon.com/privatelink/pricing/."""
    kind, subnets = subject.get("vpc_endpoint_type"), subject.get("subnet_ids")
    if kind in (None, "Gateway"):
        return
    if kind != "Interface":
        yield Unpriced(f"vpc_endpoint_type: {hidden(kind) or kind}")
    elif isinstance(subnets, list):
        yield Units("vpc.endpoint", exactly(len(subnets), f"{len(subnets)} subnets").times(HOURS, f"{HOURS} hours"))
        yield subject.used("vpc.endpoint_data", "monthly_data_processed_gb")
    else:
        yield Units("vpc.endpoint", unknown(f"subnet_ids: {hidden(subnets) or 'not set'}"))


def _word(value: Plain) -> str:
    return value if isinstance(value, str) else hidden(value) or "not set"
