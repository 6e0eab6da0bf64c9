"""What is fuzzed: a name, good inputs to start from, their language, and what reads them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bbws_gate.action.event import SUPPORTED, read_event
from bbws_gate.action.inputs import inputs_from
from bbws_gate.cost.infracost import read_report as read_infracost
from bbws_gate.errors import GateError
from bbws_gate.evidence.markdown import parse_markdown
from bbws_gate.evidence.plan_document import read_plan
from bbws_gate.evidence.schema_json import parse_schemas
from bbws_gate.evidence.script import parse_script
from bbws_gate.evidence.shell import Options, commands
from bbws_gate.evidence.workflow import parse_workflow
from bbws_gate.govern.commands import parse as parse_commands
from bbws_gate.govern.speech import spoken
from bbws_gate.notation.node import Malformed
from bbws_gate.portfolio.file import load_portfolio
from bbws_gate.portfolio.report import read_report
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec
from bbws_gate.terraform.inspect import to_json, to_text
from bbws_gate.terraform.read import read_stack
from tests.fuzz import samples

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = (GateError, Malformed)
"""How a reader may end other than with a result."""


@dataclass(frozen=True)
class Target:
    """One reader."""

    name: str
    language: str
    seeds: tuple[str, ...]
    """Patterns of files below the project's folder."""
    read: Callable[[bytes], object]
    more: tuple[bytes, ...] = ()
    """Seeds that stand in no file."""

    @property
    def inputs(self) -> tuple[bytes, ...]:
        """Good inputs."""
        return (*self.more, *_files(self.seeds))


@cache
def _files(patterns: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern)) if path.is_file())


def _terraform(name: str) -> Callable[[bytes], object]:
    """Read a root module in which one file is the input."""

    def read(text: bytes) -> object:
        files: dict[str, bytes | str] = {
            "t/main.tf": 'variable "env" {\n  default = "sit"\n}\noutput "env" {\n  value = var.env\n}\n',
            name: text,
        }
        var_files = (name.removeprefix("t/"),) if name.endswith((".tfvars", ".tfvars.json")) else ()
        stack = read_stack(MemoryRepository(files), "t", var_files=var_files)
        return to_json(stack), to_text(stack)

    return read


def _plan(text: bytes) -> object:
    files: Mapping[str, str] = {"main.tf": 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n}\n'}
    stack = read_stack(MemoryRepository(files), ".", plan=text)
    return to_json(stack), to_text(stack)


def _shell(text: bytes) -> object:
    return commands(text.decode("utf-8", "replace"), 1, Options(errexit=True, pipefail=False))


def _speech(text: bytes) -> object:
    said = text.decode("utf-8", "replace")
    return tuple(spoken(said)), parse_commands(said)


def _event(text: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "event.json"
        path.write_bytes(text)
        for name in SUPPORTED:
            environ = {
                "INPUT_ENVIRONMENT": "sit",
                "INPUT_TOKEN": "ghs_x",
                "GITHUB_EVENT_NAME": name,
                "GITHUB_EVENT_PATH": str(path),
                "GITHUB_WORKSPACE": folder,
                "GITHUB_REPOSITORY": "acme/infra",
                "GITHUB_SHA": "a" * 40,
                "GITHUB_REF": "refs/heads/main",
            }
            try:
                read_event(inputs_from(environ))
            except REFUSALS:
                continue
    return None


TARGETS: tuple[Target, ...] = (
    Target("HCL", "hcl", ("examples/**/*.tf",), _terraform("t/other.tf")),
    Target("tfvars", "hcl", ("examples/**/*.tfvars",), _terraform("t/x.auto.tfvars")),
    Target("HCL as JSON", "json", (), _terraform("t/other.tf.json"), samples.TERRAFORM),
    Target("tfvars as JSON", "json", (), _terraform("t/x.auto.tfvars.json"), (b'{"env": "sit", "n": [1, {"a": null}]}',)),
    Target("lock file", "hcl", ("examples/**/.terraform.lock.hcl",), _terraform("t/.terraform.lock.hcl")),
    Target("plan JSON", "json", (), _plan, (samples.PLAN,)),
    Target("spec", "yaml", ("examples/**/promotion.yml",), lambda text: load_spec(text, ".github/promotion.yml")),
    Target("workflow", "yaml", ("examples/**/.github/workflows/*.yml",), lambda text: parse_workflow(text, "w.yml")),
    Target("schema JSON", "json", ("examples/**/*.schema.json",), lambda text: parse_schemas(text, "s.schema.json")),
    Target("Python script", "python", ("examples/**/*.py",), lambda text: parse_script(text, "s.py")),
    Target("shell script", "shell", (), _shell, (samples.SHELL,)),
    Target("Markdown", "markdown", ("examples/**/*.md",), lambda text: read_plan(parse_markdown(text, "p.md"))),
    Target("event", "json", (), _event, (samples.EVENT,)),
    Target("/gate commands", "command", (), _speech, samples.SAID),
    Target("Infracost JSON", "json", (), lambda text: read_infracost(text, "cost.json"), (samples.COST,)),
    Target("portfolio file", "yaml", ("examples/portfolio/*.yml", "examples/portfolio/*.yaml"), lambda text: load_portfolio(text, "p.yml")),
    Target(
        "report of a project",
        "json",
        ("examples/portfolio/**/assessment.json", "tests/render/**/*.json"),
        lambda text: read_report(text, "a.json"),
    ),
)


def quietly(target: Target, text: bytes) -> str:
    """Read one input; answers with what came out, as text.

    Raises:
        Exception: whatever is no refusal: a bug.
    """
    with redirect_stdout(io.StringIO()):
        try:
            return repr(target.read(text))
        except REFUSALS as refusal:
            return str(refusal)
