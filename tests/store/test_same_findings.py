"""Whatever is kept, the answer is the same, byte for byte: cold and warm, with one process and with two."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bbws_gate.cli.main import main
from bbws_gate.store import Unusable, own_secret
from benchmarks.inputs import SHAPES, tables

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if (path / ".github/promotion.yml").is_file())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "trees"


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    code = main(words)
    printed = capsys.readouterr()
    assert printed.err == ""
    shown = [line for line in printed.out.splitlines() if '"assessed_at"' not in line]
    return "\n".join([str(code), *shown])


def assert_same_answers(capsys: pytest.CaptureFixture[str], cache: Path, command: tuple[str, ...], *, one_process: bool) -> None:
    alone = ("--in-process",) if one_process else ()
    plain = answer(capsys, *command, "--no-cache")
    assert len(plain) > 100
    if one_process:
        assert answer(capsys, *command, "--no-cache", *alone) == plain
        assert answer(capsys, *command, "--cache", str(cache), *alone) == plain
        assert list(cache.iterdir()) == []
    assert answer(capsys, *command, "--cache", str(cache)) == plain
    (pack,) = cache.iterdir()
    made = pack.stat().st_mtime_ns
    for again in ((), alone):
        assert answer(capsys, *command, "--cache", str(cache), *again) == plain
    assert [path.stat().st_mtime_ns for path in cache.iterdir()] == [made]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_check__examples(example: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert_same_answers(capsys, cache, ("check", str(example), "--env", "sit", "--format", "json"), one_process=True)


@pytest.mark.parametrize("shape", SHAPES)
def test_check__generated(shape: str, tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables(tmp_path / "made", 7, shape)
    assert_same_answers(capsys, cache, ("check", str(tmp_path / "made"), "--env", "sit", "--format", "json"), one_process=True)


def test_inspect__and_compare__share_what_check_keeps(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = ROOT / "examples/bbws_dynamodb_schemas"
    assert_same_answers(capsys, cache, ("inspect", str(example / "terraform/dynamodb"), "--format", "json"), one_process=False)
    shutil.rmtree(cache)
    compare = ("compare", str(example), "--from", "dev", "--to", "sit", "--format", "json")
    assert_same_answers(capsys, cache, compare, one_process=False)


def test_check__text_that_cannot_be_read(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tables(tmp_path / "made", 3)
    (root / "broken.tf").write_bytes(b'resource "a" "b" {\n  c = \n}\n')
    (root / "latin.tf").write_bytes(b"# caf\xe9\n")
    (root / "more.tf.json").write_bytes(b'{"locals": {"a": "${var.x}", "a": 1}}')
    assert_same_answers(capsys, cache, ("check", str(tmp_path / "made"), "--env", "sit", "--format", "json"), one_process=True)


def test_cache__of_somebody_elses_folder_is_said(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables(tmp_path / "made", 1)
    cache.mkdir()
    cache.chmod(0o777)
    main(("check", str(tmp_path / "made"), "--env", "sit", "--cache", str(cache)))
    printed = capsys.readouterr()
    assert printed.err == f"bbws-gate: {cache}: no cache: writable by others\n"
    assert "READY" in printed.out
    assert list(cache.iterdir()) == []


def test_cache__is_off_in_every_other_test() -> None:
    """The suite neither reads nor fills the cache of whoever runs it."""
    with pytest.raises(Unusable):
        own_secret(Path(os.environ["XDG_STATE_HOME"]))


WITHOUT_PARSER = """
import os, sys
from pathlib import Path
from bbws_gate.repository import WorkTree
from bbws_gate.store import fill, of_user, with_store
from bbws_gate.terraform.read import read_stack

fill.SECONDS = 60.0
with with_store(of_user("made", os.environ, folder=Path("trees"))):
    stack = read_stack(WorkTree(Path("made")), "terraform", var_files=["environments/sit.tfvars"])
print(len(stack.resources), "bbws_gate.terraform.parse.native" in sys.modules)
"""


def test_warm_run__does_not_import_the_parser(tmp_path: Path, cache: Path) -> None:
    tables(tmp_path / "made", 3)
    ended = [
        subprocess.run([sys.executable, "-c", WITHOUT_PARSER], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for _ in ("cold", "warm")
    ]
    assert ended == ["3 True\n", "3 False\n"]
