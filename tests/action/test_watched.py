from __future__ import annotations

from pathlib import Path

from bbws_gate.action.applicability import Watched
from bbws_gate.repository import GitTree
from tests.action.workspace import Workspace


def test_watched__answers_as_what_it_watches(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    head = workspace.commit(files={"main.tf": "# nothing\n"})
    tree = GitTree(workspace.checkout, head)
    watched = Watched(tree)
    assert tree.tags() is not None
    assert (watched.tags(), watched.tracked(), watched.walk()) == (tree.tags(), tree.tracked(), tree.walk())
    assert watched.read("main.tf") == b"# nothing\n"
    assert watched.paths == {"main.tf"}
