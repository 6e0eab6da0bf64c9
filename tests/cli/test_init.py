from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.cli import main
from bbws_gate.spec import load_spec

EXAMPLES = Path(__file__).parents[2] / "examples"
READY = str(EXAMPLES / "orders_ready")


def test_init__prints_a_spec_that_loads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", READY]) == 0
    printed = capsys.readouterr()
    assert list(load_spec(printed.out.encode(), "draft.yml").spec.environments) == ["dev", "sit"]
    assert "check with this draft: sit is " in printed.err


def test_init__contradictions_of_the_plan__on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(EXAMPLES / "bbws_dynamodb_schemas"), "--plan-document", "docs/promotion_plan.md", "--env", "sit"]) == 0
    printed = capsys.readouterr()
    assert "bbws-gate: docs/promotion_plan.md:16: the plan states 8 indexes" in printed.err
    assert list(load_spec(printed.out.encode(), "draft.yml").spec.environments) == ["sit"]


def test_init__out__writes_and_does_not_overwrite_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / ".github" / "promotion.yml"
    assert main(["init", READY, "--out", str(target)]) == 0
    first = target.read_bytes()
    assert load_spec(first, "promotion.yml").spec.project == "orders_ready"
    target.write_text("mine\n")
    assert main(["init", READY, "--out", str(target)]) == 2
    assert target.read_text() == "mine\n"
    assert "the file exists (--force overwrites it)" in capsys.readouterr().err
    assert main(["init", READY, "--out", str(target), "--force"]) == 0
    assert target.read_bytes() == first


def test_init__out_is_a_link__is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (tmp_path / "spec.yml").symlink_to(victim)
    assert main(["init", READY, "--out", str(tmp_path / "spec.yml"), "--force"]) == 2
    assert victim.read_text() == "kept"


def test_init__several_roots__names_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text('provider "aws" {}\nresource "aws_sqs_queue" "q" {}\n')
    assert main(["init", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "bbws-gate: several Terraform roots: a, b (name one with --root)\n"
    assert main(["init", str(tmp_path), "--root", "b"]) == 0


@pytest.mark.parametrize(("words", "code"), [(["nowhere"], 3), ([READY, "--plan-document", "missing.md"], 3), ([READY, "--env", "a b"], 2)])
def test_init__wrong_words__one_line_and_the_contracts_code(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", *words]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_check__no_spec__names_init(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path), "--env", "sit"]) == 2
    assert "draft one with `bbws-gate init`" in capsys.readouterr().err
