from __future__ import annotations

import pytest

from bbws_gate.evidence.matching import match_tables, same_name
from bbws_gate.evidence.tables import Table, table_from_resource
from bbws_gate.model import Place
from bbws_gate.terraform.stack import Plain, Resource, Trace, UnknownValue

HERE = Place("main.tf", 1, 1)
TRACE = Trace(lambda _: HERE, lambda _: (), lambda _: ())


def table(name: Plain, label: str = "this", key: str | None = None, *, expanded: bool = True) -> Table:
    address = f"aws_dynamodb_table.{label}" + (f'["{key}"]' if key is not None else "")
    resource = Resource(
        address=address,
        mode="managed",
        type="aws_dynamodb_table",
        name=label,
        key=key,
        module="",
        place=HERE,
        block=HERE,
        attributes={"name": name},
        meta={},
        provider=None,
        trace=TRACE,
        expanded=expanded,
    )
    return table_from_resource(resource)


def matched(wanted: dict[str, str], *tables: Table, unread: str = "") -> tuple[dict[str, Plain], tuple[str, ...], list[Plain], str]:
    found = match_tables(wanted, tables, ["sit", "dev"], unread)
    return {name: each.name for name, each in found.found.items()}, found.missing, [each.name for each in found.others], found.doubt


@pytest.mark.parametrize("name", ["orders-sit", "orders", "sit-orders", "Orders_SIT", "order-sit", "orders-dev"])
def test_match__a_table_is_recognised_however_its_name_is_written(name: str) -> None:
    assert matched({"orders": "orders-sit"}, table(name)) == ({"orders": name}, (), [], "")


def test_match__by_label_or_key_where_the_name_says_nothing() -> None:
    assert matched({"orders": "x"}, table("purchases", "orders_table"))[0] == {"orders": "purchases"}
    assert matched({"orders": "x"}, table("purchases", "this", "orders"))[0] == {"orders": "purchases"}


def test_match__the_full_name_wins_over_everything_else() -> None:
    wanted = {"orders": "orders-sit"}
    assert matched(wanted, table("orders"), table("orders-sit")) == ({"orders": "orders-sit"}, (), ["orders"], "")


def test_match__each_table_stands_for_one_expectation() -> None:
    found, missing, others, _ = matched({"order": "order-sit", "orders": "orders-sit"}, table("orders-sit"))
    assert (found, missing, others) == ({"orders": "orders-sit"}, ("order",), [])


def test_match__two_candidates_are_none() -> None:
    assert matched({"orders": "orders-sit"}, table("sit-orders"), table("orders_sit"))[1] == ("orders",)


def test_match__unknown_names_leave_a_doubt() -> None:
    unknown = UnknownValue("var.v has no value")
    assert matched({"orders": "orders-sit"}, table(unknown))[3] == "aws_dynamodb_table.this may be it: var.v has no value"
    assert matched({"orders": "orders-sit"}, table("x", expanded=False))[3].endswith("cannot be known")
    assert matched({"orders": "orders-sit"}, table(unknown, "orders"))[0] == {"orders": unknown}


def test_match__what_was_not_read_leaves_a_doubt() -> None:
    assert matched({"orders": "orders-sit"}, unread="main.tf could not be read")[3] == "main.tf could not be read"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [("orders-sit", "orders", True), ("orders-{env}", "Orders", True), ("orders", "order_items", False), ("sit", "dev", False)],
)
def test_same_name__environments_and_writing_aside(first: str, second: str, same: bool) -> None:
    assert same_name(first, second, ["sit"]) is same
