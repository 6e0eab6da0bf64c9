"""Canaries where secrets stand: in no report, comment, log or machine format."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from bbws_gate.model import Assessment
from bbws_gate.publish.files import write_reports
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.documents import check_output, comment, job_summary
from bbws_gate.render.json import to_json
from bbws_gate.render.sarif import to_sarif
from bbws_gate.render.text import print_assessment
from tests.security.assessing import assessed

CANARY = "kNaRy9f3Zq7Lw2Xc5Vb8"
CASES = {
    "sensitive variable": {
        "terraform/x.auto.tfvars": f'api_token = "{CANARY}"\n',
        "terraform/x.tf": 'variable "api_token" {\n  sensitive = true\n}\nlocals {\n  a = tonumber(var.api_token)\n}\n',
    },
    "literal": {"terraform/x.tf": f'locals {{\n  db_password = "{CANARY}"\n}}\n'},
    "settings file": {"terraform/.env": f"AWS_SECRET_ACCESS_KEY={CANARY}\n", ".env": f"TOKEN={CANARY}\n"},
    "broken file": {"terraform/x.tf": f'locals {{\n  password = "{CANARY}\n'},
    "module address": {"terraform/x.tf": f'module "m" {{\n  source = "git::https://user:{CANARY}@host.test/x.git"\n}}\n'},
    "key": {"deploy.pem": f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY}\n-----END RSA PRIVATE KEY-----\n"},
    "sensitive argument": {
        "terraform/x.tf": f'locals {{\n  a = tonumber(sensitive("{CANARY}"))\n  b = file(sensitive("/x/{CANARY}"))\n}}\n',
    },
}


def sinks(assessment: Assessment, folder: Path) -> dict[str, str]:
    """Everything that is written anywhere, by where."""
    text = io.StringIO()
    print_assessment(assessment, Console(file=text, width=140))
    log = io.StringIO()
    WorkflowLog(log).lines(text.getvalue().splitlines())
    found = {
        "text": text.getvalue(),
        "log": log.getvalue(),
        "json": to_json(assessment),
        "sarif": to_sarif(assessment),
        "comment": comment(assessment),
        "summary": job_summary(assessment),
        "check": repr(check_output(assessment)),
    }
    write_reports(assessment, folder)
    return {**found, **{path.name: path.read_text() for path in folder.rglob("*") if path.is_file()}}


@pytest.mark.case("K9", "T18")
@pytest.mark.parametrize("files", CASES.values(), ids=CASES.keys())
def test_k9__canaries_are_in_no_sink(files: dict[str, str | bytes | None], tmp_path: Path) -> None:
    shown = sinks(assessed(files), tmp_path)
    assert len(shown) > 7
    assert [name for name, text in shown.items() if CANARY in text] == []
