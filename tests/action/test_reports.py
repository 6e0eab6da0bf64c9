from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.action.reports import report_folder
from bbws_gate.errors import UsageError


def test_report_folder__is_made(tmp_path: Path) -> None:
    assert report_folder(tmp_path, "a/b") == tmp_path / "a/b"
    assert (tmp_path / "a/b").is_dir()
    assert report_folder(tmp_path, "a/b").is_dir()


@pytest.mark.parametrize("name", ["link", "link/inner", "file", "file/inner", "dangling"])
def test_report_folder__nothing_of_the_repository_is_followed(tmp_path: Path, name: str) -> None:
    workspace, elsewhere = tmp_path / "workspace", tmp_path / "elsewhere"
    workspace.mkdir()
    elsewhere.mkdir()
    (workspace / "link").symlink_to(elsewhere)
    (workspace / "dangling").symlink_to(tmp_path / "nowhere")
    (workspace / "file").write_text("x")
    with pytest.raises(UsageError, match="report-dir"):
        report_folder(workspace, name)
    assert list(elsewhere.iterdir()) == []
