"""Files and folders that the caller names."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.cli.main import main

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "orders_ready")


@pytest.mark.parametrize("option", ["--infracost", "--plan-json"])
def test_file__without_an_end_is_refused(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endless = tmp_path / "endless"
    endless.symlink_to("/dev/zero")
    assert main(["check", EXAMPLE, "--env", "sit", "--no-cache", option, str(endless)]) == 2
    assert capsys.readouterr().err.startswith(f"bbws-gate: {endless}: larger than 50 MB (")


def test_cache__without_a_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", EXAMPLE, "--env", "sit", "--cache", ""]) == 2
    assert "the folder has no name" in capsys.readouterr().err


def test_cache__that_cannot_be_used_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["check", EXAMPLE, "--env", "sit", "--cache", str(tmp_path / "file" / "\n::error::x")]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 1
