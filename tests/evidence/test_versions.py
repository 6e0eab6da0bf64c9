from __future__ import annotations

import pytest

from bbws_gate.evidence.versions import allows, parse_version


@pytest.mark.parametrize(
    ("constraint", "version", "allowed"),
    [
        (">= 1.9.0, < 2.0.0", "1.9.8", True),
        (">= 1.9.0, < 2.0.0", "2.0.0", False),
        ("~> 1.9", "1.10.0", True),
        ("~> 1.9", "2.0.0", False),
        ("~> 1.9.0", "1.9.8", True),
        ("~> 1.9.0", "1.10.0", False),
        ("1.9.8", "1.9.8", True),
        ("= 1.9", "1.9.1", False),
        ("!= 1.9.1", "1.9.1", False),
        ("> 1.9.0", "1.9.0", False),
        ("<= 1.9.0", "1.9.0", True),
        (">= one", "1.9.0", None),
    ],
)
def test_allows__as_terraform_has_it(constraint: str, version: str, allowed: bool | None) -> None:
    parsed = parse_version(version)
    assert parsed is not None
    assert allows(constraint, parsed) is allowed


@pytest.mark.parametrize("text", ["latest", "1.x", "1.9.0-rc1", "", "1.2.3.4"])
def test_parse_version__only_plain_ones(text: str) -> None:
    assert parse_version(text) is None


def test_parse_version__short_forms_count_from_zero() -> None:
    assert parse_version("v1.9") == (1, 9, 0)
