"""The example workflow: pinned, with the least permissions, and for exactly the projects of the example portfolio."""

from __future__ import annotations

import re
from pathlib import Path

from bbws_gate.notation import yaml
from bbws_gate.notation.node import plain
from tests.portfolio.test_example import FILE

WORKFLOW = Path(__file__).resolve().parents[2] / "examples" / "workflows" / "portfolio.yml"
TEXT = WORKFLOW.read_text(encoding="utf-8")


def test_workflow__names_every_project_of_the_portfolio() -> None:
    value = plain(yaml.parse(TEXT.encode(), "portfolio.yml"))
    assert isinstance(value, dict)
    matrix = value["jobs"]["assess"]["strategy"]["matrix"]  # type: ignore[index, call-overload]
    assert {(project, environment) for project in matrix["project"] for environment in matrix["environment"]} == set(FILE.pairs)


def test_workflow__is_pinned_and_asks_for_little() -> None:
    uses = re.findall(r"uses: (\S+)", TEXT)
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each) for each in uses)
    assert "\npermissions: {}\n" in TEXT
    assert "write" not in TEXT
    assert "${{" not in "".join(re.findall(r"run: \|\n((?:          .*\n)+)", TEXT))
