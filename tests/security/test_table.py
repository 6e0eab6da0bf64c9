"""Every case has a test or says why not, and the page says the same."""

from __future__ import annotations

from tests.security.table import TESTS, cases, functions, page, problems


def test_cases__each_has_a_test_or_a_reason() -> None:
    assert problems(cases(), functions()) == []
    assert len(cases()) == 150


def test_problems__are_found() -> None:
    listed = {"P1": {"what": "a", "does": "b"}, "P2": {"what": "a", "does": "b", "tests": ["x.py::gone"]}}
    assert problems(listed, {"y.py::test_y": ("P9",)}) == [
        "P1: neither a test nor a gap",
        "P2: no such test: x.py::gone",
        "y.py::test_y: no such case: P9",
    ]


def test_page__is_up_to_date() -> None:
    assert (TESTS.parent / "docs/security-tests.md").read_text() == page()
