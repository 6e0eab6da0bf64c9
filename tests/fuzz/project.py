"""A whole example with broken files and planted secrets, through the pipeline into every sink."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from rich.console import Console

from bbws_gate.errors import GateError
from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.render.annotations import annotate
from bbws_gate.render.documents import check_output, comment, documents, issue, job_summary
from bbws_gate.render.json import to_json
from bbws_gate.render.page import html_page
from bbws_gate.render.sarif import to_sarif
from bbws_gate.render.text import print_assessment
from bbws_gate.repository import MemoryRepository
from tests.fuzz.mutate import mutated

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROJECTS = ("orders_ready", "shop_buckets", "bbws_dynamodb_schemas")
CANARY = "canary-5f3d9c1e"
"""Stands where a secret would: in a sensitive variable's value and in what is made of it."""
_PLANTED = f"""
variable "canary" {{
  type      = string
  sensitive = true
  default   = "{CANARY}"
}}

resource "aws_ssm_parameter" "canary" {{
  name  = "canary"
  type  = "SecureString"
  value = "x${{var.canary}}"
  tags  = {{ Canary = upper(var.canary), Other = join("-", [var.canary, "a"]) }}
}}
"""
_LANGUAGES = {
    ".tf": "hcl",
    ".tfvars": "hcl",
    ".hcl": "hcl",
    ".tfbackend": "hcl",
    ".yml": "yaml",
    ".json": "json",
    ".py": "python",
    ".md": "markdown",
}


@cache
def _project(name: str) -> dict[str, bytes]:
    folder = EXAMPLES / name
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def changed_project(choose: random.Random) -> dict[str, bytes]:
    """One to four files of an example changed, and the canary planted beside them."""
    files = dict(_project(choose.choice(PROJECTS)))
    root = next(str(Path(path).parent) for path in files if path.endswith("variables.tf") and "modules" not in path)
    fit = [path for path in files if Path(path).suffix in _LANGUAGES]
    for path in choose.sample(fit, choose.choice([1, 1, 2, 4])):
        language = _LANGUAGES[Path(path).suffix]
        others = [files[other] for other in fit if _LANGUAGES[Path(other).suffix] == language]
        files[path] = mutated(files[path], language, others, choose)
    files[f"{root}/canary.tf"] = _PLANTED.encode()
    return files


def assessed(files: dict[str, bytes]) -> str:
    """Everything that the gate says of the files."""
    repository = MemoryRepository(files)
    try:
        spec = read_spec(repository)
        found = assess_repository(repository, spec, "sit", commit="a" * 40, assessed_at="2026-01-01T09:00:00Z")
    except GateError as error:
        return str(error)
    return _sinks(found)


def _sinks(found: Assessment) -> str:
    text = io.StringIO()
    print_assessment(found, Console(file=text, width=140, highlight=False, color_system=None))
    return "\n".join(
        (
            *documents(found).values(),
            html_page(found),
            to_json(found),
            to_sarif(found),
            comment(found),
            job_summary(found),
            repr(check_output(found)),
            repr(annotate(found)),
            *(repr(issue(found, item)) for item in found.action_items),
            text.getvalue(),
        )
    )
