"""``bbws-gate check``: assess, print, write the reports, and answer with the verdict's exit code."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bbws_gate.cli.arguments import existing_folder, read_infracost, read_plan
from bbws_gate.model import Assessment, Severity, Status
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.publish.files import write_reports
from bbws_gate.repository import GitTree, Repository, WorkTree
from bbws_gate.repository.facts import head_commit, resolve


def check(arguments: argparse.Namespace) -> int:
    """Assess ``arguments.path`` for ``arguments.env``.

    Returns:
        0 when nothing blocks, 1 when something does (or reaches ``--fail-on``).
    """
    folder = existing_folder(arguments.path)
    repository = WorkTree(folder)
    spec = read_spec(repository, arguments.spec)
    assessment = assess_repository(
        repository,
        spec,
        arguments.env,
        commit=head_commit(folder) or "",
        assessed_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        base=_base(folder, arguments.base),
        plan=read_plan(arguments.plan_json),
        infracost=read_infracost(arguments.infracost),
    )
    _print(assessment, arguments.format)
    if arguments.out is not None:
        written = write_reports(assessment, arguments.out)
        if arguments.format == "text":
            sys.stdout.write("\nReports written:\n" + "".join(f"  {path}\n" for path in written))
    return exit_code(assessment, arguments.fail_on)


def exit_code(assessment: Assessment, fail_on: str | None) -> int:
    """1 when the status blocks or an open finding reaches the level ``fail_on``; else 0."""
    if assessment.status in (Status.BLOCKED, Status.ERROR):
        return 1
    if fail_on is None:
        return 0
    level = Severity(fail_on).rank
    return int(any(finding.severity.rank >= level for finding in assessment.open_findings))


def _base(folder: Path, ref: str | None) -> Repository | None:
    return None if ref is None else GitTree(folder, resolve(folder, ref))


def _print(assessment: Assessment, form: str) -> None:
    if form == "json":
        from bbws_gate.render.json import to_json

        sys.stdout.write(to_json(assessment))
    elif form == "markdown":
        from bbws_gate.render.documents import comment

        sys.stdout.write(comment(assessment))
    elif form == "sarif":
        from bbws_gate.render.sarif import to_sarif

        sys.stdout.write(to_sarif(assessment))
    else:
        from rich.console import Console

        from bbws_gate.render.text import print_assessment

        print_assessment(assessment, Console(highlight=False))
