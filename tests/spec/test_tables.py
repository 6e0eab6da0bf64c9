from __future__ import annotations

import pytest

from bbws_gate.errors import UsageError
from tests.spec.conftest import loaded

TABLES = """\
environments:
  sit:
  prod:
    tables:
      defaults: {deletion_protection: true, billing_mode: PROVISIONED}
      required: {orders: {stream: true}, audit: }
      not_required: [legacy]
expect:
  tables:
    naming: "{name}-{env}"
    defaults: {billing_mode: PAY_PER_REQUEST, encryption: true}
    required:
      orders: {stream: false, encryption: customer_managed}
      users: {name: "people-{project}", billing_mode: PAY_PER_REQUEST}
      legacy:
"""


def test_tables__defaults_and_own() -> None:
    tables = loaded(TABLES).spec.tables("sit")
    assert list(tables) == ["orders", "users", "legacy"]
    assert (tables["orders"].stream, tables["orders"].encryption, tables["orders"].billing_mode) == (
        False,
        "customer_managed",
        "PAY_PER_REQUEST",
    )
    assert tables["legacy"].encryption is True
    assert tables["orders"].deletion_protection is None


def test_tables__the_more_specific_wins() -> None:
    tables = loaded(TABLES).spec.tables("prod")
    assert list(tables) == ["orders", "users", "audit"]
    assert tables["orders"].stream is True
    assert tables["orders"].encryption == "customer_managed"
    assert tables["orders"].billing_mode == "PROVISIONED"
    assert tables["users"].billing_mode == "PAY_PER_REQUEST"
    assert tables["audit"].deletion_protection is True


def test_tables__unknown_environment() -> None:
    with pytest.raises(UsageError):
        loaded(TABLES).spec.tables("dev")


def test_table_name__by_rule_or_its_own() -> None:
    spec = loaded(TABLES).spec
    assert spec.table_name("sit", "orders") == "orders-sit"
    assert spec.table_name("sit", "users") == "people-orders"
    assert loaded("").spec.table_name("sit", "orders") == "orders"


def test_indexes__as_names_or_as_mapping() -> None:
    required = "a: {indexes: [X, Y]}, b: {indexes: {X: {hash_key: k}, Y: }}, c: {indexes: []}"
    tables = loaded(f"expect: {{tables: {{required: {{{required}}}}}}}\n").spec.tables("sit")
    assert list(tables["a"].indexes or ()) == ["X", "Y"]
    assert tables["b"].indexes is not None
    assert (tables["b"].indexes["X"].hash_key, tables["b"].indexes["Y"].hash_key) == ("k", None)
    assert tables["c"].indexes == {}


def test_backup__retention_by_environment_or_for_all() -> None:
    by_environment = loaded("expect: {backup: {retention_days: {sit: 7}}}\n").spec.expect.backup
    for_all = loaded("expect: {backup: {retention_days: 14}}\n").spec.expect.backup
    assert (by_environment.retention("sit"), by_environment.retention("prod")) == (7, None)
    assert (for_all.retention("sit"), for_all.retention("prod")) == (14, 14)


@pytest.mark.parametrize(
    ("written", "fits", "shown"),
    [
        ("6", {6}, "6"),
        ("{min: 1, max: 3}", {1, 2, 3}, "1 to 3"),
        ("{min: 5}", {5, 6, 7}, "at least 5"),
        ("{max: 1}", {0, 1}, "at most 1"),
        ("0", {0}, "0"),
    ],
)
def test_count__number_or_bounds(written: str, fits: set[int], shown: str) -> None:
    count = loaded(f"expect: {{resources: [{{type: x, count: {written}}}]}}\n").spec.expect.resources[0].count
    assert count is not None
    assert {number for number in range(8) if count.holds(number)} == fits
    assert str(count) == shown


def test_can_be_waived__by_code_or_id() -> None:
    spec = loaded("never_waivable: [BKP001, TBL001/table/*, IDX001/index/a/b]\n").spec
    assert [
        spec.can_be_waived(finding)
        for finding in ("BKP001/vault", "TBL001/table/orders", "IDX001/index/a/b", "IDX001/index/a/c", "NAM001/x")
    ] == [False, False, False, True, True]


def test_unverified__in_all_or_some_categories() -> None:
    assert not loaded("").spec.unverified.blocks("Tables")
    assert loaded("unverified: {blocking: true}\n").spec.unverified.blocks("Tables")
    some = loaded("unverified: {blocking: [tables]}\n").spec.unverified
    assert (some.blocks("Tables"), some.blocks("Tags")) == (True, False)


def test_names__what_placeholders_stand_for() -> None:
    spec = loaded("environments:\n  sit: {region: eu-west-1}\n").spec
    assert spec.names("sit") == {"env": "sit", "project": "orders", "region": "eu-west-1"}


def test_resource_id__with_and_without_label() -> None:
    resources = loaded("expect: {resources: [{type: a}, {type: a, label: logs}]}\n").spec.expect.resources
    assert [resource.id for resource in resources] == ["a", "a.logs"]
