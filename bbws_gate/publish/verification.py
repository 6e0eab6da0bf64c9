"""The question before a deployment: may exactly this commit go to this environment now? Gathers the facts; ``govern.verify`` judges them.

Nothing that was written earlier is believed: no check run, no comment, no status. The commit is assessed again, with what people said on
the pull request that brought it; a squashed or rebased commit counts as the one they saw when its content is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bbws_gate.deferred import dataclass
from bbws_gate.errors import GateError
from bbws_gate.govern.verify import Code, Deployment, Reason, Verdict, verify
from bbws_gate.isolation import isolated
from bbws_gate.model import Assessment, Status
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.publish.deployments import Deployments
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.reading.answers import PullRequest
from bbws_gate.publish.reading.pulls import Pulls
from bbws_gate.publish.reading.record import RecordReader
from bbws_gate.publish.reading.tree import Commits
from bbws_gate.publish.refusals import explained
from bbws_gate.publish.sending import Sender
from bbws_gate.repository import Repository
from bbws_gate.spec import LoadedSpec

PLAN_DIFFERS, PLAN_UNREADABLE = "PLN001", "PLN002"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    environment: str
    commit: str
    """By its full id."""
    spec_path: str
    assessed_at: str
    """UTC, ISO 8601."""
    plan: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict and what it is about."""

    verdict: Verdict
    assessment: Assessment
    pull: int | None
    """The pull request whose approvals and decisions count."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the facts are on GitHub."""

    pulls: Pulls
    records: RecordReader
    observer: Observer
    deployments: Deployments


def sources_of(github: GitHub, sender: Sender, repository: str, identity: Identity) -> Sources:
    """The sources behind one connection."""
    lists = Lists(github, sender)
    observer = Observer(github, sender, repository, identity)
    return Sources(Pulls(lists, repository), RecordReader(lists, repository, identity), observer, Deployments(lists, repository))


class Verifier:
    """Answers questions about one repository.

    Args:
        commits: opens commits.
        sources: GitHub; None when there is no token: what people said is then unknown, and what needs it is not allowed.
    """

    def __init__(self, commits: Commits, sources: Sources | None) -> None:
        self._commits = commits
        self._sources = sources

    def verify(self, question: Question) -> Answer:
        """The answer; allowed only when nothing stands in the way.

        Raises:
            UsageError: no full commit id, or an environment that the spec does not have.
            SpecError: no valid spec in that commit.
            SourceError: the commit cannot be read.
            PublishError: GitHub does not answer.
        """
        try:
            return self._verify(question)
        except Refused as refused:
            raise explained(refused, "read what the deployment depends on", "pull-requests: read") from refused

    def _verify(self, question: Question) -> Answer:
        tree = self._commits.open(question.commit)
        isolated(lambda: bool(read_spec(tree, question.spec_path)), bool, answer=self._commits.answer)  # bounded there,
        spec = read_spec(tree, question.spec_path)  # and the same bytes here
        spec.spec.environment(question.environment)
        pulls = self._sources.pulls.bringing(question.commit, spec.spec.terraform.root) if self._sources is not None else ()
        answers = (self._answer(question, tree, spec, pull) for pull in pulls)
        first: Answer | None = None
        for answer in answers:
            if answer.verdict.allowed:
                return answer
            first = first or answer
        return first or self._answer(question, tree, spec, None)

    def _answer(self, question: Question, tree: Repository, spec: LoadedSpec, pull: PullRequest | None) -> Answer:
        assess = self._assessing(question, tree, spec, pull)
        assessment = assess(None)
        reasons = [*self._whereabouts(question, pull), *_unread(assessment, self._sources is None)]
        plan_agrees: bool | None = None
        if question.plan is not None:
            plan_agrees, found = _plan(assessment, assess(question.plan))
            reasons += found
        verdict = verify(
            assessment,
            spec.spec.environment(question.environment),
            today=date.fromisoformat(question.assessed_at[:10]),
            owners=spec.spec.owners,
            deployments=self._deployed(question, spec),
            plan_agrees=plan_agrees,
            other_reasons=reasons,
        )
        return Answer(verdict, assessment, pull.number if pull else None)

    def _assessing(
        self, question: Question, tree: Repository, spec: LoadedSpec, pull: PullRequest | None
    ) -> Callable[[bytes | None], Assessment]:
        record = None
        if self._sources is not None:
            observer = self._sources.observer
            roles = {role: (members.users, members.teams) for role, members in spec.spec.roles.items()}
            reading = self._sources.records.read(
                pull, question.commit, lambda: observer.own(spec.spec.project, question.environment), roles
            )
            record = reading.record

        def assess(plan: bytes | None) -> Assessment:
            return isolated(
                lambda: assess_repository(
                    tree,
                    spec,
                    question.environment,
                    commit=question.commit,
                    assessed_at=question.assessed_at,
                    plan=plan,
                    record=record,
                    open_commit=self._commits,
                ),
                Assessment,
                answer=self._commits.answer,
            )

        return assess

    def _whereabouts(self, question: Question, pull: PullRequest | None) -> Iterator[Reason]:
        """A commit can be asked for by its id though only a fork has it: it must be on the default branch."""
        if self._sources is None:
            return
        branch = self._sources.pulls.default_branch()
        if not self._sources.pulls.is_on(branch, question.commit):
            yield Reason(Code.COMMIT_UNKNOWN, f"the commit is not on the branch {branch}")
        if pull is not None and pull.base.ref != branch:
            yield Reason(Code.COMMIT_UNKNOWN, f"pull request {pull.number} was merged into {pull.base.ref}, not into {branch}")

    def _deployed(self, question: Question, spec: LoadedSpec) -> tuple[Deployment, ...] | None:
        """What the lower environment holds, judged as if it were to be deployed here."""
        target = spec.spec.environment(question.environment)
        lower = target.promoted_from
        if lower is None or not target.deployed_first or self._sources is None:
            return None
        workflow = spec.spec.environment(lower).workflow
        names = (lower, workflow.approval_environment) if workflow is not None and workflow.approval_environment else (lower,)
        held = self._sources.deployments.held(names)
        if held is None:
            return None
        return tuple(Deployment(lower, one.sha, one.successful, self._digest(question, spec, one.sha)) for one in held)

    def _digest(self, question: Question, spec: LoadedSpec, commit: str) -> str | None:
        tree = self._commits(commit)
        if tree is None:
            return None
        try:
            found = isolated(
                lambda: assess_repository(tree, spec, question.environment, commit=commit, assessed_at=question.assessed_at),
                Assessment,
                answer=self._commits.answer,
            )
        except GateError:
            return None
        return found.content_digest or None


def _unread(assessment: Assessment, is_offline: bool) -> Iterator[Reason]:
    if is_offline and assessment.status is Status.PENDING:
        text = "without a token nothing is known of approvals, decisions and manual work: set GITHUB_TOKEN and GITHUB_REPOSITORY"
        yield Reason(Code.RECORD_UNREADABLE, text)


def _plan(plain: Assessment, planned: Assessment) -> tuple[bool | None, tuple[Reason, ...]]:
    """Whether the plan is one of this commit, and what it shows that files alone do not."""
    codes = {finding.code for finding in planned.findings}
    if PLAN_UNREADABLE in codes:
        return None, (Reason(Code.PLAN_UNREADABLE, "the plan file is not the output of `terraform show -json`"),)
    known = {finding.id for finding in plain.blockers}
    worse = [finding.id for finding in planned.blockers if finding.id not in known and finding.code != PLAN_DIFFERS]
    reasons = (Reason(Code.NOT_READY, f"with the plan's values: {', '.join(worse[:5])}"),) if worse else ()
    return PLAN_DIFFERS not in codes, reasons
