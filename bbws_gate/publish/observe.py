"""Reads from GitHub what is ours there: by author and marker, through every page, never by search (its index lags)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from bbws_gate.deferred import regex
from bbws_gate.publish import answers
from bbws_gate.publish.commands import OURS
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.github import Answer, GitHub
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.marker import ManagedBody, is_marked, issue_key, read_body
from bbws_gate.publish.observed import SAME_APP, ObservedCheck, ObservedComment, ObservedIssue, ObservedIssues
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.wanted import LABEL, Wanted

_PARENT = regex(r"/issues/(\d{1,9})$")


class Observer:
    """Looks at one repository as one author.

    Where ``known`` is true, lists that this run has read are taken as they were then: good enough to see that there is nothing to write,
    not to write.
    """

    def __init__(self, github: GitHub, sender: Sender, repository: str, identity: Identity, lists: Lists | None = None) -> None:
        """``lists``: with what the run has read so far; of its own when not given."""
        self._github = github
        self._sender = sender
        self._lists = lists or Lists(github, sender, remembers=True)
        self._root = f"/repos/{repository}"
        self._identity = identity
        self._default_branch = ""
        self._named: list[answers.CheckRun] = []
        self._made_issues: dict[int, answers.Issue] = {}
        self._made_comments: dict[int, dict[int, answers.Comment]] = {}

    @property
    def recalled(self) -> int:
        """How many lists were taken as they were when they were last read."""
        return self._lists.recalled

    def checks(self, name: str, head: str, *, known: bool = False) -> tuple[ObservedCheck, ...]:
        """Check runs of that name on the commit, oldest first: ours, and those that another workflow made under it as the same App."""
        path, query = f"{self._root}/commits/{head}/check-runs", {"check_name": name, "filter": "all"}
        pages = self._lists.pages(path, answers.CHECK_RUNS, query, known=known)
        found = (run for page in pages for run in page.check_runs if run.name == name)
        self._named = sorted(found, key=lambda run: run.id)
        return tuple(check for check in self._flagged() if check.foreign in ("", SAME_APP))

    def strangers(self) -> tuple[ObservedCheck, ...]:
        """Of the check runs that were last looked at: those that pass under the name and are not ours."""
        return tuple(check for check in self._flagged() if check.foreign and check.passes)

    def _flagged(self) -> Iterator[ObservedCheck]:
        return (replace(_check(run), foreign=self._foreign(run)) for run in self._named)

    def learn(self, run: answers.CheckRun) -> None:
        """Take the App's name from a check run that we have just made."""
        if run.app is not None and run.app.slug:
            self._identity = replace(self._identity, app=run.app.slug)

    def learn_issue(self, issue: answers.Issue) -> None:
        """Remember an issue that this run made: lists lag behind."""
        self._made_issues[issue.number] = issue

    def learn_comment(self, pull: int, comment: answers.Comment) -> None:
        """Remember a comment that this run made: lists lag behind."""
        self._made_comments.setdefault(pull, {})[comment.id] = comment

    def check(self, run: int) -> Answer[answers.CheckRun]:
        """One check run as it is now."""
        return self._sender.read(lambda: self._github.request("GET", f"{self._root}/check-runs/{run}", answers.CHECK_RUN))

    def status(self, context: str, head: str, *, known: bool = False) -> tuple[str, str] | None:
        """State and description of our latest commit status of that name."""
        for page in self._lists.pages(f"{self._root}/commits/{head}/statuses", answers.STATUSES, known=known):
            for status in page:
                if status.context == context and self._identity.wrote(status.creator):
                    return status.state, status.description or ""
        return None

    def comments(self, pull: int, marker: str, *, known: bool = False) -> tuple[ObservedComment, ...]:
        """Comments that we wrote and that carry the marker, oldest first."""
        pages = self._lists.pages(f"{self._root}/issues/{pull}/comments", answers.COMMENTS, known=known)
        every = {**self._made_comments.get(pull, {}), **{comment.id: comment for page in pages for comment in page}}
        ours = [each for each in every.values() if self._identity.wrote(each.user) and is_marked(each.body or "", marker)]
        return tuple(ObservedComment(comment.id, comment.body or "", comment.html_url) for comment in sorted(ours, key=lambda one: one.id))

    def comment(self, number: int) -> Answer[answers.Comment]:
        """One comment as it is now."""
        return self._sender.read(lambda: self._github.request("GET", f"{self._root}/issues/comments/{number}", answers.COMMENT))

    def issues(self, wanted: Wanted, *, known: bool = False) -> ObservedIssues:
        """Issues of ours for a project and environment, and what is needed to judge them from the wanted ref.

        Which refs are live is asked only for issues that may have to be closed: one that is wanted here stays open whoever else has it.
        """
        before = self.recalled
        found = self.own(wanted.project, wanted.environment, known=known)
        present, items = {issue.body.item for issue in found}, {issue.item for issue in wanted.issues or ()}
        missing = not items <= present
        leaving = (issue for issue in found if issue.is_open and issue.body.item not in items)
        shared = any(other != wanted.ref for issue in leaving for other in issue.body.refs)
        if missing and self.recalled > before:  # there is something to write, so all of this is looked at once more
            return ObservedIssues(found)
        milestone = self._milestone(wanted.milestone.title) if missing and wanted.milestone is not None else None
        return ObservedIssues(found, self.has_label() if missing else True, self._live_refs() if shared else None, milestone)

    def children(self, number: int) -> frozenset[int]:
        """Ids of the issues under one."""
        pages = self._lists.pages(f"{self._root}/issues/{number}/sub_issues", answers.ISSUES)
        return frozenset(issue.id for page in pages for issue in page)

    def blocked(self, number: int) -> frozenset[int]:
        """Ids of the issues that one blocks."""
        pages = self._lists.pages(f"{self._root}/issues/{number}/dependencies/blocking", answers.ISSUES)
        return frozenset(issue.id for page in pages for issue in page)

    def _milestone(self, title: str) -> int | None:
        try:
            pages = self._lists.pages(f"{self._root}/milestones", answers.MILESTONES, {"state": "all"})
            return next((each.number for page in pages for each in page if each.title == title), None)
        except Refused:
            return None

    def own(self, project: str, environment: str, *, known: bool = False) -> tuple[ObservedIssue, ...]:
        """Issues of ours for that project and environment, oldest first."""
        prefix = issue_key(project, environment, "")
        return tuple(issue for issue in self.own_issues(known=known) if issue.body.key.startswith(prefix))

    def issue(self, key: str) -> Answer[answers.Issue] | None:
        """The oldest issue of ours with that key."""
        number = next((issue.number for issue in self.own_issues() if issue.body.key == key), None)
        if number is None:
            return None
        return self._sender.read(lambda: self._github.request("GET", f"{self._root}/issues/{number}", answers.ISSUE))

    def head(self, pull: int) -> str:
        """The commit at the tip of a pull request."""
        return self._sender.read(lambda: self._github.request("GET", f"{self._root}/pulls/{pull}", answers.PULL)).data.head.sha

    def own_issues(self, *, known: bool = False) -> tuple[ObservedIssue, ...]:
        """By author, and by label, too, where the author's login is a guess; by label alone would not do, as people take labels off."""
        every = dict(self._made_issues)
        by_author, by_label = {"creator": self._identity.login}, {"labels": LABEL}
        for query in (by_label, by_author) if self._identity.id is None else (by_author,):
            for page in self._lists.pages(f"{self._root}/issues", answers.ISSUES, {"state": "all", **query}, known=known):
                every.update((issue.number, issue) for issue in page)
        found: list[ObservedIssue] = []
        for _, issue in sorted(every.items()):
            body = read_body(issue.body or "") if self._identity.wrote(issue.user) and issue.pull_request is None else None
            if body is not None:
                found.append(_issue(issue, body))
        return tuple(found)

    def _live_refs(self) -> frozenset[str]:
        pages = self._lists.pages(f"{self._root}/pulls", answers.PULLS, {"state": "open"})
        self._default_branch = self._default_branch or self._lists.one(self._root, answers.REPOSITORY).default_branch
        return frozenset({f"heads/{self._default_branch}", *(f"pull/{pull.number}" for page in pages for pull in page)})

    def has_label(self) -> bool:
        """Whether the label of our issues exists."""
        try:
            self._sender.read(lambda: self._github.request("GET", f"{self._root}/labels/{quote(LABEL)}", answers.LABEL))
        except Refused as refused:
            if refused.status == 404:
                return False
            raise
        return True

    def _foreign(self, run: answers.CheckRun) -> str:
        """Whose it is, when it is not ours: another App's, or one without what we leave in ``external_id``.

        Servers that name no App are taken at the name. Whoever copies the ``external_id`` of one of ours is not told from us here.
        """
        if run.app is not None and run.app.slug != self._identity.app:
            return run.app.slug or "another App"
        return "" if OURS.fullmatch(run.external_id or "") or (not run.external_id and run.status != "completed") else SAME_APP


def _issue(issue: answers.Issue, body: ManagedBody) -> ObservedIssue:
    return ObservedIssue(
        issue.number,
        issue.title,
        body,
        issue.state == "open",
        issue.html_url,
        id=issue.id,
        reason=issue.state_reason or "",
        comments=issue.comments,
        sub_issues=issue.sub_issues_summary.total if issue.sub_issues_summary else None,
        blockers=issue.issue_dependencies_summary.total_blocked_by if issue.issue_dependencies_summary else None,
        blocks=issue.issue_dependencies_summary.total_blocking if issue.issue_dependencies_summary else None,
        parent=int(found[1]) if (found := _PARENT.search(issue.parent_issue_url or "")) else None,
    )


def _check(run: answers.CheckRun) -> ObservedCheck:
    said = (run.conclusion or "", run.output.title or "", run.output.summary or "", run.output.text or "")
    return ObservedCheck(run.id, run.status == "completed", run.external_id or "", said, run.output.annotations_count, run.html_url or "")
