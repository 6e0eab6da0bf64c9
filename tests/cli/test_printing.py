"""Nothing that is printed commands the runner in whose log it stands."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from bbws_gate.cli.main import main
from bbws_gate.cli.printing import inert

ORDERS = Path(__file__).resolve().parents[2] / "examples/orders_ready"
HOSTILE = "##[set-output name=status;]READY ::set-output name=status::READY"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", ": :error::x"),
        ("a\n  ::stop-commands::x\n", "a\n  : :stop-commands::x\n"),
        ("\t\u2003::x", "\t\u2003: :x"),
        ("a ##[add-matcher]x", "a ## [add-matcher]x"),
        ("arn:aws:s3:::bucket", "arn:aws:s3:::bucket"),
        ("## heading [x]", "## heading [x]"),
    ],
)
@pytest.mark.case("T5")
def test_inert__has_no_command(text: str, shown: str) -> None:
    assert inert(text) == shown


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "orders"
    shutil.copytree(ORDERS, folder)
    spec = folder / ".github/promotion.yml"
    spec.write_text(f"{spec.read_text()}\nrisks:\n  - {{risk: '{HOSTILE}'}}\n")
    (folder / "terraform/hostile.tf").write_text(f'resource "aws_sqs_queue" "hostile" {{\n  name = "{"x" * 70} {HOSTILE}"\n}}\n')
    return folder


@pytest.mark.parametrize("form", ["text", "json", "markdown", "sarif"])
@pytest.mark.parametrize("command", ["check", "inspect", "compare"])
@pytest.mark.case("T5")
def test_command__prints_no_command(command: str, form: str, hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = {
        "check": ("check", str(hostile), "--env", "sit"),
        "inspect": ("inspect", str(hostile / "terraform")),
        "compare": ("compare", str(hostile), "--from", "dev", "--to", "sit"),
    }[command]
    if (command, form) in {("inspect", "markdown"), ("inspect", "sarif"), ("compare", "sarif")}:
        assert main((*words, "--format", form)) == 2
        return
    main((*words, "--no-cache", "--format", form))
    printed = capsys.readouterr().out
    assert printed
    assert "##[" not in printed
    assert re.search(r"^\s*::", printed, re.MULTILINE) is None
    if form == "json" and command != "compare":
        assert HOSTILE in json.dumps(json.loads(printed))
