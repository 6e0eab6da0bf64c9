"""``check --format json`` is written by the worker; what it prints and answers is what every other way of asking gives."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bbws_gate.cli.main import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def without_time(text: str) -> str:
    return re.sub(r'"assessed_at": "[^"]+"', "", text)


@pytest.mark.parametrize("example", ["bbws_dynamodb_schemas", "orders_ready", "shop_buckets"])
def test_json__is_the_same_as_in_the_reports(example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("check", str(EXAMPLES / example), "--env", "sit", "--no-cache", "--format", "json")
    code = main(words)
    printed = capsys.readouterr().out
    assert main((*words, "--out", str(tmp_path))) == code
    assert without_time(capsys.readouterr().out) == without_time(printed)
    assert without_time((tmp_path / "assessment.json").read_text(encoding="ascii")) == without_time(printed)


@pytest.mark.parametrize("options", [(), ("--in-process",)], ids=["worker", "one process"])
@pytest.mark.parametrize(("level", "code"), [(None, 0), ("low", 1), ("medium", 1), ("high", 0)])
def test_json__exit_code_counts_the_open_findings(
    level: str | None, code: int, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLES / "orders_ready", tmp_path / "orders")
    (tmp_path / "orders/terraform/.terraform.lock.hcl").unlink()  # REP003, medium, does not block
    asked = () if level is None else ("--fail-on", level)
    assert main(("check", str(tmp_path / "orders"), "--env", "sit", "--no-cache", "--format", "json", *options, *asked)) == code
    assert '"status": "READY_WITH_WARNINGS"' in capsys.readouterr().out


def test_json__exit_code_of_what_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("check", str(EXAMPLES / "shop_buckets"), "--env", "sit", "--no-cache", "--format", "json")) == 1
    assert '"status": "BLOCKED"' in capsys.readouterr().out
