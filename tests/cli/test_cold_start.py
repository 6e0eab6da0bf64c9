"""What a command imports is most of what a small repository costs: here stands what it must not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/orders_ready"
OURS = {f"bbws_gate.{name}" for name in ("checks", "spec", "pipeline", "terraform.read", "terraform.evaluate", "terraform.expand")}
READERS = OURS | {"pydantic", "pydantic_core", "ruamel", "markdown_it", "hcl2", "re2"}
"""What reads and evaluates: the worker's part."""
NEVER = {"lark", "github", "requests", "importlib.metadata"}


def imported(*words: str) -> set[str]:
    """Every module that the command's own process has at its end; a worker ends without telling."""
    program = "import sys\nfrom bbws_gate.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False, timeout=120)
    return set(run.stderr.split())


def test_check__leaves_what_reads_to_its_worker() -> None:
    found = imported("check", str(EXAMPLE), "--env", "sit", "--format", "json")
    assert "bbws_gate.isolation.worker" in found
    assert found & (READERS | NEVER | {"rich", "jinja2", "bbws_gate.render.json"}) == set()


@pytest.mark.parametrize("words", [("--help",), ("check", "--help"), ("--version",)], ids=" ".join)
def test_help__imports_no_more_than_the_command_line(words: tuple[str, ...]) -> None:
    found = imported(*words)
    assert {name for name in found if name.startswith("bbws_gate.") and not name.startswith(("bbws_gate.cli", "bbws_gate.errors"))} <= {
        "bbws_gate.memory"
    }
    assert found & (READERS | NEVER | {"rich", "jinja2", "dataclasses", "subprocess"}) == set()


def test_whole_check__in_one_process_needs_no_grammar_runtime_and_no_packages_metadata() -> None:
    found = imported("check", str(EXAMPLE), "--env", "sit", "--format", "json", "--in-process")
    assert "bbws_gate.checks.tables" in found
    assert found & (NEVER | {"hcl2", "re2", "ruamel", "rich"}) == set()
