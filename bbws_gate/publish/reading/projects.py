"""Projects of a portfolio that nobody checked out: read through GitHub's API, and assessed with what people said there."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, TypeAdapter

from bbws_gate.deferred import dataclass
from bbws_gate.errors import GateError, PublishError, SourceError
from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment, Status
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.portfolio.file import ProjectEntry
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import Identity, who_am_i
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.reading.answers import Pointer, PullRequest
from bbws_gate.publish.reading.pulls import Pulls
from bbws_gate.publish.reading.record import Reading, RecordReader, unreadable
from bbws_gate.publish.reading.tree import Commits, Contents
from bbws_gate.publish.refusals import TOKEN_MEND
from bbws_gate.publish.sending import Sender, SystemClock
from bbws_gate.repository import Repository
from bbws_gate.spec import LoadedSpec

MAX_SILENCES = 2
"""Projects in a row for which GitHub does not answer; after them nobody waits for the others."""
_NOT_ACCEPTED, _EMPTY = 401, 409
"""https://docs.github.com/rest/commits/commits#list-commits"""


class _Committed(BaseModel):
    tree: Pointer


class _Tip(BaseModel):
    sha: str
    commit: _Committed


_TIPS = TypeAdapter(list[_Tip])


@dataclass(frozen=True, slots=True)
class _Opened:
    """A project's files at one commit, and what judges them."""

    name: str
    commit: str
    commits: Commits
    files: Repository
    spec: LoadedSpec
    identity: Identity


class Projects:
    """Assesses one project after the other over one connection: serial, paced, bounded by the sender's patience.

    A project whose environment is assessed has its tree listed once and every content asked for once.

    Args:
        github: the connection, with the token that reads.
        sender: how to ask.
        token: tells who the token belongs to: issues of ours count only when we wrote them.
        app_slug: the App behind an installation's token; empty for the job's own.
    """

    def __init__(self, github: GitHub, sender: Sender, *, token: str, app_slug: str = "") -> None:
        self._github = github
        self._sender = sender
        self._lists = Lists(github, sender)
        self._contents = Contents()
        self._token = token
        self._app_slug = app_slug
        self._identity: Identity | None = None
        self._last: tuple[ProjectEntry, _Opened | GateError] | None = None
        self._answered = False
        self._silence: PublishError | None = None
        self._silences = 0
        self.asked_for = 0
        """Projects that were to be read."""

    @property
    def requests(self) -> int:
        """How many were sent."""
        return self._github.requests

    @property
    def unreached(self) -> PublishError | None:
        """Why GitHub could not be reached at all; None when it answered for at least one project, or nobody asked."""
        return None if self._answered else self._silence

    def assess(self, project: ProjectEntry, environment: str, assessed_at: str) -> Assessment:
        """One project for one environment, at the tip of its ``ref`` or of the default branch.

        Raises:
            SourceError: this token is shown no such repository or branch, or it holds no commit.
            SpecError: no valid spec in it.
            UsageError: an environment that the spec does not have.
            PublishError: GitHub does not answer, or does not accept the token.
            WorkerDied: reading and evaluating ended without a result.
        """
        opened = self._opened(project)
        if isinstance(opened, GateError):
            raise opened
        try:
            found = self._assess(opened, environment, assessed_at)
        except GateError as error:
            self._note(error)
            raise
        self._silences = 0
        return found

    def _opened(self, project: ProjectEntry) -> _Opened | GateError:
        """Environments of one project follow each other and share what was read, or why it cannot be."""
        if self._last is None or self._last[0] is not project:
            self.asked_for += 1
            try:
                self._last = project, self._open(project)
            except GateError as error:
                self._note(error)
                self._last = project, error
        return self._last[1]

    def _note(self, error: GateError) -> None:
        """An outage ends with the first project that fails for a reason of its own, or that is read as a whole."""
        self._silences = self._silences + 1 if isinstance(error, PublishError) else 0
        if isinstance(error, PublishError):
            self._silence = error

    def _open(self, project: ProjectEntry) -> _Opened:
        if self._silence is not None and self._silences >= MAX_SILENCES:
            raise self._silence
        if self._identity is None:
            self._identity = who_am_i(self._github, self._sender, token=self._token, app_slug=self._app_slug)
        name = project.repository or ""
        tip = self._tip(name, project.ref)
        commits = Commits(None, self._lists, name, self._contents)
        files = commits.open(tip.sha, tree=tip.commit.tree.sha)
        isolated(lambda: bool(read_spec(files, project.spec)), bool, answer=commits.answer)  # bounded there,
        spec = read_spec(files, project.spec)  # and the same bytes here
        if spec.spec.project != project.project:
            raise SourceError(f"is the spec of {spec.spec.project}, not of {project.project}", where=project.spec)
        return _Opened(name, tip.sha, commits, files, spec, self._identity)

    def _tip(self, name: str, ref: str | None) -> _Tip:
        where = f"{name}@{ref}" if ref else name
        try:
            found = self._lists.one(f"/repos/{name}/commits", _TIPS, {"per_page": 1, **({"sha": ref} if ref else {})})
        except Refused as refused:
            if refused.status == _NOT_ACCEPTED:
                raise PublishError("GitHub does not accept the token", mend=TOKEN_MEND) from refused
            self._answered = True
            if refused.status == _EMPTY:
                raise SourceError("the repository holds no commit", where=where) from refused
            mend = f"check {'both names' if ref else 'the name'}, and that the token has `contents: read` there"
            raise SourceError(f"cannot be read from GitHub: {refused.message}", where=where, mend=mend) from refused
        self._answered = True
        if not found:
            raise SourceError("the repository holds no commit", where=where)
        return found[0]

    def _assess(self, opened: _Opened, environment: str, assessed_at: str) -> Assessment:
        """With the first pull request under which it is ready; else under the one that brought the commit.

        Nobody's word is looked for where the spec asks for none and there is no finding that somebody could have waived.
        """
        spec = opened.spec.spec
        if not (spec.approvals or spec.decisions or spec.actions):
            alone = _judged(opened, environment, assessed_at, None)
            if alone.status is Status.READY and not alone.findings:
                return alone
        first: Assessment | None = None
        for reading in self._readings(opened, environment):
            found = _judged(opened, environment, assessed_at, reading)
            if found.status in (Status.READY, Status.READY_WITH_WARNINGS):
                return found
            first = first or found
        return first if first is not None else _judged(opened, environment, assessed_at, self._read(opened, environment, None))

    def _readings(self, opened: _Opened, environment: str) -> Iterator[Reading]:
        """What people said on each pull request that may count. Where GitHub does not tell, nothing of it does."""
        try:
            for pull in Pulls(self._lists, opened.name).bringing(opened.commit, opened.spec.spec.terraform.root):
                yield self._read(opened, environment, pull)
        except Refused as refused:
            mend = "give the token `pull-requests: read` there"
            yield unreadable(None, opened.commit, PublishError(f"cannot be read: {refused.message}", mend=mend))

    def _read(self, opened: _Opened, environment: str, pull: PullRequest | None) -> Reading:
        spec = opened.spec.spec
        observer = Observer(self._github, self._sender, opened.name, opened.identity)
        roles = {role: (members.users, members.teams) for role, members in spec.roles.items()}
        reader = RecordReader(self._lists, opened.name, opened.identity)
        return reader.read(pull, opened.commit, lambda: observer.own(spec.project, environment), roles)


def connect(token: str, address: str, *, app_slug: str = "") -> Projects:
    """Projects behind a token.

    Args:
        token: what reads them.
        address: of the API.
        app_slug: see :class:`Projects`.
    """
    return Projects(GitHub(token, address), Sender(SystemClock()), token=token, app_slug=app_slug)


def _judged(opened: _Opened, environment: str, assessed_at: str, reading: Reading | None) -> Assessment:
    return isolated(
        lambda: assess_repository(
            opened.files,
            opened.spec,
            environment,
            commit=opened.commit,
            assessed_at=assessed_at,
            record=reading.record if reading is not None else None,
            open_commit=opened.commits,
        ),
        Assessment,
        answer=opened.commits.answer,
    )
