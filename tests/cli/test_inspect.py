from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bbws_gate.cli.main import main

ORDERS = [
    (("--var", "v=line", "--var-file", "one.tfvars"), "one"),
    (("--var-file", "one.tfvars", "--var", "v=line"), "line"),
    (("--var-file", "two.tfvars", "--var-file", "one.tfvars"), "one"),
    (("--var", "v=line", "--var", "v=later"), "later"),
    (("--var", "v=line", "--var-file", "other.tfvars"), "line"),
    ((), "auto"),
]


@pytest.mark.parametrize(("options", "value"), ORDERS, ids=lambda each: each if isinstance(each, str) else "")
def test_inspect__of_two_values_the_later_on_the_command_line_wins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: Sequence[str], value: str
) -> None:
    files = {
        "main.tf": 'variable "v" {}\nvariable "w" {\n  default = ""\n}\nresource "aws_t" "t" {\n  name = var.v\n}\n',
        "terraform.tfvars": 'v = "auto"\n',
        "one.tfvars": 'v = "one"\n',
        "two.tfvars": 'v = "two"\n',
        "other.tfvars": 'w = "x"\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert main(["inspect", str(tmp_path), *options, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["resources"][0]["attributes"]["name"] == value


@pytest.mark.parametrize("option", [("--var", "novalue"), ("--var", "=x"), ("--var-file", "none.tfvars")])
def test_inspect__a_value_that_cannot_be_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    assert main(["inspect", str(tmp_path), *option]) == 2
    assert capsys.readouterr().err.startswith("bbws-gate: ")
