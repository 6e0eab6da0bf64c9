"""``check`` lays its pages out with the templates of the folder that the spec names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bbws_gate.cli.main import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/orders_ready"


@pytest.mark.parametrize(("folder", "used"), [("docs/pages", True), (".github/bbws-gate/templates", False)])
def test_check__takes_templates_from_the_spec_s_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, *, used: bool
) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(EXAMPLE, root)
    spec = root / ".github/promotion.yml"
    spec.write_text(f"{spec.read_text()}templates: {{folder: docs/pages}}\n")
    (root / folder).mkdir(parents=True)
    (root / folder / "comment.md.j2").write_text("ours: {{ headline|inline }}\n")
    assert main(["check", str(root), "--env", "sit", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("ours: ") is used
