"""The parts of GitHub's answers about people, commits and files that are looked at."""

from __future__ import annotations

from pydantic import BaseModel, TypeAdapter

from bbws_gate.publish.answers import Account, App


class Review(BaseModel):
    """A review; its ``user`` is null when the account is gone, its time missing while it is pending."""

    id: int
    user: Account | None = None
    body: str | None = None
    state: str
    commit_id: str | None = None
    submitted_at: str | None = None
    html_url: str = ""


class Source(BaseModel):
    """The repository of a branch."""

    full_name: str


class Branch(BaseModel):
    """Head or base of a pull request; ``repo`` is null when a fork was deleted."""

    sha: str
    ref: str
    repo: Source | None = None


class PullRequest(BaseModel):
    """A pull request with what it was made from and what became of it."""

    number: int
    state: str = "open"
    user: Account | None = None
    head: Branch
    base: Branch
    commits: int | None = None
    """Only where one pull request is asked for."""
    merged_at: str | None = None
    merge_commit_sha: str | None = None
    html_url: str = ""


class Signature(BaseModel):
    """Whom git names; anybody can write any name there."""

    email: str | None = None


class Message(BaseModel):
    """The git part of a commit."""

    message: str = ""
    author: Signature | None = None
    committer: Signature | None = None


class Commit(BaseModel):
    """A commit and the accounts that GitHub knows for its e-mail addresses."""

    sha: str
    commit: Message
    author: Account | None = None
    committer: Account | None = None


class Activity(BaseModel):
    """A push."""

    after: str
    actor: Account | None = None


class Event(BaseModel):
    """Something that happened to an issue."""

    event: str
    actor: Account | None = None
    created_at: str = ""
    performed_via_github_app: App | None = None


class Permission(BaseModel):
    """What an account may do in a repository."""

    permission: str
    user: Account | None = None


class Deployment(BaseModel):
    """A deployment, newest first in lists."""

    id: int
    sha: str
    environment: str
    created_at: str = ""


class DeploymentStatus(BaseModel):
    """How a deployment went, newest first in lists."""

    state: str
    created_at: str = ""


class ChangedFile(BaseModel):
    """A file that differs; ``previous_filename`` where it was renamed."""

    filename: str
    previous_filename: str | None = None


class Comparison(BaseModel):
    """How one commit stands to another: ``identical``, ``behind``, ``ahead`` or ``diverged``; and what differs from where they parted."""

    status: str
    files: list[ChangedFile] | None = None


class Pointer(BaseModel):
    """Something that only has an id."""

    sha: str


class GitCommit(BaseModel):
    """A commit object."""

    sha: str
    tree: Pointer


class TreeEntry(BaseModel):
    """One line of a tree."""

    path: str
    mode: str
    type: str
    sha: str
    size: int = 0


class Tree(BaseModel):
    """A tree, all levels of it; ``truncated`` when GitHub left some out."""

    tree: list[TreeEntry]
    truncated: bool = False


class Blob(BaseModel):
    """A file's content."""

    content: str
    encoding: str


ACCOUNTS = TypeAdapter(list[Account])
ACTIVITIES = TypeAdapter(list[Activity])
BLOB = TypeAdapter(Blob)
COMMITS = TypeAdapter(list[Commit])
COMPARISON = TypeAdapter(Comparison)
DEPLOYMENTS = TypeAdapter(list[Deployment])
DEPLOYMENT_STATUSES = TypeAdapter(list[DeploymentStatus])
EVENTS = TypeAdapter(list[Event])
GIT_COMMIT = TypeAdapter(GitCommit)
PERMISSION = TypeAdapter(Permission)
PULL_REQUEST = TypeAdapter(PullRequest)
PULL_REQUESTS = TypeAdapter(list[PullRequest])
REVIEWS = TypeAdapter(list[Review])
TREE = TypeAdapter(Tree)
