"""What happened: the event file as the few facts that a run needs. Everything else in it is somebody's text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bbws_gate.action.inputs import Inputs
from bbws_gate.action.subject import Event, Subject
from bbws_gate.deferred import regex
from bbws_gate.errors import UsageError
from bbws_gate.model.record import Person
from bbws_gate.publish.marker import read_body
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.repository.git import full_sha

MAX_EVENT_BYTES = 25_000_000
"""GitHub caps payloads there."""
PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target", "pull_request_review")
ISSUE_EVENTS = ("issue_comment", "issues")
COMMIT_EVENTS = ("push", "workflow_dispatch", "schedule")
SUPPORTED = (*PULL_REQUEST_EVENTS, "merge_group", *COMMIT_EVENTS, *ISSUE_EVENTS, "check_run", "workflow_run")
PRIVILEGED = ("pull_request_target", "workflow_run", *ISSUE_EVENTS, "check_run")
"""Run on the default branch with its token: https://docs.github.com/actions/reference/events-that-trigger-workflows"""

_QUEUE = regex(r"(?:refs/heads/)?gh-readonly-queue/.+/pr-(\d{1,9})-[0-9a-f]{40,64}")
_MEND = "GITHUB_EVENT_PATH must name the event file of the run"


def read_event(inputs: Inputs) -> Event:
    """The event of this run.

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
        return Event((_pull_request(inputs, payload),), privileged=name in PRIVILEGED)
    if name == "merge_group":
        return Event((_merge_group(payload),))
    if name in ISSUE_EVENTS:
        return _issue(payload, inputs)
    if name == "check_run":
        return _check_run(payload)
    if name == "workflow_run":
        return _workflow_run(payload)
    default = _default_branch(payload)
    ref = inputs.ref.removeprefix("refs/")
    subject = Subject(_event_sha(inputs.sha), None, ref, None, read_only=False, on_default_branch=ref == f"heads/{default}")
    return Event((subject,), open_pulls=name == "schedule" and subject.on_default_branch, default_branch=default)


def _pull_request(inputs: Inputs, payload: dict[str, Any]) -> Subject:
    pull = payload.get("pull_request")
    if not isinstance(pull, dict):
        raise UsageError("the event has no pull request", where=str(inputs.event_path.name), mend="run the workflow on pull_request")
    number = _number(pull, inputs.event_path.name)
    head, base = _object(pull, "head"), _object(pull, "base")
    source = head.get("repo")  # null when the fork was deleted
    is_fork = not isinstance(source, dict) or str(source.get("full_name", "")).lower() != inputs.repository.lower()
    narrowed = inputs.event_name != "pull_request_target" and (is_fork or inputs.actor == "dependabot[bot]")
    pushed_by = _person(payload.get("sender")) if payload.get("action") == "synchronize" else None
    where = f"pull/{number}"
    return Subject(_sha(head, "sha"), _sha(base, "sha"), where, number, read_only=narrowed, pushed_by=pushed_by, described=_described(pull))


def _described(pull: dict[str, Any]) -> PullRequest | None:
    """The event holds what GitHub would answer; one without an author is not believed, so GitHub is asked."""
    try:
        found = PullRequest.model_validate(pull)
    except ValidationError:
        return None
    return found if found.user is not None else None


def _merge_group(payload: dict[str, Any]) -> Subject:
    """A group's branch names the pull request that it was made for; those before it in the queue are part of its base."""
    group = _object(payload, "merge_group")
    found = _QUEUE.fullmatch(str(group.get("head_ref", "")))
    said_on = int(found[1]) if found else None
    return Subject(_sha(group, "head_sha"), _sha(group, "base_sha"), "merge_group", None, read_only=False, said_on=said_on)


def _issue(payload: dict[str, Any], inputs: Inputs) -> Event:
    """A comment on a pull request means that one; an issue of ours means every place where it is open.

    Whether the issue is ours is not decided here: the marker only says where to look, and looking changes nothing.
    """
    issue = _object(payload, "issue")
    default = _default_branch(payload)
    if isinstance(issue.get("pull_request"), dict):
        return Event(pulls=(_number(issue, inputs.event_path.name),), default_branch=default, privileged=True)
    body = read_body(str(issue.get("body") or ""))
    if body is None:
        return Event(default_branch=default, privileged=True, why_nothing="The issue is none of the gate's.")
    refs = (*body.refs, f"heads/{default}")
    return Event(refs=refs, open_pulls=not body.refs, default_branch=default, privileged=True)  # closed issues name no place


def _check_run(payload: dict[str, Any]) -> Event:
    run = _object(payload, "check_run")
    if not str(run.get("name", "")).startswith("bbws-gate / "):
        return Event(privileged=True, why_nothing="The check run is none of the gate's.")
    listed = run.get("pull_requests")
    pulls = tuple(_number(pull, "check_run") for pull in listed if isinstance(pull, dict)) if isinstance(listed, list) else ()
    return Event(pulls=pulls, commit="" if pulls else _sha(run, "head_sha"), default_branch=_default_branch(payload), privileged=True)


def _workflow_run(payload: dict[str, Any]) -> Event:
    """The run of another workflow, on a fork's pull request perhaps: GitHub then lists no pull requests, but names the branch."""
    run = _object(payload, "workflow_run")
    if run.get("event") not in {"pull_request", "pull_request_review"}:
        return Event(privileged=True, why_nothing="The workflow did not run for a pull request.")
    source = run.get("head_repository")
    owner = source.get("owner") if isinstance(source, dict) else None
    login, branch = owner.get("login") if isinstance(owner, dict) else None, run.get("head_branch")
    if not isinstance(login, str) or not isinstance(branch, str):
        return Event(privileged=True, why_nothing="The fork of the pull request was deleted.")
    return Event(branch=(login, branch), default_branch=_default_branch(payload), privileged=True)


def _payload(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_EVENT_BYTES:
            raise UsageError("the event file is larger than GitHub would write", where=path.name, mend=_MEND)
        payload = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"the event file cannot be read: {error.strerror}", where=path.name, mend=_MEND) from error
    except (ValueError, RecursionError) as error:
        raise UsageError("the event file is not JSON", where=path.name, mend=_MEND) from error
    if not isinstance(payload, dict):
        raise UsageError("the event file holds no object", where=path.name, mend=_MEND)
    return payload


def _object(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    if not isinstance(value, dict):
        raise UsageError(f"the event has no `{key}`", mend=_MEND)
    return value


def _number(holder: dict[str, Any], where: str) -> int:
    number = holder.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UsageError("the pull request has no number", where=where)
    return number


def _sha(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str):
        raise UsageError(f"the event has no `{key}`", mend=_MEND)
    return full_sha(value)


def _default_branch(payload: dict[str, Any]) -> str:
    name = _object(payload, "repository").get("default_branch")
    return name if isinstance(name, str) else ""


def _person(account: object) -> Person | None:
    if not isinstance(account, dict) or not isinstance(account.get("id"), int) or not isinstance(account.get("login"), str):
        return None
    return Person(account["id"], account["login"], bot=account.get("type") != "User")


def _event_sha(sha: str) -> str:
    if not sha:
        raise UsageError(
            "GITHUB_SHA is not set", mend="this program is started by a GitHub Actions runner; elsewhere use `bbws-gate check`"
        )
    return full_sha(sha)
