"""The answer to "may this be deployed now?", for the terminal, the job summary and machines."""

from __future__ import annotations

import json

from bbws_gate.govern.verify import Verdict
from bbws_gate.model import Assessment
from bbws_gate.render.escape import markdown_code, markdown_inline, one_line


def verdict_lines(verdict: Verdict, assessment: Assessment, *, pull: int | None) -> list[str]:
    """What is allowed or refused, then each reason with its code and who can help."""
    what = f"{one_line(assessment.project)} at {assessment.commit} to {one_line(assessment.environment)}"
    by = f" (pull request {pull})" if pull is not None else ""
    head = f"{'allowed' if verdict.allowed else 'not allowed'}: {what}{by}: {assessment.status.value}"
    return [head, *(f"  {one.code.value}: {one_line(one.text, 400)}{_help(one.who_can_help)}" for one in verdict.reasons)]


def verdict_markdown(verdict: Verdict, assessment: Assessment, *, pull: int | None) -> str:
    """The same for the summary of a job."""
    title = "allowed" if verdict.allowed else "not allowed"
    by = f", as approved on pull request {pull}" if pull is not None else ""
    what = f"{markdown_code(assessment.project, 80)} at {markdown_code(assessment.commit)} to {markdown_code(assessment.environment, 40)}"
    rows = [
        f"- {markdown_code(one.code.value)}: {markdown_inline(one.text, 400)}{markdown_inline(_help(one.who_can_help), 200)}"
        for one in verdict.reasons
    ]
    return "\n".join([f"## Deployment {title}", "", f"{what}{by}: {assessment.status.value}", "", *rows]) + "\n"


def verdict_json(verdict: Verdict, assessment: Assessment, *, pull: int | None) -> str:
    """The same as one JSON object."""
    reasons = [{"code": one.code.value, "text": one.text, "who_can_help": list(one.who_can_help)} for one in verdict.reasons]
    values = {
        "allowed": verdict.allowed,
        "project": assessment.project,
        "environment": assessment.environment,
        "commit": assessment.commit,
        "pull": pull,
        "status": assessment.status.value,
        "content_digest": assessment.content_digest,
        "spec_digest": assessment.spec_digest,
        "reasons": reasons,
    }
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def _help(roles: tuple[str, ...]) -> str:
    return f" (ask {', '.join(roles)})" if roles else ""
