from __future__ import annotations

from tests.action.story import Story, story
from tests.action.workspace import Workspace
from tests.github.stand_in import StandIn

SPEC = ".github/promotion.yml"


def _blocked_with(github: StandIn, workspace: Workspace, path: str) -> Story:
    """The blocked example and a pull request that adds a comment to one file."""
    workspace.commit(example="bbws_dynamodb_schemas")
    text = (workspace.checkout / path).read_text() + "# a word\n"
    return story(github, workspace, example="bbws_dynamodb_schemas", head={path: text})


def test_change_of_the_spec_alone__concerns_the_project(github: StandIn, workspace: Workspace) -> None:
    ended = _blocked_with(github, workspace, SPEC).run()
    assert (ended.code, ended.outputs["status"]) == (1, "BLOCKED"), ended.log
