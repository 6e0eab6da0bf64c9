from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.github.stand_in import StandIn, running
from tests.portfolio.hub import Hub


@pytest.fixture(scope="session")
def _portfolio_stand_in() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def hub(_portfolio_stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The organisation, and a token for it. Every request must be valid by GitHub's own description."""
    _portfolio_stand_in.reset()
    monkeypatch.setenv("GITHUB_API_URL", _portfolio_stand_in.url)
    monkeypatch.setenv("GITHUB_TOKEN", _portfolio_stand_in.token())
    yield Hub(_portfolio_stand_in)
    assert _portfolio_stand_in.problems == []
