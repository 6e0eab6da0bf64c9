"""The action's other door, ``uses: .../verify``: the first step of a deploy workflow. Fails closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bbws_gate.action.inputs import input_value, read_folder, repository_name, required, variable
from bbws_gate.errors import GateError, UsageError
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import who_am_i
from bbws_gate.publish.job_files import write_outputs, write_summary
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.tree import Commits
from bbws_gate.publish.sending import Clock, Sender, SystemClock
from bbws_gate.publish.verification import Answer, Question, Verifier, sources_of
from bbws_gate.publish.workflow_commands import WorkflowLog
from bbws_gate.render.escape import markdown_block
from bbws_gate.render.verdict import verdict_lines, verdict_markdown
from bbws_gate.spec.in_repository import DEFAULT_SPEC

NAMES = ("environment", "sha", "spec", "plan-json", "token", "app-slug", "working-directory")
"""Every input of ``verify/action.yml``, in its order."""
OUTPUTS = ("allowed", "reasons", "status", "pull")
"""Every output of ``verify/action.yml``, in its order."""
MAX_PLAN_BYTES = 50_000_000


def main(environ: Mapping[str, str], stream: TextIO, *, clock: Clock | None = None) -> int:
    """Ask whether the commit may be deployed now.

    Returns:
        0 allowed; 1 not allowed; 2 wrong usage or spec; 3 unreadable input; 4 GitHub; 70 a bug of ours. Only 0 sets ``allowed=true``.
    """
    log = WorkflowLog(stream)
    outputs, summary = _file(environ, "GITHUB_OUTPUT"), _file(environ, "GITHUB_STEP_SUMMARY")
    values = {**dict.fromkeys(OUTPUTS, ""), "allowed": "false"}
    try:
        answer = _answer(environ, clock or SystemClock())
    except GateError as error:
        reason, code = str(error), error.exit_code
    except Exception as error:  # noqa: BLE001 - a bug of ours must not let a deployment through
        reason, code = f"internal error: {type(error).__name__}: {error} (please report it)", GateError.exit_code
    else:
        return _tell(answer, log, values, outputs, summary)
    log.error(reason, title="bbws-gate verify")
    write_summary(summary, f"## Deployment not allowed\n\n{markdown_block(reason)}\n")
    write_outputs(outputs, {**values, "reasons": "NO_ANSWER"})
    return code


def _answer(environ: Mapping[str, str], clock: Clock) -> Answer:
    repository = repository_name(environ)
    token = required(environ, "token")
    sha = required(environ, "sha")
    if not re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", sha):
        raise UsageError("the input `sha` is no full commit id", mend="give all 40 hexadecimal digits: ${{ github.sha }}")
    workspace = Path(variable(environ, "GITHUB_WORKSPACE"))
    github = GitHub(token, environ.get("GITHUB_API_URL") or "https://api.github.com")
    sender = Sender(clock)
    identity = who_am_i(github, sender, token=token, app_slug=input_value(environ, "app-slug"))
    question = Question(
        environment=required(environ, "environment"),
        commit=sha,
        spec_path=input_value(environ, "spec") or DEFAULT_SPEC,
        assessed_at=datetime.fromtimestamp(clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        plan=_plan(workspace, read_folder(input_value(environ, "plan-json"), "plan-json")),
    )
    checkout = workspace / read_folder(input_value(environ, "working-directory") or ".", "working-directory")
    commits = Commits(checkout, Lists(github, sender), repository)
    return Verifier(commits, sources_of(github, sender, repository, identity)).verify(question)


def _tell(answer: Answer, log: WorkflowLog, values: dict[str, str], outputs: Path | None, summary: Path | None) -> int:
    verdict = answer.verdict
    log.lines(verdict_lines(verdict, answer.assessment, pull=answer.pull))
    if not verdict.allowed:
        log.error("; ".join(f"{one.code.value}: {one.text}" for one in verdict.reasons), title="bbws-gate: not allowed")
    write_summary(summary, verdict_markdown(verdict, answer.assessment, pull=answer.pull))
    told = {
        "allowed": "true" if verdict.allowed else "false",
        "reasons": ",".join(dict.fromkeys(one.code.value for one in verdict.reasons)),
        "status": answer.assessment.status.value,
        "pull": str(answer.pull) if answer.pull is not None else "",
    }
    write_outputs(outputs, {**values, **told})
    return 0 if verdict.allowed else 1


def _plan(workspace: Path, name: str) -> bytes | None:
    if not name:
        return None
    path = workspace / name
    mend = "give the output of `terraform show -json PLANFILE`, inside the workspace"
    if path.is_symlink() or not path.is_file():
        raise UsageError("the plan file is not there", where=name, mend=mend)
    if path.stat().st_size > MAX_PLAN_BYTES:
        raise UsageError("the plan file is larger than 50 MB", where=name, mend=mend)
    return path.read_bytes()


def _file(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None
