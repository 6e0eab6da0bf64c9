from __future__ import annotations

from dataclasses import replace

from bbws_gate.model import ChecklistItem, Dossier, Result, Source, Step
from bbws_gate.render.sources import matrix
from tests.render.sample import BLOCKED, at

SOURCES = (
    Source("spec", ("spec.yml",)),
    Source("plan", ("plan.md",)),
    Source("Terraform", ("main.tf",)),
    Source("tfvars", ("sit.tfvars",)),
)


def line(result: Result, *paths: str, finding: str = "", steps: tuple[Step, ...] = (), code: str = "TBL001") -> ChecklistItem:
    return ChecklistItem(code, "Tables", "x", result, "", tuple(at(path, 1, "", *steps) for path in paths), 1, finding)


def compared(*lines: ChecklistItem) -> dict[tuple[str, str], tuple[int, int, tuple[str, ...]]]:
    found = matrix(replace(BLOCKED, checklist=lines, dossier=Dossier(sources=SOURCES)))
    return {pair: (each.held, each.failed, each.findings) for pair, each in found.pairs.items()}


def test_matrix__counts_lines_that_rest_on_both() -> None:
    assert compared(
        line(Result.PASS, "spec.yml", "main.tf"),
        line(Result.FAIL, "main.tf", "spec.yml", finding="TBL001/a"),
        line(Result.FAIL, "main.tf", "spec.yml", finding="TBL001/a"),
        line(Result.PASS, "main.tf"),
        line(Result.UNVERIFIED, "main.tf", "plan.md"),
        line(Result.PASS, "main.tf", "elsewhere.txt"),
    ) == {("spec", "Terraform"): (1, 2, ("TBL001/a",))}


def test_matrix__what_a_value_came_from_counts() -> None:
    step = Step("var.x", at("sit.tfvars", 1).place)
    assert set(compared(line(Result.PASS, "main.tf", "spec.yml", steps=(step,)))) == {
        ("spec", "Terraform"),
        ("spec", "tfvars"),
        ("Terraform", "tfvars"),
    }


def test_matrix__git_is_a_source_of_what_asks_git() -> None:
    assert compared(line(Result.PASS, "spec.yml", code="REP005")) == {("spec", "git"): (1, 0, ())}


def test_matrix__rows_and_columns_are_only_those_with_something_in_them() -> None:
    found = matrix(replace(BLOCKED, checklist=(line(Result.PASS, "spec.yml", "main.tf"),), dossier=Dossier(sources=SOURCES)))
    assert (found.rows, found.columns) == (("spec",), ("Terraform",))


def test_matrix__without_a_dossier_is_empty() -> None:
    assert matrix(BLOCKED).kinds == ()
