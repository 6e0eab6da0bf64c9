"""``bbws-gate verify``: may this commit be deployed to this environment now?"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from datetime import UTC, datetime

from bbws_gate.cli.arguments import existing_folder, read_plan
from bbws_gate.cli.printing import write
from bbws_gate.errors import UsageError
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import who_am_i
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.tree import Commits
from bbws_gate.publish.sending import Sender, SystemClock
from bbws_gate.publish.verification import Question, Sources, Verifier, sources_of
from bbws_gate.render.verdict import verdict_json, verdict_lines


def verify(arguments: argparse.Namespace, environ: Mapping[str, str] | None = None) -> int:
    """Ask about ``arguments.sha`` for ``arguments.env``.

    With ``GITHUB_TOKEN`` and ``GITHUB_REPOSITORY`` set, what people said on GitHub counts; without them nothing of it is known, and what
    needs it is not allowed.

    Returns:
        0 when the deployment may go ahead, 1 when not.
    """
    given = os.environ if environ is None else environ
    folder = existing_folder(arguments.path)
    lists, sources = _sources(given)
    repository = given.get("GITHUB_REPOSITORY", "")
    question = Question(
        environment=arguments.env,
        commit=arguments.sha,
        spec_path=arguments.spec,
        assessed_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        plan=read_plan(arguments.plan_json),
    )
    answer = Verifier(Commits(folder, lists, repository), sources).verify(question)
    if arguments.format == "json":
        write(verdict_json(answer.verdict, answer.assessment, pull=answer.pull), "json")
    else:
        write("\n".join(verdict_lines(answer.verdict, answer.assessment, pull=answer.pull)) + "\n", "text")
    return 0 if answer.verdict.allowed else 1


def _sources(environ: Mapping[str, str]) -> tuple[Lists | None, Sources | None]:
    token, repository = environ.get("GITHUB_TOKEN", ""), environ.get("GITHUB_REPOSITORY", "")
    if not token:
        return None, None
    if repository.count("/") != 1:
        raise UsageError("GITHUB_TOKEN is set and GITHUB_REPOSITORY is not owner/name", mend="set both, or neither")
    github = GitHub(token, environ.get("GITHUB_API_URL") or "https://api.github.com")
    sender = Sender(SystemClock())
    identity = who_am_i(github, sender, token=token, app_slug=environ.get("BBWS_GATE_APP_SLUG", ""))
    return Lists(github, sender), sources_of(github, sender, repository, identity)
