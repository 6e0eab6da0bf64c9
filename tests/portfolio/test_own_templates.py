"""A team's own pages of a portfolio, from beside its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.cli.main import main
from bbws_gate.render.overrides import FOLDER

TEXT = "version: 1\nprojects:\n  - {project: shop, environments: [sit]}\nassessments: none\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A portfolio of one project that nobody assessed."""
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / "none").mkdir()
    (tmp_path / "portfolio.yml").write_text(TEXT)
    return tmp_path / "portfolio.yml"


def test_own_template__takes_the_place_of_the_bundled_one(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FOLDER / "portfolio.md.j2").write_text("ours: {{ headline|inline }}\n")
    assert main(["portfolio", str(file), "--format", "markdown", "--out", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("ours: 1 promotion")
    assert (tmp_path / "out/portfolio.md").read_text() == shown.out
    assert "<html" in (tmp_path / "out/portfolio.html").read_text()


def test_own_template__that_is_wrong_is_told_and_not_used(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FOLDER / "portfolio.html.j2").write_text("{{ nothing }}")
    assert main(["portfolio", str(file), "--format", "html"]) == 1
    shown = capsys.readouterr()
    assert "<html" in shown.out
    assert f"A template of this repository was not used: {FOLDER}/portfolio.html.j2:1" in shown.out
    assert f"not used: {FOLDER}/portfolio.html.j2:1: 'nothing' is undefined" in shown.err


def test_own_template__through_a_link_is_none(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "elsewhere.j2").write_text("ours")
    (tmp_path / FOLDER / "portfolio.md.j2").symlink_to(tmp_path / "elsewhere.j2")
    main(["portfolio", str(file), "--format", "markdown"])
    assert not capsys.readouterr().out.startswith("ours")
