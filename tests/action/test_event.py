from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.action.event import read_event
from bbws_gate.action.inputs import inputs_from
from bbws_gate.action.subject import Event, Subject
from bbws_gate.errors import UsageError
from bbws_gate.model.record import Person
from tests.action.workspace import pull_request_event

HEAD, BASE = "a" * 40, "b" * 40


def subject(folder: Path, payload: Any, name: str = "pull_request", **variables: str) -> Subject:
    (found,) = event(folder, payload, name, **variables).subjects
    return found


def event(folder: Path, payload: Any, name: str, **variables: str) -> Event:
    path = folder / "event.json"
    path.write_bytes(payload if isinstance(payload, bytes) else json.dumps(payload).encode())
    environ = {
        "INPUT_ENVIRONMENT": "sit",
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_REPOSITORY": "acme/infra",
        "GITHUB_SHA": HEAD,
        "GITHUB_REF": "refs/heads/main",
        **variables,
    }
    return read_event(inputs_from(environ))


def test_pull_request__is_described_by_the_event_where_that_names_its_author(tmp_path: Path) -> None:
    event = pull_request_event(12, HEAD, BASE, user={"id": 5, "login": "octocat", "type": "User"})
    described = subject(tmp_path, event).described
    assert described is not None
    assert described.user is not None
    assert (described.number, described.head.sha, described.user.id) == (12, HEAD, 5)


def test_pull_request__head_is_assessed_and_base_judges(tmp_path: Path) -> None:
    assert subject(tmp_path, pull_request_event(12, HEAD, BASE)) == Subject(HEAD, BASE, "pull/12", 12, read_only=False)


@pytest.mark.parametrize("source", ["mallory/infra", None])
def test_pull_request__of_a_fork_is_read_only(tmp_path: Path, source: str | None) -> None:
    assert subject(tmp_path, pull_request_event(12, HEAD, BASE, source=source)).read_only


def test_pull_request__of_dependabot_is_read_only(tmp_path: Path) -> None:
    assert subject(tmp_path, pull_request_event(12, HEAD, BASE), GITHUB_ACTOR="dependabot[bot]").read_only


def test_pull_request__repository_names_know_no_case(tmp_path: Path) -> None:
    assert not subject(tmp_path, pull_request_event(12, HEAD, BASE, source="Acme/Infra")).read_only


def test_pull_request_target__can_write_for_forks_too(tmp_path: Path) -> None:
    assert not subject(tmp_path, pull_request_event(12, HEAD, BASE, source="mallory/infra"), "pull_request_target").read_only


def test_merge_group__is_judged_by_its_base(tmp_path: Path) -> None:
    payload = {"merge_group": {"head_sha": HEAD, "base_sha": BASE}}
    assert subject(tmp_path, payload, "merge_group") == Subject(HEAD, BASE, "merge_group", None, read_only=False)


@pytest.mark.parametrize("name", ["push", "workflow_dispatch", "schedule"])
@pytest.mark.parametrize(("ref", "on_default"), [("refs/heads/main", True), ("refs/heads/topic", False), ("refs/tags/main", False)])
def test_commit_events__assess_the_commit_itself(tmp_path: Path, name: str, ref: str, *, on_default: bool) -> None:
    found = subject(tmp_path, {"repository": {"default_branch": "main"}}, name, GITHUB_REF=ref)
    assert found == Subject(HEAD, None, ref.removeprefix("refs/"), None, read_only=False, on_default_branch=on_default)


@pytest.mark.parametrize("name", ["release", "check_suite", "deployment"])
def test_other_events__are_refused_with_those_that_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="pull_request, pull_request_target, pull_request_review, merge_group, push"):
        subject(tmp_path, {}, name)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "holds no object"),
        ({}, "no pull request"),
        ({"pull_request": None}, "no pull request"),
        ({"pull_request": {"number": "1"}}, "no number"),
        ({"pull_request": {"number": True}}, "no number"),
        ({"pull_request": {"number": 1}}, "no `head`"),
        ({"pull_request": {"number": 1, "head": {"sha": HEAD}}}, "no `base`"),
        ({"pull_request": {"number": 1, "head": {"sha": "main"}, "base": {"sha": BASE}}}, "not a full commit id"),
        ({"pull_request": {"number": 1, "head": {"sha": "--upload-pack=x"}, "base": {"sha": BASE}}}, "not a full commit id"),
        ({"pull_request": {"number": 1, "head": {"sha": 7}, "base": {"sha": BASE}}}, "no `sha`"),
    ],
)
def test_event_file__that_github_would_not_write(tmp_path: Path, payload: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        subject(tmp_path, payload)


def test_event_file__missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        subject(tmp_path, {}, GITHUB_EVENT_PATH=str(tmp_path / "none.json"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)


@given(st.fixed_dictionaries({}, optional={"pull_request": JSON | st.fixed_dictionaries({"number": JSON, "head": JSON, "base": JSON})}))
def test_event_file__whatever_it_holds_gives_a_subject_or_one_clear_error(tmp_path_factory: pytest.TempPathFactory, payload: Any) -> None:
    try:
        found = subject(tmp_path_factory.mktemp("event"), payload)
    except UsageError:
        return
    assert len(found.head) in {40, 64}


REPOSITORY_OF = {"repository": {"default_branch": "main"}}
OURS = "text\n<!-- bbws-gate:issue orders/sit/decision%2Fx refs=pull/3,heads/main -->\nask\n<!-- bbws-gate:end -->\n"


@pytest.mark.parametrize("name", ["issue_comment", "issues"])
def test_issue_events__mean_the_pull_request_or_every_place_where_our_issue_is_open(tmp_path: Path, name: str) -> None:
    on_pull = event(tmp_path, {**REPOSITORY_OF, "issue": {"number": 3, "pull_request": {}}}, name)
    assert (on_pull.pulls, on_pull.privileged) == ((3,), True)
    assert event(tmp_path, {**REPOSITORY_OF, "issue": {"number": 9, "body": OURS}}, name).refs == ("pull/3", "heads/main", "heads/main")
    closed = event(tmp_path, {**REPOSITORY_OF, "issue": {"number": 9, "body": OURS.replace("pull/3,heads/main", "")}}, name)
    assert closed.open_pulls
    assert "none of the gate's" in event(tmp_path, {**REPOSITORY_OF, "issue": {"number": 9, "body": None}}, name).why_nothing


def test_review__is_read_only_on_a_fork(tmp_path: Path) -> None:
    assert subject(tmp_path, pull_request_event(12, HEAD, BASE, source="mallory/infra"), "pull_request_review").read_only
    assert not subject(tmp_path, pull_request_event(12, HEAD, BASE), "pull_request_review").read_only


def test_merge_group__speaks_for_the_pull_request_in_its_branch(tmp_path: Path) -> None:
    group = {"head_sha": HEAD, "base_sha": BASE, "head_ref": f"refs/heads/gh-readonly-queue/main/pr-12-{BASE}"}
    assert subject(tmp_path, {"merge_group": group}, "merge_group").said_on == 12


def test_synchronize__names_who_pushed(tmp_path: Path) -> None:
    payload = {**pull_request_event(12, HEAD, BASE), "sender": {"id": 5, "login": "lead", "type": "User"}}
    assert subject(tmp_path, payload).pushed_by == Person(5, "lead")
    assert subject(tmp_path, {**payload, "action": "edited"}).pushed_by is None


def test_check_run__rerequested_means_its_pull_requests_or_its_commit(tmp_path: Path) -> None:
    run = {"name": "bbws-gate / orders / sit", "head_sha": HEAD, "pull_requests": [{"number": 4}]}
    assert event(tmp_path, {**REPOSITORY_OF, "check_run": run}, "check_run").pulls == (4,)
    assert event(tmp_path, {**REPOSITORY_OF, "check_run": {**run, "pull_requests": []}}, "check_run").commit == HEAD
    assert event(tmp_path, {**REPOSITORY_OF, "check_run": {**run, "name": "lint"}}, "check_run").why_nothing


def test_workflow_run__names_a_branch_and_nothing_that_the_run_left_behind(tmp_path: Path) -> None:
    run = {"event": "pull_request", "head_branch": "change", "head_repository": {"owner": {"login": "mallory"}}}
    assert event(tmp_path, {**REPOSITORY_OF, "workflow_run": run}, "workflow_run").branch == ("mallory", "change")
    assert event(tmp_path, {**REPOSITORY_OF, "workflow_run": {**run, "event": "push"}}, "workflow_run").why_nothing
    assert event(tmp_path, {**REPOSITORY_OF, "workflow_run": {**run, "head_repository": None}}, "workflow_run").why_nothing


def test_schedule__looks_at_open_pull_requests_too(tmp_path: Path) -> None:
    assert event(tmp_path, REPOSITORY_OF, "schedule").open_pulls
    assert not event(tmp_path, REPOSITORY_OF, "push").open_pulls
