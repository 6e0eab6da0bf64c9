from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.action.story import Story, story
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


@pytest.fixture
def blocked(github: StandIn, workspace: Workspace) -> Story:
    """The bundled example, changed by a pull request that mends nothing."""
    return story(github, workspace, example="bbws_dynamodb_schemas", head={"terraform/dynamodb/notes.tf": "# nothing\n"})


@pytest.fixture
def broken(github: StandIn, workspace: Workspace) -> Story:
    """A repository that was ready, and a pull request that takes its backup away."""
    return story(github, workspace, example="orders_ready", head={"terraform/backup.tf": None})
