"""``bbws-gate check``: assess, print, write the reports, and answer with the verdict's exit code."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bbws_gate.cli.arguments import existing_folder, kept_trees, read_infracost, read_plan
from bbws_gate.cli.printing import inert, write
from bbws_gate.deferred import replace
from bbws_gate.isolation import WorkerDied, isolated, isolated_with_text, unfinished
from bbws_gate.model import Assessment, Severity, Status

if TYPE_CHECKING:
    from bbws_gate.render.templates import Templates


def check(arguments: argparse.Namespace) -> int:
    """Assess ``arguments.path`` for ``arguments.env``.

    Returns:
        0 when nothing blocks, 1 when something does (or reaches ``--fail-on``).
    """
    folder = existing_folder(arguments.path)
    with kept_trees(arguments, folder, fill=not arguments.in_process):
        return _checked(arguments, folder)


def _checked(arguments: argparse.Namespace, folder: Path) -> int:
    assessed_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        if arguments.format == "json" and arguments.out is None and not arguments.history:
            return _printed(arguments, folder, assessed_at)
        assessment = isolated(
            lambda: _assess(arguments, folder, assessed_at),
            Assessment,
            meanwhile=lambda: _prepare(arguments.format),
            in_process=arguments.in_process,
        )
    except WorkerDied as died:
        assessment = unfinished(
            str(died),
            project=folder.resolve().name,
            environment=arguments.env,
            commit="",
            assessed_at=assessed_at,
            spec_path=arguments.spec,
        )
    assessment = _with_history(assessment, arguments.history)
    templates = _templates(arguments, folder, assessment.templates_folder)
    _print(assessment, arguments.format, templates)
    if arguments.out is not None:
        from bbws_gate.publish.files import write_reports

        written = write_reports(assessment, arguments.out, templates=templates)
        if arguments.format == "text":
            sys.stdout.write("\nReports written:\n" + "".join(f"  {path}\n" for path in written))
    if templates is not None:
        _tell(templates.problems)
    return exit_code(_Outcome.of(assessment), arguments.fail_on)


class _Outcome(NamedTuple):
    """What decides the exit code of an assessment that is not at hand any more."""

    status: Status
    worst: Severity | None
    """Of the open findings."""
    templates_folder: str

    @classmethod
    def of(cls, assessment: Assessment) -> _Outcome:
        worst = max((finding.severity for finding in assessment.open_findings), key=lambda severity: severity.rank, default=None)
        return cls(assessment.status, worst, assessment.templates_folder)


def _printed(arguments: argparse.Namespace, folder: Path, assessed_at: str) -> int:
    """The assessment as JSON and nothing else: the worker writes it, which spares this process reading it to write it again.

    Raises:
        WorkerDied: there is none; nothing was printed.
    """

    def work() -> tuple[_Outcome, str]:
        from bbws_gate.render.json import to_json

        assessment = _assess(arguments, folder, assessed_at)
        return _Outcome.of(assessment), to_json(assessment)

    outcome, text = isolated_with_text(work, _Outcome, meanwhile=_prepare_templates, in_process=arguments.in_process)
    templates = _templates(arguments, folder, outcome.templates_folder)
    sys.stdout.write(text)
    if templates is not None:
        _tell(templates.problems)
    return exit_code(outcome, arguments.fail_on)


def exit_code(outcome: _Outcome, fail_on: str | None) -> int:
    """1 when the status blocks or an open finding reaches the level ``fail_on``; else 0."""
    if outcome.status in (Status.BLOCKED, Status.ERROR):
        return 1
    if fail_on is None or outcome.worst is None:
        return 0
    return int(outcome.worst.rank >= Severity(fail_on).rank)


def _assess(arguments: argparse.Namespace, folder: Path, assessed_at: str) -> Assessment:
    """The worker's part. The parsers are imported here: the process that prints does not need them."""
    from bbws_gate.pipeline import assess_repository, read_spec
    from bbws_gate.repository import GitTree, WorkTree
    from bbws_gate.repository.facts import head_commit, resolve

    repository = WorkTree(folder)
    spec = read_spec(repository, arguments.spec)
    return assess_repository(
        repository,
        spec,
        arguments.env,
        commit=head_commit(folder) or "",
        assessed_at=assessed_at,
        base=None if arguments.base is None else GitTree(folder, resolve(folder, arguments.base)),
        plan=read_plan(arguments.plan_json),
        infracost=read_infracost(arguments.infracost),
    )


def _prepare(form: str) -> None:
    """Import what prints, in the time that the worker takes. What is imported before that, the worker waits for."""
    _prepare_templates()
    if form == "json":
        import bbws_gate.render.json
    elif form == "text":
        import bbws_gate.render.text
    elif form == "markdown":
        import bbws_gate.render.documents  # noqa: F401


def _prepare_templates() -> None:
    import bbws_gate.render.overrides  # noqa: F401


def _with_history(assessment: Assessment, paths: list[Path]) -> Assessment:
    """The assessment with the earlier ones that the caller names."""
    if not paths:
        return assessment
    from bbws_gate.history import read_history

    found = read_history(paths, project=assessment.project, environment=assessment.environment, before=assessment.assessed_at)
    return replace(assessment, history=found)


def _templates(arguments: argparse.Namespace, folder: Path, at: str) -> Templates | None:
    """The pages' templates, from where the change starts; without a base from the checkout itself. ``at``: where the spec has them.

    None where no page is made and there are none of the team's own, which could have problems.
    """
    from bbws_gate.render.overrides import FOLDER, read_own, templates_with
    from bbws_gate.repository import GitTree, WorkTree
    from bbws_gate.repository.facts import resolve

    repository = WorkTree(folder) if arguments.base is None else GitTree(folder, resolve(folder, arguments.base))
    own = read_own(repository, at or FOLDER)
    has_pages = arguments.format == "markdown" or arguments.out is not None
    return templates_with(own) if has_pages or own.texts or own.problems else None


def _tell(problems: list[str]) -> None:
    from bbws_gate.render.escape import one_line

    for problem in problems:
        sys.stderr.write(f"bbws-gate: not used: {one_line(problem, 600)}\n")


def _print(assessment: Assessment, form: str, templates: Templates | None) -> None:
    if form == "json":
        from bbws_gate.render.json import to_json

        sys.stdout.write(to_json(assessment))
    elif form == "markdown":
        from bbws_gate.render.documents import comment

        write(comment(assessment, templates=templates), form)
    elif form == "sarif":
        from bbws_gate.render.sarif import to_sarif

        sys.stdout.write(to_sarif(assessment))
    else:
        from rich.console import Console

        from bbws_gate.render.text import print_assessment

        print_assessment(assessment, Console(highlight=False), inert)
