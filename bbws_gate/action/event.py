"""What happened: the event file as the few facts that a run needs. Everything else in it is somebody's text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bbws_gate.action.inputs import Inputs
from bbws_gate.errors import UsageError
from bbws_gate.repository.git import full_sha

MAX_EVENT_BYTES = 25_000_000
"""GitHub caps payloads there."""
PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
COMMIT_EVENTS = ("push", "workflow_dispatch", "schedule")
SUPPORTED = (*PULL_REQUEST_EVENTS, "merge_group", *COMMIT_EVENTS)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be assessed, and where the verdict belongs."""

    head: str
    """The commit under assessment."""
    base: str | None
    """The commit whose spec judges; None when the commit judges itself (it is on a branch that was gated)."""
    ref: str
    """Where the commit stands: ``pull/12``, ``heads/main``, ``merge_group``."""
    pull: int | None
    read_only: bool
    """The token cannot write: a fork's pull request, or Dependabot's."""
    on_default_branch: bool = False


def read_event(inputs: Inputs) -> Subject:
    """The subject of this run.

    Raises:
        UsageError: an event that cannot be assessed, or an event file that is not what GitHub writes.
    """
    name = inputs.event_name
    if name not in SUPPORTED:
        raise UsageError(
            f"the event {name!r} has no pull request or commit to assess",
            where="GITHUB_EVENT_NAME",
            mend=f"run the workflow on one of {', '.join(SUPPORTED)}",
        )
    payload = _payload(inputs.event_path)
    if name in PULL_REQUEST_EVENTS:
        return _pull_request(inputs, payload)
    if name == "merge_group":
        group = _object(payload, "merge_group")
        return Subject(_sha(group, "head_sha"), _sha(group, "base_sha"), "merge_group", None, read_only=False)
    default = _object(payload, "repository").get("default_branch")
    ref = inputs.ref.removeprefix("refs/")
    return Subject(_event_sha(inputs.sha), None, ref, None, read_only=False, on_default_branch=ref == f"heads/{default}")


def _pull_request(inputs: Inputs, payload: dict[str, Any]) -> Subject:
    pull = payload.get("pull_request")
    if not isinstance(pull, dict):
        raise UsageError("the event has no pull request", where=str(inputs.event_path.name), mend="run the workflow on pull_request")
    number = pull.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UsageError("the pull request has no number", where=inputs.event_path.name)
    head, base = _object(pull, "head"), _object(pull, "base")
    source = head.get("repo")  # null when the fork was deleted
    is_fork = not isinstance(source, dict) or str(source.get("full_name", "")).lower() != inputs.repository.lower()
    narrowed = inputs.event_name == "pull_request" and (is_fork or inputs.actor == "dependabot[bot]")
    return Subject(_sha(head, "sha"), _sha(base, "sha"), f"pull/{number}", number, read_only=narrowed)


def _payload(path: Path) -> dict[str, Any]:
    mend = "GITHUB_EVENT_PATH must name the event file of the run"
    try:
        if path.stat().st_size > MAX_EVENT_BYTES:
            raise UsageError("the event file is larger than GitHub would write", where=path.name, mend=mend)
        payload = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"the event file cannot be read: {error.strerror}", where=path.name, mend=mend) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("the event file is not JSON", where=path.name, mend=mend) from error
    if not isinstance(payload, dict):
        raise UsageError("the event file holds no object", where=path.name, mend=mend)
    return payload


def _object(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    if not isinstance(value, dict):
        raise UsageError(f"the event has no `{key}`", mend="GITHUB_EVENT_PATH must name the event file of the run")
    return value


def _sha(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str):
        raise UsageError(f"the event has no `{key}`", mend="GITHUB_EVENT_PATH must name the event file of the run")
    return full_sha(value)


def _event_sha(sha: str) -> str:
    if not sha:
        raise UsageError(
            "GITHUB_SHA is not set", mend="this program is started by a GitHub Actions runner; elsewhere use `bbws-gate check`"
        )
    return full_sha(sha)
