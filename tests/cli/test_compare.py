"""``bbws-gate compare`` on the bundled example, in its three formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bbws_gate.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/bbws_dynamodb_schemas"


def compared(capsys: pytest.CaptureFixture[str], folder: Path, form: str) -> str:
    assert main(["compare", str(folder), "--from", "dev", "--to", "sit", "--format", form]) == 0
    return capsys.readouterr().out


def test_compare__names_the_input_behind_each_difference(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(compared(capsys, EXAMPLE, "json"))
    name = next(each for each in found["differences"] if each["path"] == ["name"])
    assert (name["address"], name["from"]["value"], name["to"]["value"]) == (
        "aws_dynamodb_table.products",
        '"products-dev"',
        '"products-sit"',
    )
    assert [cause["what"] for cause in name["causes"]] == ["var.environment"]
    assert name["causes"][0]["to"] == {"path": "terraform/dynamodb/environments/sit.tfvars", "line": 1}
    assert found["unexplained"] == 0


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_compare__people_read_the_same_numbers(capsys: pytest.CaptureFixture[str], form: str) -> None:
    shown = compared(capsys, EXAMPLE, form)
    total = len(json.loads(compared(capsys, EXAMPLE, "json"))["differences"])
    assert f"{total} differences between dev and sit; 0 not explained" in shown
    assert "terraform/dynamodb/environments/dev.tfvars:1" in shown


def test_compare__the_workspace_explains_too_and_cells_stay_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    environments = "".join(f"  {name}: {{account: '111122223333', region: eu-west-1, workspace: {name}}}\n" for name in ("dev", "sit"))
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/promotion.yml").write_text(
        f"version: 1\nproject: p\nterraform: {{root: infra}}\nenvironments:\n{environments}expect: {{documents: [README.md]}}\n"
    )
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_text('resource "terraform_data" "x" {\n  input = terraform.workspace == "sit" ? "a|b" : "`c`"\n}\n')
    shown = compared(capsys, tmp_path, "markdown")
    assert "terraform.workspace" in shown
    assert "a\\|b" in shown


def test_compare__the_same_environment_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(EXAMPLE), "--from", "sit", "--to", "sit"]) == 2
    assert "same environment" in capsys.readouterr().err
