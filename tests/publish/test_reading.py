"""What people did, read from GitHub: who is behind a change, who may do what, and what cannot be known."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from bbws_gate.errors import PublishError, SourceError
from bbws_gate.isolation import isolated
from bbws_gate.publish.failures import ApiFailure, Refused, Uncertain
from bbws_gate.publish.github import Answer, GitHub, Shape
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.publish.reading.pulls import Pulls
from bbws_gate.publish.reading.record import Reading, RecordReader
from bbws_gate.publish.reading.tree import ApiTree, Commits, Fetched
from bbws_gate.publish.sending import Sender
from bbws_gate.repository import Kind
from bbws_gate.repository import Refused as NotRead
from tests.publish.fake import FakeClock

HEAD = "a" * 40
ROOT = "/repos/acme/infra"
LEAD = {"id": 1, "login": "lead", "type": "User"}
DBA = {"id": 2, "login": "dba", "type": "User"}
AUTHOR = {"id": 3, "login": "octocat", "type": "User"}
ROLES = {"tech-lead": (("Lead",), ()), "dba": ((), ("acme/dba",))}


class Answers(GitHub):
    """Fixed answers by path; everything else is refused."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self.rows = dict(rows)
        self.asked: list[str] = []

    def request(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        unless: str = "",
    ) -> Answer[Shape]:
        self.asked.append(path)
        found = self.rows.get(path, Refused("Not Found", status=404))
        if isinstance(found, ApiFailure):
            raise found
        return Answer(shape.validate_python(found), {})

    def following(self, answer: Answer[Shape]) -> str | None:
        return None


def comment(number: int, user: Any, text: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "user": user, "body": text, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", **more}


def commit(sha: str = HEAD, message: str = "change", author: Any = AUTHOR, email: str = "octocat@example.test") -> dict[str, Any]:
    return {
        "sha": sha,
        "author": author,
        "committer": author,
        "commit": {"message": message, "author": {"email": email}, "committer": {"email": email}},
    }


SAID = {"issues/1/comments": [comment(7, LEAD, "/gate status")]}
"""Somebody spoke, so the people behind the change are looked up."""


def rows(**more: Any) -> dict[str, Any]:
    found = {
        f"{ROOT}/pulls/1/commits": [commit()],
        f"{ROOT}/activity": [{"after": HEAD, "actor": AUTHOR}],
        f"{ROOT}/issues/1/comments": [],
        f"{ROOT}/pulls/1/reviews": [],
    }
    return {**found, **{f"{ROOT}/{path}" if not path.startswith("/") else path: value for path, value in more.items()}}


def read(answers: Mapping[str, Any], head_repo: str | None = "acme/infra") -> tuple[Reading, Answers]:
    github = Answers(answers)
    lists = Lists(github, Sender(FakeClock(), jitter=lambda: 0.0))
    repo = {"full_name": head_repo} if head_repo else None
    pull = PullRequest.model_validate(
        {
            "number": 1,
            "user": AUTHOR,
            "commits": 1,
            "head": {"sha": HEAD, "ref": "change", "repo": repo},
            "base": {"sha": "b" * 40, "ref": "main"},
        }
    )
    identity = Identity("github-actions[bot]", None, "github-actions")
    return RecordReader(lists, "acme/infra", identity).read(pull, HEAD, tuple, ROLES), github


def test_record__nobody_spoke_asks_for_nobody() -> None:
    reading, github = read(rows(**{"issues/1/comments": [comment(7, LEAD, "Nice!")]}))
    assert github.asked == [f"{ROOT}/issues/1/comments", f"{ROOT}/pulls/1/reviews"]
    assert reading.record.unreadable == {}
    assert reading.record.change is not None
    assert reading.record.change.author is not None
    assert reading.record.change.author.id == AUTHOR["id"]


def test_record__roles_and_permissions_are_looked_up_for_those_who_spoke() -> None:
    said = [comment(7, LEAD, "/gate approve tech-lead aaaaaaa"), comment(8, DBA, "/gate status", updated_at="2026-01-02T00:00:00Z")]
    more = {
        "issues/1/comments": said,
        "/orgs/acme/teams/dba/members": [DBA],
        "collaborators/lead/permission": {"permission": "write", "user": LEAD},
        "collaborators/dba/permission": {"permission": "read", "user": DBA},
    }
    record = read(rows(**more))[0].record
    assert record.members == {"tech-lead": frozenset({1}), "dba": frozenset({2})}
    assert record.writers == frozenset({1})
    assert [remark.edited for remark in record.remarks] == [False, True]


def test_record__login_that_now_belongs_to_another_account_may_not_write() -> None:
    other = {**LEAD, "id": 99}
    more = {
        "issues/1/comments": [comment(7, LEAD, "/gate status")],
        "collaborators/lead/permission": {"permission": "admin", "user": other},
    }
    assert read(rows(**more))[0].record.writers == frozenset()


def test_record__team_that_cannot_be_read_is_named_with_the_remedy() -> None:
    record = read(rows(**{"issues/1/comments": [comment(7, LEAD, "/gate status")]}))[0].record
    assert "members: read" in record.unreadable["dba"]
    assert record.members["dba"] == frozenset()


@pytest.mark.parametrize(
    ("path", "part"),
    [("issues/1/comments", "remarks"), ("pulls/1/reviews", "reviews"), ("pulls/1/commits", "change"), ("activity", "change")],
)
def test_record__part_that_is_refused_is_unreadable_and_the_rest_stands(path: str, part: str) -> None:
    reviewed = {"pulls/1/reviews": [{"id": 1, "user": LEAD, "state": "APPROVED", "commit_id": HEAD}]}
    record = read(rows(**{**SAID, **reviewed, path: Refused("Resource not accessible by integration", status=403)}))[0].record
    assert set(record.unreadable) - {"dba"} == {part}
    assert "not accessible" in record.unreadable[part]


def test_record__server_that_fails_is_no_record() -> None:
    with pytest.raises(PublishError):
        read(rows(**{"pulls/1/reviews": Uncertain("Bad Gateway", status=502)}))


def test_remarks__what_an_app_wrote_in_somebodys_name_is_a_bots() -> None:
    said = [comment(7, LEAD, "/gate approve tech-lead aaaaaaa", performed_via_github_app={"slug": "helper"})]
    (remark,) = read(rows(**{"issues/1/comments": said}))[0].record.remarks
    assert remark.author is not None
    assert remark.author.bot


def test_remarks__our_own_report_is_left_out_and_a_forged_one_is_not() -> None:
    bot = {"id": 9, "login": "github-actions[bot]", "type": "Bot"}
    text = "<!-- bbws-gate:orders/sit -->\nREADY"
    record = read(rows(**{"issues/1/comments": [comment(7, bot, text), comment(8, LEAD, text)]}))[0].record
    assert [remark.id for remark in record.remarks] == [8]


@pytest.mark.parametrize(
    ("trailer", "people", "unknown"),
    [
        ("", [3], ()),
        ("\n\nCo-authored-by: D <2+dba@users.noreply.github.com>", [2, 3], ()),
        ("\n\nco-authored-by: D <dba@users.noreply.github.com>\nCo-Authored-By: X <x@example.test>", [2, 3], ("x@example.test",)),
    ],
)
def test_change__co_authors_are_behind_it_too(trailer: str, people: list[int], unknown: tuple[str, ...]) -> None:
    change = read(rows(**SAID, **{"pulls/1/commits": [commit(message=f"change{trailer}")], "/users/dba": DBA}))[0].record.change
    assert change is not None
    assert [one.id for one in change.pushers] == people
    assert change.unknown_pushers == unknown


def test_change__whoever_pushed_counts_whatever_the_commit_says() -> None:
    change = read(rows(**SAID, activity=[{"after": "c" * 40, "actor": DBA}, {"after": HEAD, "actor": LEAD}]))[0].record.change
    assert change is not None
    assert [one.id for one in change.pushers] == [1, 3]


def test_change__commits_that_were_replaced_by_force_can_still_be_named() -> None:
    change = read(rows(**SAID, activity=[{"after": HEAD, "actor": LEAD}, {"after": "c" * 40, "actor": LEAD}]))[0].record.change
    assert change is not None
    assert change.commits == (HEAD, "c" * 40)


@pytest.mark.parametrize(("repo", "activity", "words"), [(None, [], "fork was deleted"), ("acme/infra", [], "does not say yet who pushed")])
def test_change__unknown_pusher_is_said(repo: str | None, activity: list[Any], words: str) -> None:
    assert words in read(rows(**SAID, activity=activity), repo)[0].record.unreadable["change"]


def blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def tree(entries: list[dict[str, Any]], contents: Mapping[str, bytes] | None = None, *, truncated: bool = False) -> ApiTree:
    git = f"{ROOT}/git"
    found: dict[str, Any] = {
        f"{git}/commits/{HEAD}": {"sha": HEAD, "tree": {"sha": "t"}},
        f"{git}/trees/t": {"tree": entries, "truncated": truncated},
        **{
            f"{git}/blobs/{sha}": {"content": base64.b64encode(text).decode(), "encoding": "base64"}
            for sha, text in (contents or {}).items()
        },
    }
    return ApiTree(Fetched(Lists(Answers(found), Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra"), HEAD)


def entry(path: str, sha: str, mode: str = "100644", size: int = 5) -> dict[str, Any]:
    return {"path": path, "mode": mode, "type": "blob", "sha": sha, "size": size}


def test_tree__reads_what_git_knows_under_that_id() -> None:
    sha = blob(b"hello")
    assert tree([entry("a/b.tf", sha)], {sha: b"hello"}).read("a/b.tf") == b"hello"


def test_commits__worker_that_has_no_network_has_its_supervisor_ask_for_git_objects() -> None:
    sha = blob(b"hello")
    root = f"{ROOT}/git"
    rows = {
        f"{root}/commits/{HEAD}": {"sha": HEAD, "tree": {"sha": "b" * 40}},
        f"{root}/trees/{'b' * 40}": {"tree": [entry("a.tf", sha)]},
        f"{root}/blobs/{sha}": {"content": base64.b64encode(b"hello").decode(), "encoding": "base64"},
    }
    github = Answers(rows)
    commits = Commits(None, Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra")
    for _ in range(2):
        assert isolated(lambda: commits.open(HEAD).read("a.tf").decode(), str, answer=commits.answer) == "hello"
    assert github.asked.count(f"{root}/blobs/{sha}") == 1


@pytest.mark.parametrize("question", ['["issues", "1"]', '["blobs", "../../user"]', '["commits", "main"]'])
def test_commits__worker_is_told_of_git_objects_only(question: str) -> None:
    github = Answers({})
    told = Commits(None, Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra").answer(question)
    assert told == b'{"refused": "no git object has such an id"}'
    assert github.asked == []


def test_tree__content_that_is_another_is_refused() -> None:
    sha = blob(b"hello")
    with pytest.raises(NotRead, match="another content"):
        tree([entry("b.tf", sha)], {sha: b"hullo"}).read("b.tf")


@pytest.mark.parametrize(("mode", "kind"), [("120000", Kind.SYMLINK), ("160000", Kind.SUBMODULE)])
def test_tree__links_and_submodules_are_not_followed(mode: str, kind: Kind) -> None:
    found = tree([entry("b.tf", "c" * 40, mode)])
    shown = found.entry("b.tf")
    assert shown is not None
    assert shown.kind is kind
    with pytest.raises(NotRead):
        found.read("b.tf")


def test_tree__too_large_is_refused_unread() -> None:
    with pytest.raises(NotRead, match="larger than"):
        tree([entry("b.tf", "c" * 40, size=2_000_000)]).read("b.tf")


def test_tree__list_that_github_cut_is_no_tree() -> None:
    with pytest.raises(SourceError, match="more files than GitHub lists"):
        tree([], truncated=True)


def test_commits__one_that_is_nowhere_is_none_with_the_reason(tmp_path: Path) -> None:
    commits = Commits(tmp_path, Lists(Answers({}), Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra")
    assert commits(HEAD) is None
    assert "neither in the checkout nor on GitHub" in commits.problems[HEAD]
    assert commits("main") is None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([{"filename": "b", "previous_filename": "a"}, {"filename": "c"}], ("b", "a", "c")),
        ([{"filename": str(number)} for number in range(300)], None),
        (None, None),
    ],
)
def test_pulls__changed_paths_are_all_or_unknown(files: list[Any] | None, expected: tuple[str, ...] | None) -> None:
    github = Answers({f"{ROOT}/compare/b...a": {"status": "ahead", "files": files}})
    assert Pulls(Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra").changed("b", "a") == expected


@pytest.mark.parametrize(("status", "contained"), [("identical", True), ("behind", True), ("ahead", False), ("diverged", False)])
def test_pulls__commit_of_a_fork_is_on_no_branch(status: str, *, contained: bool) -> None:
    github = Answers({f"{ROOT}/compare/main...a": {"status": status}})
    assert Pulls(Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra").is_on("main", "a") is contained


def test_pulls__the_merge_that_made_the_commit_comes_first() -> None:
    branch = {"sha": HEAD, "ref": "main", "repo": None}
    pulls = [
        {"number": number, "head": branch, "base": branch, "merged_at": at, "merge_commit_sha": sha}
        for number, at, sha in ((1, "2026-01-03", "other"), (2, "2026-01-01", HEAD), (3, None, HEAD))
    ]
    github = Answers({f"{ROOT}/commits/{HEAD}/pulls": pulls})
    merged = Pulls(Lists(github, Sender(FakeClock(), jitter=lambda: 0.0)), "acme/infra").merged_by(HEAD)
    assert merged is not None
    assert merged.number == 2
