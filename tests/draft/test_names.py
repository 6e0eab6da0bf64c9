from __future__ import annotations

import pytest

from bbws_gate.draft.names import find_naming, one_pattern


@pytest.mark.parametrize(
    ("names", "pattern", "logical"),
    [
        ({"sit": {"a": "orders-sit", "b": "users-sit"}}, "{name}-{env}", ["orders", "users"]),
        ({"sit": {"a": "sit_orders"}, "prod": {"a": "prod_orders"}}, "{env}_{name}", ["orders"]),
        ({"sit": {"a": "acme-sit-orders", "b": "acme-sit-users"}}, "acme-{env}-{name}", ["orders", "users"]),
        ({"sit": {"a": "orders-sit-table", "b": "users-sit-table"}}, "{name}-{env}-table", ["orders", "users"]),
    ],
)
def test_find_naming__one_rule(names: dict[str, dict[str, str]], pattern: str, logical: list[str]) -> None:
    naming = find_naming(names)
    assert naming is not None
    assert (naming.pattern, list(naming.logical.values())) == (pattern, logical)


@pytest.mark.parametrize(
    "names",
    [
        {"sit": {"a": "orders-sit", "b": "users"}},
        {"sit": {"a": "orders"}},
        {"sit": {"a": "orders-sit"}, "prod": {"a": "prod-orders"}},
        {"sit": {"a": "orders-sit"}, "prod": {"a": "orders-sit"}},
        {"sit": {"a": "{x}-sit-{y}"}},
        {"sit": {"a": "sit"}},
    ],
)
def test_find_naming__no_rule__none(names: dict[str, dict[str, str]]) -> None:
    assert find_naming(names) is None


@pytest.mark.parametrize(
    ("names", "pattern"),
    [
        ({"sit": "web-sit", "prod": "web-prod"}, "web-{env}"),
        ({"sit": "web", "prod": "web"}, "web"),
        ({"dev": "dev-tools", "prod": "dev-tools"}, None),
        ({"blue": "web-blue", "green": "web-blue"}, None),
        ({"sit": "web-prod"}, None),
        ({"sit": "web-prod-sit", "prod": "web-prod-prod"}, None),
        ({"sit": "device", "prod": "device"}, "device"),
        ({"sit": "test-results", "prod": "test-results"}, "test-results"),
        ({"sit": "website"}, "website"),
        ({"sit": "web-sit", "prod": "other-prod"}, None),
        ({"sit": "a{b}"}, None),
        ({"sit": "{"}, None),
    ],
)
def test_one_pattern(names: dict[str, str], pattern: str | None) -> None:
    assert one_pattern(names) == pattern
