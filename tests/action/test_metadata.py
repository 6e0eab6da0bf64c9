"""action.yml, code and documentation name the same inputs and outputs."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from bbws_gate.action import verify
from bbws_gate.action.gate import OUTPUTS
from bbws_gate.action.inputs import NAMES
from bbws_gate.govern.verify import Code
from tests.action.workspace import ROOT

ACTION: dict[str, Any] = YAML(typ="safe").load((ROOT / "action.yml").read_text())
PAGE = (ROOT / "docs/github.md").read_text()


def rows(heading: str) -> dict[str, list[str]]:
    """The table below a heading: first cell, without its code marks, to the other cells."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_inputs__action_code_and_page_agree() -> None:
    assert tuple(ACTION["inputs"]) == NAMES
    assert tuple(rows("Inputs")) == NAMES


def test_inputs__page_names_the_defaults() -> None:
    for name, (default, _) in rows("Inputs").items():
        declared = ACTION["inputs"][name]
        expected = "required" if declared.get("required") else f"`{declared['default']}`" if "default" in declared else "none"
        assert default == expected, name


def test_outputs__action_code_and_page_agree() -> None:
    assert tuple(ACTION["outputs"]) == OUTPUTS
    assert tuple(rows("Outputs")) == OUTPUTS


def test_action__is_a_container_from_our_dockerfile() -> None:
    assert ACTION["runs"] == {"using": "docker", "image": "Dockerfile"}
    last = (ROOT / "Dockerfile").read_text().strip().splitlines()[-1]
    assert last == 'ENTRYPOINT ["python", "-I", "-B", "/action/entrypoint.py"]'
    assert not re.search(r"^(USER|WORKDIR)\b", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_entrypoint__is_short() -> None:
    assert len((ROOT / "entrypoint.py").read_text().splitlines()) < 15


WORKFLOWS = sorted((ROOT / "examples/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_example_workflow__uses_only_what_there_is(path: Any) -> None:
    workflow = YAML(typ="safe").load(path.read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    ours = [step for step in steps if "bbws-gate" in step.get("uses", "")]
    assert ours or any("bbws-gate" in step.get("run", "") for step in steps)
    for step in ours:
        assert set(step["with"]) <= set(NAMES)
    for step in steps:
        if step.get("uses", "").startswith("actions/"):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), "pin actions by commit"
        if step.get("uses", "").startswith("actions/checkout@"):
            assert not ours or step["with"]["fetch-depth"] == 0  # the command line needs no history
            assert step["with"]["persist-credentials"] is False


def test_example_workflow__the_readme_shows_it_in_ten_lines() -> None:
    text = (ROOT / "examples/workflows/gate.yml").read_text()
    shown = re.search(r"```yaml\n(on: .*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    assert len(shown[1].splitlines()) == 10
    short, whole = YAML(typ="safe").load(shown[1]), YAML(typ="safe").load(text)
    assert short["permissions"] == whole["jobs"]["gate"]["permissions"]
    for one, other in zip(short["jobs"]["gate"]["steps"], whole["jobs"]["gate"]["steps"], strict=True):
        assert one["with"] == other["with"]
        assert one["uses"].partition("@")[0] == other["uses"].partition("@")[0]


def test_lock__has_every_dependency_at_its_pinned_version_with_hashes() -> None:
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    lock = re.sub(r"\\\n\s*", " ", (ROOT / "requirements.lock").read_text())
    locked = [line for line in lock.splitlines() if line and not line.startswith("#")]
    assert all(" --hash=sha256:" in line for line in locked)
    versions = dict(line.split()[0].split("==") for line in locked)
    for requirement in pinned:
        name, _, version = requirement.partition("==")
        assert versions[re.sub(r"[._]", "-", name.lower())] == version


VERIFY: dict[str, Any] = YAML(typ="safe").load((ROOT / "verify/action.yml").read_text())


def test_verify_action__is_the_same_image_with_its_own_inputs_and_outputs() -> None:
    assert tuple(VERIFY["inputs"]) == verify.NAMES
    assert tuple(VERIFY["outputs"]) == verify.OUTPUTS
    assert VERIFY["runs"] == {"using": "docker", "image": "../Dockerfile", "args": ["verify"]}


def test_verify_page__names_every_reason() -> None:
    page = (ROOT / "docs/verify.md").read_text()
    assert {code.value for code in Code if f"`{code.value}`" not in page} == set()


def test_example_workflow__the_gate_comes_before_the_deployment() -> None:
    jobs = YAML(typ="safe").load((ROOT / "examples/workflows/deploy-sit.yml").read_text())["jobs"]
    assert jobs["apply"]["needs"] == "gate"
    assert any("bbws-gate/verify@" in step.get("uses", "") for step in jobs["gate"]["steps"])
