"""A bomb keeps the gate busy once, however many environments there are and although it stands on the base as well.

What each bomb costs is measured by ``python -m tests.security.bombs``; here only steps are counted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import bbws_gate.terraform.read as reader
from bbws_gate.cli import main
from bbws_gate.model import Assessment, Status
from bbws_gate.pipeline import NOT_COMPARED, assess_repository, read_spec
from bbws_gate.repository import MemoryRepository
from bbws_gate.terraform.evaluate import Budget
from bbws_gate.terraform.evaluate.budget import STEPS, STEPS_COMPARED
from tests.security.assessing import ready_files
from tests.security.bomb_files import BOMBS, Bomb
from tests.security.bombs import with_environments

SCALE = 50
"""Everything is smaller by this factor, so that the test takes no time."""


@pytest.fixture
def budgets(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, Budget]]:
    """Every budget that is made: its steps at first, and itself."""
    made: list[tuple[int, Budget]] = []

    def small(steps: int) -> Budget:
        budget = Budget(steps // SCALE)
        made.append((steps, budget))
        return budget

    monkeypatch.setattr(reader, "Budget", small)
    return made


def assessed(files: dict[str, bytes], base: dict[str, bytes]) -> Assessment:
    spec = read_spec(MemoryRepository(base))
    return assess_repository(
        MemoryRepository(files), spec, "sit", commit="a" * 40, assessed_at="2026-07-01T00:00:00Z", base=MemoryRepository(base)
    )


def project(bomb: Bomb | None) -> dict[str, bytes]:
    files: dict[str, bytes] = ready_files()
    if bomb is not None:
        files.update({path: content if isinstance(content, bytes) else content.encode() for path, content in bomb.files.items()})
    return with_environments(files)


BOMB = next(bomb for bomb in BOMBS if (bomb.case, bomb.name) == ("E2", "sums of sums"))


def spent(budgets: list[tuple[int, Budget]]) -> int:
    return sum(min(steps, steps - budget.steps * SCALE) for steps, budget in budgets)


@pytest.mark.case("E2", "E11", "T2")
def test_bomb__on_head_and_base_is_evaluated_once(budgets: list[tuple[int, Budget]]) -> None:
    assessment = assessed(project(BOMB), project(BOMB))
    assert assessment.status is Status.BLOCKED
    assert NOT_COMPARED in assessment.notes
    assert spent(budgets) <= STEPS + STEPS_COMPARED


@pytest.mark.case("E2", "T2")
def test_bomb__is_not_evaluated_again_and_again_for_a_draft(
    budgets: list[tuple[int, Budget]], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bbws_gate.cli.init.isolated", lambda work, _: work())
    for path, content in project(BOMB).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert main(["init", str(tmp_path)]) == 0
    assert "the other environments are not checked" in capsys.readouterr().err
    assert spent(budgets) <= 2 * STEPS + 3 * STEPS_COMPARED


@pytest.mark.case("E2", "T2")
def test_bomb__that_the_change_brings_is_marked_new(budgets: list[tuple[int, Budget]]) -> None:
    assessment = assessed(project(BOMB), project(None))
    assert [(finding.code, finding.state) for finding in assessment.blockers] == [("EVL004", "new")]
    assert NOT_COMPARED not in assessment.notes
    assert spent(budgets) <= STEPS + STEPS_COMPARED


def test_project__that_is_no_bomb_is_evaluated_for_every_environment(budgets: list[tuple[int, Budget]]) -> None:
    assessment = assessed(project(None), project(None))
    assert len(budgets) > 6
    assert assessment.dossier is not None
    assert len(assessment.dossier.environments) == 6
