from __future__ import annotations

import pytest

from bbws_gate.spec import fill


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{name}-{env}", "orders-sit"),
        ("plain", "plain"),
        ("{env}{env}", "sitsit"),
        ("{project}.{region}.{account}", "p.eu-west-1.1"),
    ],
)
def test_fill__replaces_every_placeholder(pattern: str, expected: str) -> None:
    assert fill(pattern, {"env": "sit", "project": "p", "region": "eu-west-1", "account": "1"}, name="orders") == expected


def test_fill__values_are_not_filled_again() -> None:
    assert fill("{name}", name="{env}", env="sit") == "{env}"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{stage}", "unknown placeholder {stage}"),
        ("{}", "unknown placeholder {}"),
        ("{env.__class__}", "unknown placeholder"),
        ("{env!r}", "unknown placeholder"),
        ("{env", "a brace without its other half"),
        ("env}", "a brace without its other half"),
        ("{{env}}", "a brace without its other half"),
        ("{region}", "{region} has no value here"),
    ],
)
def test_fill__anything_else_is_refused(pattern: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        fill(pattern, env="sit")
