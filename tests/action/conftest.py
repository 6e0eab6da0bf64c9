from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.action.governed import SPEC, governed_spec
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


@pytest.fixture
def waiting(github: StandIn, workspace: Workspace, today: str) -> Story:
    """A pull request that is fine but for the people who must say so; it runs on the day of the comments, within this process."""
    workspace.commit(example="orders_ready")
    spec = governed_spec(workspace)
    found = story(github, workspace, base={SPEC: spec}, head={"terraform/notes.tf": "# kept\n"})
    found.today = today
    return found


@pytest.fixture(scope="session")
def today() -> str:
    """The day of the comments: the emulator dates them, and nothing else can."""
    return datetime.now(UTC).date().isoformat()
