from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn, running


@pytest.fixture(scope="session")
def _stand_in() -> Iterator[StandIn]:
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def github(_stand_in: StandIn) -> Iterator[StandIn]:
    """An empty acme/infra. Every request that a test lets through it must be valid by GitHub's own description."""
    _stand_in.reset()
    yield _stand_in
    assert _stand_in.problems == []


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)
