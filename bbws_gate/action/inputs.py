"""What the workflow says: ``INPUT_*`` and ``GITHUB_*``. The only reader of the environment mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bbws_gate.deferred import regex
from bbws_gate.errors import UsageError
from bbws_gate.model import Severity
from bbws_gate.publish.notify import Webhooks, check_address
from bbws_gate.spec.in_repository import DEFAULT_SPEC
from bbws_gate.store import given_secret

NAMES = (
    "environment",
    "spec",
    "token",
    "app-slug",
    "fail-on",
    "dry-run",
    "check",
    "comment",
    "issues",
    "report-dir",
    "working-directory",
    "history",
    "cache",
    "cache-key",
    "infracost",
    "slack-webhook",
    "webhook",
)
"""Every input of ``action.yml``, in its order."""

_REPOSITORY = regex(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_SLUG = regex(r"(?:[A-Za-z0-9][A-Za-z0-9-]*)?")


class CheckKind(Enum):
    """How the verdict is shown on the commit."""

    CHECK_RUN = "check-run"
    STATUS = "status"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the workflow said, checked."""

    environments: tuple[str, ...]
    spec: str
    token: str = field(repr=False)
    app_slug: str
    fail_on: Severity | None
    dry_run: bool
    check: CheckKind
    comment: bool
    issues: bool
    report_dir: str
    working_directory: str
    history: str
    """A folder of the workspace with earlier assessments; empty for none."""
    infracost: str
    """A file of the workspace with Infracost's report; empty for none."""
    cache: str
    """A folder of the workspace for parsed files; empty for none."""
    cache_secret: bytes | None = field(repr=False)
    """What packs in it are sealed with; None where it is not given, as to pull requests from forks: then nothing there is read."""
    webhooks: Webhooks
    event_name: str
    event_path: Path
    workspace: Path
    repository: str
    sha: str
    ref: str
    actor: str
    api_url: str
    server_url: str
    run_url: str
    output_file: Path | None
    summary_file: Path | None
    debug: bool
    write_pause: float
    """Seconds between two writes; ``BBWS_GATE_WRITE_PAUSE`` for servers without limits."""

    @property
    def checkout(self) -> Path:
        """The folder of the checkout."""
        return self.workspace / self.working_directory


def inputs_from(environ: Mapping[str, str]) -> Inputs:
    """Read the environment of a job step.

    Raises:
        UsageError: a required value is missing or a value cannot be understood; the message names the input.
    """
    return Inputs(
        environments=_words(required(environ, "environment")),
        spec=input_value(environ, "spec") or DEFAULT_SPEC,
        token=input_value(environ, "token"),
        app_slug=_matching(_SLUG, input_value(environ, "app-slug"), "the input `app-slug`"),
        fail_on=_severity(input_value(environ, "fail-on")),
        dry_run=_boolean(environ, "dry-run", default=False),
        check=_check_kind(input_value(environ, "check")),
        comment=_boolean(environ, "comment", default=True),
        issues=_boolean(environ, "issues", default=True),
        report_dir=read_folder(input_value(environ, "report-dir") or "bbws-gate-reports", "report-dir"),
        working_directory=read_folder(input_value(environ, "working-directory") or ".", "working-directory"),
        history=read_folder(input_value(environ, "history"), "history"),
        infracost=read_folder(input_value(environ, "infracost"), "infracost", "file"),
        cache=read_folder(input_value(environ, "cache"), "cache"),
        cache_secret=_cache_secret(input_value(environ, "cache-key")),
        webhooks=Webhooks(
            check_address(input_value(environ, "slack-webhook"), "slack-webhook"), check_address(input_value(environ, "webhook"), "webhook")
        ),
        event_name=variable(environ, "GITHUB_EVENT_NAME"),
        event_path=Path(variable(environ, "GITHUB_EVENT_PATH")),
        workspace=Path(variable(environ, "GITHUB_WORKSPACE")),
        repository=repository_name(environ),
        sha=environ.get("GITHUB_SHA", ""),
        ref=environ.get("GITHUB_REF", ""),
        actor=environ.get("GITHUB_ACTOR", ""),
        api_url=environ.get("GITHUB_API_URL") or "https://api.github.com",
        server_url=environ.get("GITHUB_SERVER_URL") or "https://github.com",
        run_url=_run_url(environ),
        output_file=_path(environ.get("GITHUB_OUTPUT")),
        summary_file=_path(environ.get("GITHUB_STEP_SUMMARY")),
        debug=environ.get("RUNNER_DEBUG") == "1",
        write_pause=_seconds(environ.get("BBWS_GATE_WRITE_PAUSE", "1")),
    )


def repository_name(environ: Mapping[str, str]) -> str:
    """``owner/name``, as the runner gives it."""
    return _matching(_REPOSITORY, variable(environ, "GITHUB_REPOSITORY"), "GITHUB_REPOSITORY")


def input_value(environ: Mapping[str, str], name: str) -> str:
    """An input, empty when it is not set. The runner keeps hyphens (``INPUT_FAIL-ON``); shells that cannot use underscores."""
    key = f"INPUT_{name.upper()}"
    return environ.get(key, environ.get(key.replace("-", "_"), "")).strip()


def required(environ: Mapping[str, str], name: str) -> str:
    """An input that must be set."""
    value = input_value(environ, name)
    if not value:
        raise UsageError(f"the input `{name}` is missing", mend=f"add `with: {{{name}: ...}}` to the step")
    return value


def _words(value: str) -> tuple[str, ...]:
    """One value a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in value.splitlines() if line.strip()))


def variable(environ: Mapping[str, str], name: str) -> str:
    """A variable that every runner sets."""
    value = environ.get(name, "")
    if not value:
        raise UsageError(f"{name} is not set", mend="a GitHub Actions runner sets it; elsewhere use `bbws-gate check`")
    return value


def _boolean(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = input_value(environ, name).lower()
    if not value:
        return default
    if value not in {"true", "false"}:
        raise UsageError(f"the input `{name}` is {value!r}", mend="write true or false")
    return value == "true"


def _severity(value: str) -> Severity | None:
    if not value:
        return None
    try:
        return Severity(value.lower())
    except ValueError as error:
        raise UsageError(f"the input `fail-on` is {value!r}", mend="write critical, high, medium or low") from error


def _check_kind(value: str) -> CheckKind:
    try:
        return CheckKind(value.lower() or "check-run")
    except ValueError as error:
        raise UsageError(f"the input `check` is {value!r}", mend="write check-run, status or none") from error


def read_folder(value: str, name: str, what: str = "folder") -> str:
    """A path that stays inside the workspace; ``what`` it is, for the message."""
    parts = Path(value).parts
    if Path(value).is_absolute() or ".." in parts or "\0" in value:
        raise UsageError(f"the input `{name}` is {value!r}", mend=f"give a {what} inside the workspace")
    return value


def _cache_secret(value: str) -> bytes | None:
    return given_secret(value, "the input `cache-key`") if value else None


def _matching(pattern: re.Pattern[str], value: str, name: str) -> str:
    if not pattern.fullmatch(value):
        raise UsageError(f"{name} is {value!r}, which GitHub would not give")
    return value


def _seconds(value: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", value):
        raise UsageError(f"BBWS_GATE_WRITE_PAUSE is {value!r}", mend="give seconds, or leave it out")
    return float(value)


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _run_url(environ: Mapping[str, str]) -> str:
    server, repository, run = (environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID"))
    return f"{server}/{repository}/actions/runs/{run}" if server and repository and run else ""
