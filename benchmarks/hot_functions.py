"""The functions that a run spends its time in, each by itself: ``pytest benchmarks/hot_functions.py`` with the group ``bench`` installed.

Nothing here passes or fails by the clock: pytest-benchmark prints what it measured.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bbws_gate.assess import assess
from bbws_gate.evidence.collect import collect, stack_of
from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.render.documents import comment, documents
from bbws_gate.render.json import to_json
from bbws_gate.repository import WorkTree
from bbws_gate.terraform.parse.native import parse_native
from benchmarks.inputs import tables

TABLES = 300
Measure = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tables")
    tables(made, TABLES)
    return made


@pytest.fixture(scope="module")
def assessment(folder: Path) -> Assessment:
    repository = WorkTree(folder)
    return assess_repository(repository, read_spec(repository), "sit", commit="", assessed_at="2026-01-01T00:00:00Z")


def test_parse(benchmark: Measure, folder: Path) -> None:
    text = (folder / "terraform" / "tables_000.tf").read_bytes()
    assert benchmark(parse_native, text, "tables_000.tf")


def test_read_spec(benchmark: Measure, folder: Path) -> None:
    assert benchmark(read_spec, WorkTree(folder)).spec.version == 1


def test_evaluate(benchmark: Measure, folder: Path) -> None:
    repository = WorkTree(folder)
    assert len(benchmark(stack_of, repository, read_spec(repository), "sit").resources) == TABLES


def test_checks(benchmark: Measure, folder: Path) -> None:
    repository = WorkTree(folder)
    evidence = collect(repository, read_spec(repository), "sit")
    assert benchmark(assess, evidence, commit="", assessed_at="2026-01-01T00:00:00Z").checklist


@pytest.mark.parametrize("render", [to_json, comment, documents])
def test_render(benchmark: Measure, assessment: Assessment, render: Callable[[Assessment], object]) -> None:
    assert benchmark(render, assessment)
