from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.cost.usage import Usage, fits
from bbws_gate.errors import SpecError
from bbws_gate.spec import load_spec
from bbws_gate.spec.cost import Cost
from bbws_gate.terraform.stack import Resource
from tests.cost.case import project


def cost(text: str) -> Cost:
    spec = f"version: 1\nproject: p\nenvironments: {{sit: {{}}}}\nexpect: {{tags: [Owner]}}\ncost:\n  {text}\n"
    return load_spec(spec.encode(), "p.yml").spec.cost


def resource(key: str = "") -> Resource:
    found = project('resource "aws_sqs_queue" "q" { for_each = toset(["a", "b"]) }', {}).stack.resources
    return next(each for each in found if each.address.endswith(f'["{key}"]'))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("usage: {aws_sqs_queue: {monthly_requests: 1}}", 1),
        ("usage: {'aws_sqs_queue.q[*]': {monthly_requests: 2}, aws_sqs_queue: {monthly_requests: 1}}", 2),
        ("usage: {'aws_sqs_queue.q[\"a\"]': {monthly_requests: 3}, 'aws_sqs_queue.q[*]': {monthly_requests: 2}}", 3),
        ("usage: {'aws_*': {monthly_requests: 4}, 'aws_sqs_queue.q[*]': {monthly_requests: 2}}", 4),
        ("usage: {aws_sqs_queue.q: {monthly_requests: 5}}", None),
        ("usage: {'aws_sqs_queue.q[\"b\"]': {monthly_requests: 5}}", None),
        ("usage: {resource_usage: {'aws_sqs_queue.q[*]': {monthly_requests: 6}}, version: 0.1}", 6),
        ("usage: {resource_type_default_usage: {aws_sqs_queue: {monthly_requests: 7}}, resource_usage: {}}", 7),
        ("usage: {aws_sqs_queue: {monthly_requests: 1}}\n  extra_usage: {aws_sqs_queue: {monthly_requests: 8}}", 8),
        ("usage: {aws_sqs_queue: {monthly_requests: 0.25}}", Decimal("0.25")),
        ("usage: {aws_sqs_queue: {monthly_requests: many}}", None),
        ("usage: {aws_sqs_queue: {monthly_requests: -1}}", None),
        ("usage: {aws_sqs_queue: {monthly_requests: true}}", None),
        ("usage: {aws_sqs_queue: }", None),
    ],
)
def test_usage__type_then_first_wildcard_then_address(text: str, number: object) -> None:
    assert Usage(cost(text)).of(resource("a")).number("monthly_requests") == number


def test_usage__keys_of_different_sources_come_together_and_nested_ones_are_dotted() -> None:
    text = "usage: {aws_sqs_queue: {a: 1, standard: {b: 2}}, 'aws_sqs_queue.q[\"a\"]': {standard: {c: 3}, a: 4}}"
    used = Usage(cost(text)).of(resource("a"))
    assert [used.number(key) for key in ("a", "standard.b", "standard.c")] == [4, 2, 3]


@pytest.mark.parametrize(
    ("spread", "ends"),
    [
        ("", (10, 10)),
        ("spread: {low: 0.5, high: 2}", (5, 20)),
        ("spread: {high: 2}", (10, 20)),
        ("spread: {low: 0.5, high: 2, keys: {monthly_requests: {low: 1, high: 3}}}", (10, 30)),
        (
            "spread: {high: 2, keys: {monthly_requests: {low: 1, high: 3}, 'aws_sqs_queue.q[\"a\"].monthly_requests': {low: 0, high: 1}}}",
            (0, 10),
        ),
    ],
)
def test_spread__for_all_for_a_key_for_a_key_of_one_resource(spread: str, ends: tuple[int, int]) -> None:
    used = Usage(cost(f"usage: {{aws_sqs_queue: {{monthly_requests: 10}}}}\n  {spread}")).of(resource("a"))
    assert used.quantity("monthly_requests")[:2] == ends


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("spread: {low: 2, high: 1}", "low is 2, more than high, 1"),
        ("spread: {low: -1}", "not an amount"),
        ("usage: {resource_usage: 3}", "resource_usage"),
        ("usage: {aws_sqs_queue: 3}", "aws_sqs_queue"),
    ],
)
def test_spec__refuses_usage_that_means_nothing(text: str, says: str) -> None:
    with pytest.raises(SpecError, match=says):
        cost(text)


@pytest.mark.parametrize(
    ("pattern", "address", "expected"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.bc", False),
        ("a.b[*]", 'a.b["x.y"]', True),
        ("module.*.a.b", "module.m.a.b", True),
        ("*", "anything", True),
        ("aa*aa", "aaa", False),
        ("a*b*c", "a1b2c", True),
        ("a*b*c", "acb", False),
        ("a.*", "axb", False),
    ],
)
def test_fits__a_star_stands_for_anything(pattern: str, address: str, expected: bool) -> None:
    assert fits(pattern, address) is expected


@given(
    parts=st.lists(st.text("ab.", max_size=3), min_size=1, max_size=5),
    fillings=st.lists(st.text("ab.[", max_size=3), min_size=4, max_size=4),
)
def test_fits__whatever_the_stars_are_filled_with(parts: list[str], fillings: list[str]) -> None:
    address = parts[0] + "".join(filling + part for filling, part in zip(fillings, parts[1:], strict=False))
    assert fits("*".join(parts), address)


def test_fits__many_stars_take_no_time() -> None:
    assert not fits("*a" * 500 + "b", "a" * 5000)
