"""The parts of GitHub's answers that are looked at. What is not named here is ignored; what is named must be there."""

from __future__ import annotations

from pydantic import BaseModel, Field, TypeAdapter


class Account(BaseModel):
    """A user, bots included."""

    id: int
    login: str
    type: str = "User"
    """``User``, ``Bot`` or ``Organization``."""


class App(BaseModel):
    """The GitHub App that made something."""

    slug: str | None = None


class Comment(BaseModel):
    """A comment on an issue or a pull request."""

    id: int
    body: str | None = None
    user: Account | None = None
    html_url: str = ""
    created_at: str = ""
    updated_at: str = ""
    performed_via_github_app: App | None = None
    reactions: dict[str, object] | None = None
    """How many there are of each kind, among other things."""


class Label(BaseModel):
    """A label of the repository."""

    name: str


class SubIssues(BaseModel):
    """How many issues stand under one."""

    total: int = 0


class Dependencies(BaseModel):
    """How many issues stand in the way of one, and in how many others' way it stands."""

    total_blocked_by: int = 0
    total_blocking: int | None = None


class Issue(BaseModel):
    """An issue, or a pull request seen as one."""

    id: int = 0
    number: int
    title: str
    body: str | None = None
    state: str
    user: Account | None = None
    state_reason: str | None = None
    comments: int = 0
    html_url: str = ""
    parent_issue_url: str | None = None
    sub_issues_summary: SubIssues | None = None
    issue_dependencies_summary: Dependencies | None = None
    pull_request: dict[str, object] | None = None


class Output(BaseModel):
    """What a check run shows."""

    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations_count: int = 0


class CheckRun(BaseModel):
    """A check run."""

    id: int
    name: str
    status: str
    conclusion: str | None = None
    external_id: str | None = None
    html_url: str | None = None
    app: App | None = None
    output: Output = Field(default_factory=Output)


class CheckRuns(BaseModel):
    """One page of check runs."""

    check_runs: list[CheckRun]


class CommitStatus(BaseModel):
    """A commit status."""

    context: str
    state: str
    description: str | None = None
    creator: Account | None = None


class Head(BaseModel):
    """The tip of a pull request."""

    sha: str


class Pull(BaseModel):
    """A pull request."""

    number: int
    head: Head


class Repository(BaseModel):
    """A repository."""

    default_branch: str


class Milestone(BaseModel):
    """A milestone."""

    number: int
    title: str


class Reaction(BaseModel):
    """A reaction to a comment."""

    id: int


ACCOUNT = TypeAdapter(Account)
CHECK_RUN = TypeAdapter(CheckRun)
CHECK_RUNS = TypeAdapter(CheckRuns)
COMMENT = TypeAdapter(Comment)
COMMENTS = TypeAdapter(list[Comment])
ISSUE = TypeAdapter(Issue)
ISSUES = TypeAdapter(list[Issue])
LABEL = TypeAdapter(Label)
MILESTONE = TypeAdapter(Milestone)
MILESTONES = TypeAdapter(list[Milestone])
NOTHING = TypeAdapter(None)
PULL = TypeAdapter(Pull)
PULLS = TypeAdapter(list[Pull])
REACTION = TypeAdapter(Reaction)
REPOSITORY = TypeAdapter(Repository)
STATUS = TypeAdapter(CommitStatus)
STATUSES = TypeAdapter(list[CommitStatus])
