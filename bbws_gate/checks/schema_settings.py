"""Settings in table schema documents against the Terraform: billing, recovery, stream, expiry, protection."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.checks import works
from bbws_gate.checks.base import check
from bbws_gate.checks.observe import Observation, observe, shown
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.fact import Fact
from bbws_gate.evidence.project import ProjectEvidence
from bbws_gate.evidence.schema_json import TableSchema
from bbws_gate.evidence.tables import Table
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.terraform.stack import Plain


class Setting(NamedTuple):
    """One setting, as the document says it and as the Terraform has it."""

    word: str
    said: Fact[str] | Fact[bool] | Fact[str | bool] | None
    seen: Observation
    code: str
    """The check that compares the same setting with the spec."""


@check(
    "SCH006",
    "schema-settings-differ",
    severity=Severity.MEDIUM,
    category="Schemas",
    work=works.SCHEMAS,
    why="Two documents of one team tell two stories about the table; whoever relies on the wrong one loses data or events.",
    clear="Settle which of the two is right, and correct the other.",
)
def schema_settings_differ(project: ProjectEvidence) -> Iterator[Outcome]:
    """Billing mode, point-in-time recovery, stream, time to live, deletion protection and table class, where a schema document states them,
    against Terraform with the provider's defaults.
    """
    for logical, table, _ in project.required_tables:
        for schema in project.schemas_of(logical):
            for setting in _settings(schema, table):
                if setting.said is not None:
                    yield _agreement(logical, setting, setting.said.value, setting.said)


def _settings(schema: TableSchema, table: Table) -> Iterator[Setting]:
    resource = table.resource
    yield Setting("billing_mode", schema.billing_mode, observe(resource, "billing_mode", default="PROVISIONED"), "TBL003")
    recovery = observe(resource, "point_in_time_recovery", 0, "enabled", default=False)
    yield Setting("point_in_time_recovery", schema.point_in_time_recovery, recovery, "TBL004")
    stream = observe(resource, "stream_enabled", default=False)
    if isinstance(_value(schema.stream), str) and stream.value is True:
        stream = observe(resource, "stream_view_type")
    yield Setting("stream", schema.stream, stream, "TBL005")
    expiry = observe(resource, "ttl", 0, "enabled", default=False)
    if isinstance(_value(schema.ttl), str) and expiry.value is True:
        expiry = observe(resource, "ttl", 0, "attribute_name")
    yield Setting("ttl", schema.ttl, expiry, "TBL008")
    protection = observe(resource, "deletion_protection_enabled", default=False)
    yield Setting("deletion_protection", schema.deletion_protection, protection, "TBL008")
    yield Setting("table_class", schema.table_class, observe(resource, "table_class", default="STANDARD"), "TBL008")


def _value(fact: Fact[str | bool] | None) -> str | bool | None:
    return None if fact is None else fact.value


def _agreement(logical: str, setting: Setting, wanted: Plain, said: Fact[str] | Fact[bool] | Fact[str | bool]) -> Outcome:
    word = setting.word.replace("_", " ")
    subject, item = f"schema/{logical}/{setting.word}", f"Schema and Terraform agree on {word} of {logical}"
    document = Evidence(said.place, f"{word} {shown(wanted)}")
    if setting.seen.unknown:
        return unverified(subject, item, setting.seen.unknown, setting.seen.evidence, document)
    if setting.seen.value == wanted and type(setting.seen.value) is type(wanted):
        return passed(subject, item, setting.seen.evidence, document)
    return failed(
        subject,
        item,
        setting.seen.evidence,
        document,
        title=f"Schema and Terraform differ on {word} of {logical}: {shown(wanted)} and {shown(setting.seen.value)}",
        expected=f"{word} {shown(wanted)}, as in {said.place}",
        actual=setting.seen.evidence.value,
        because_of=(f"{setting.code}/table/{logical}", f"{setting.code}/table/{logical}/{setting.word}"),
    )
