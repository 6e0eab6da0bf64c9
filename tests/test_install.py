"""The wheel is the product: installed by itself, from any folder, it does what the checkout does."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--wheel-dir",
        str(target),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_wheel__carries_templates_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {Path(name).name for name in names if name.startswith("bbws_gate/templates/")}
    assert shipped == {path.name for path in (ROOT / "templates").iterdir() if path.is_file()}
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


def test_wheel__carries_the_templates_code_that_was_made_ahead(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    made = {Path(name).name for name in names if name.startswith("bbws_gate/render/compiled/")}
    assert made == {path.name for path in (ROOT / "bbws_gate/render/compiled").glob("*.py")}
    assert len(made) == len(list((ROOT / "templates").glob("*.j2"))) + 1


def test_wheel__installed_elsewhere_gives_the_same_assessment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # The dependencies are the ones of the environment that runs the tests; the package itself must come from the wheel.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    command = [str(environment / "bin/python"), "-m", "bbws_gate", "check", str(ROOT / "examples/bbws_dynamodb_schemas"), "--env", "sit"]
    reports = tmp_path / "reports"
    run = subprocess.run([*command, "--format", "json", "--out", str(reports)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    assert json.loads(run.stdout)["status"] == "BLOCKED"
    assert len(list(reports.iterdir())) > 4
    where = subprocess.run(
        [command[0], "-c", "import bbws_gate; print(bbws_gate.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(where.stdout.strip()).is_relative_to(environment)
