"""Publishes in the one order in which a crash at any point leaves nothing that says success.

Check run in progress, then the assessment (somebody else's work), then issues, the comment, and the check run's conclusion last.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bbws_gate.deferred import dataclass
from bbws_gate.errors import PublishError
from bbws_gate.publish import links, reconcile
from bbws_gate.publish.commands import (
    AddBlocker,
    AddSubIssue,
    Command,
    CompleteCheck,
    CreateComment,
    CreateIssue,
    Extra,
    React,
    SetStatus,
    StartCheck,
    UpdateComment,
    UpdateIssue,
)
from bbws_gate.publish.failures import Refused, Uncertain
from bbws_gate.publish.marker import comment_marker
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.observed import ObservedCheck, ObservedIssues
from bbws_gate.publish.refusals import ThreadClosed, explained
from bbws_gate.publish.strangers import told, with_strangers
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedStatus
from bbws_gate.render.escape import markdown_block, markdown_code

Look = Callable[[bool], tuple[Command, ...]]
"""Decides what to write; true: on lists as the run has read them already."""


class Writer(Protocol):
    """Carries commands out, or only says that it would."""

    check_url: str
    comment_url: str

    @property
    def started(self) -> int | None:
        """The check run that was created, if one was."""

    def apply(self, command: Command) -> None:
        """Carry one command out."""


class DryRun:
    """Writes nothing."""

    check_url = ""
    comment_url = ""
    started: int | None = None

    def apply(self, command: Command) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Published:
    """How it went."""

    problems: tuple[PublishError, ...]
    """Features that could not be published."""
    head_moved: str = ""
    """The pull request's new head; comment and issues were then left to its own run."""
    notes: tuple[str, ...] = ()
    """What this server or token does not offer; the verdict stands without it."""


class Publisher:
    """Publishes one assessment; keeps the list of every command that it decided on."""

    def __init__(self, observer: Observer, writer: Writer, *, dry: bool) -> None:
        self._observer = observer
        self._writer = writer
        self._dry = dry
        self._issues_seen = ObservedIssues()
        self._without: dict[type[Command], str] = {}
        self._newer_head: str | PublishError | None = None
        """None as long as nobody asked; empty where there is none."""
        self.commands: list[Command] = []
        self.check_url = ""
        self.comment_url = ""

    def begin(self, wanted: Wanted) -> None:
        """Show that an assessment is under way, unless the commit already shows a result; a dry run leaves that to the end.

        What cannot be shown now is tried again, and reported, by :meth:`finish`.
        """
        if self._dry:
            return
        if wanted.check is not None:
            self._try(StartCheck, lambda known: reconcile.start_check(wanted.check_name, wanted.head, self._checks(wanted, known)))
        if wanted.status is not None:
            running = replace(wanted, status=WantedStatus("pending", "The assessment is running"))
            self._try(SetStatus, lambda known: reconcile.status(running, None) if self._status(wanted, known) is None else ())

    def finish(self, wanted: Wanted) -> Published:
        """Publish everything that is wanted; what cannot be published fails the check run, with the reason, and is reported."""
        problems: list[PublishError] = []
        closed: list[PublishError] = []
        strangers = self._strangers(wanted)
        wanted = with_strangers(wanted, strangers)
        problems.extend(self._try(CreateIssue, self._if_at_head(wanted, lambda known: self._issues(wanted, known))))
        self._extras(wanted)
        for problem in self._try(CreateComment, self._if_at_head(wanted, lambda known: self._comment(wanted, known))):
            (closed if isinstance(problem, ThreadClosed) else problems).append(problem)
        problems = list(dict.fromkeys(problems))  # a head that cannot be read fails both
        final = _with_problems(_without_comment(wanted, closed), problems)
        unfinished = self._try(StartCheck, lambda _: self._finish_check(final))
        if unfinished:
            self._retract(final)
            self._try(CompleteCheck, lambda _: self._last_resort(final))
        problems.extend(unfinished)
        problems.extend(self._try(SetStatus, lambda _: reconcile.status(final, self._status(final))))
        moved = self._newer_head if isinstance(self._newer_head, str) else ""
        return Published(tuple(problems), moved, (*self._without.values(), *map(str, closed), *told(wanted.check_name, strangers)))

    def _strangers(self, wanted: Wanted) -> tuple[ObservedCheck, ...]:
        if wanted.check is not None:
            with suppress(Refused, Uncertain, PublishError):  # the end of the run says so
                self._checks(wanted)  # what was posted while this run assessed, too
        return self._observer.strangers()

    def _if_at_head(self, wanted: Wanted, look: Look) -> Look:
        """What ``look`` gives, unless the pull request has a newer head, which its own run publishes.

        Whatever comes first also takes back an earlier success, as what follows may not come to its end. A run that has nothing to write
        asks for neither.
        """

        def looked(known: bool) -> tuple[Command, ...]:
            commands = look(known)
            if not commands:
                return ()
            if self._newer_head is None:
                self._retract(wanted)
                self._newer_head = self._new_head(wanted)
            if isinstance(self._newer_head, PublishError):
                raise self._newer_head
            return () if self._newer_head else commands

        return looked

    def _retract(self, wanted: Wanted) -> None:
        """Take an earlier success back; where that fails, the end of the run says so.

        When nobody can tell whether there is one, a new check run covers it: GitHub goes by the newest, so one that this run has started
        does so already.
        """
        check, status = wanted.check, wanted.status
        if check is not None and check.conclusion != "success" and self._writer.started is None:
            unseen = self._try(StartCheck, lambda _: reconcile.retract(wanted.check_name, wanted.head, check, self._checks(wanted)))
            if unseen:
                self._try(StartCheck, lambda _: (StartCheck(wanted.check_name, wanted.head),))
        if status is not None and status.state != "success":
            running = replace(wanted, status=WantedStatus("pending", "The assessment is running"))
            self._try(SetStatus, lambda _: reconcile.status(running, None) if (self._status(wanted) or ("",))[0] == "success" else ())

    def _extras(self, wanted: Wanted) -> None:
        """What makes work easier and decides nothing: where it is refused, that is noted."""
        looks: list[tuple[type[Extra], Look]] = [(React, lambda _: reconcile.reactions(wanted))]
        if wanted.issues:
            looks.append((AddSubIssue, lambda _: links.sub_issues(self._observer, self._issues_seen)))
            looks.append((AddBlocker, lambda _: links.blocked_by(self._observer, wanted, self._issues_seen)))
        for kind, look in looks:
            if not self._newer_head:
                for problem in self._try(kind, self._if_at_head(wanted, look)):
                    self._without.setdefault(kind, str(problem))

    def _issues(self, wanted: Wanted, known: bool) -> tuple[Command, ...]:
        if wanted.issues is None:
            return ()
        self._issues_seen = self._observer.issues(wanted, known=known)
        return reconcile.issues(wanted, self._issues_seen)

    def _comment(self, wanted: Wanted, known: bool) -> tuple[Command, ...]:
        if wanted.comment is None or wanted.pull is None:
            return ()
        present = self._observer.comments(wanted.pull, comment_marker(wanted.project, wanted.environment), known=known)
        self.comment_url = present[0].url if present else ""
        return reconcile.comment(wanted, present)

    def _finish_check(self, wanted: Wanted) -> tuple[Command, ...]:
        if wanted.check is None:
            return ()
        present = self._checks(wanted)
        self.check_url = present[-1].url if present else ""
        return reconcile.finish_check(wanted.check_name, wanted.head, wanted.check, present)

    def _last_resort(self, wanted: Wanted) -> tuple[Command, ...]:
        """When the check run cannot be finished as it should be: one request to our own, else to a success that stands."""
        check, started = wanted.check, self._writer.started
        if check is None or check.conclusion == "success":
            return ()
        return reconcile.overwrite(check, started, () if started is not None else self._checks(wanted))

    def _checks(self, wanted: Wanted, known: bool = False) -> tuple[ObservedCheck, ...]:
        present = self._observer.checks(wanted.check_name, wanted.head, known=known)
        started = self._writer.started
        if started is not None and all(check.id != started for check in present):  # lists lag behind what was just written
            missing = ObservedCheck(started, completed=False, digest="", said=("", "", "", ""), annotations=0, url=self._writer.check_url)
            return (*present, missing)
        return present

    def _status(self, wanted: Wanted, known: bool = False) -> tuple[str, str] | None:
        return self._observer.status(wanted.check_name, wanted.head, known=known) if wanted.status is not None else None

    def _new_head(self, wanted: Wanted) -> str | PublishError:
        """Empty while the pull request is where it was; what it is at now, or why nobody can tell."""
        if wanted.pull is None or (wanted.comment is None and wanted.issues is None):
            return ""
        try:
            head = self._observer.head(wanted.pull)
        except Refused as refused:
            return explained(refused, "read the pull request", "pull-requests: write")
        except PublishError as problem:
            return problem
        return head if head != wanted.head else ""

    def _try(self, kind: type[Command], look: Look) -> list[PublishError]:
        try:
            self._converge(kind, look)
        except PublishError as problem:
            return [problem]
        return []

    def _converge(self, kind: type[Command], look: Look) -> None:
        """Look, write, and look once more when something was opened: a fault or a run at the same time may have doubled it."""
        commands = self._decide(kind, look, known=True)
        for last in (False, True):
            for command in commands:
                self._carry_out(command)
                self.check_url = self._writer.check_url or self.check_url
                self.comment_url = self._writer.comment_url or self.comment_url
            if last or self._dry or not any(_opens(command) for command in commands):
                return
            commands = self._decide(kind, look, known=False)

    def _decide(self, kind: type[Command], look: Look, *, known: bool) -> tuple[Command, ...]:
        """What to write. What the run has read already shows that there is nothing; to write, it looks again."""
        recalled = self._observer.recalled
        try:
            commands = look(known)
            return look(False) if commands and self._observer.recalled > recalled else commands
        except Refused as refused:
            raise explained(refused, kind.what, kind.permission) from refused
        except Uncertain as doubt:
            raise PublishError(f"cannot {kind.what}: {doubt.message}", mend="run the job again later") from doubt

    def _carry_out(self, command: Command) -> None:
        """Have a command carried out; of what is refused and not needed, no more is tried."""
        if type(command) in self._without:
            return
        self.commands.append(command)
        try:
            self._writer.apply(command)
        except PublishError as problem:
            if not isinstance(command, Extra):
                raise
            self._without[type(command)] = str(problem)


def _opens(command: Command) -> bool:
    """Whether something may be there afterwards that was not there before.

    An edit of a comment that is said to be gone writes another; a reopened issue lacks its links.
    """
    if isinstance(command, UpdateIssue):
        return command.state == "open"
    return isinstance(command, CreateComment | UpdateComment | CreateIssue)


def failed(wanted: Wanted, title: str, reason: str) -> Wanted:
    """What is wanted when there is no verdict: a failed check run or status that says why, and no comment that says otherwise."""
    text = f"{title}\n\n{markdown_block(reason)}\n"
    return replace(
        wanted,
        check=WantedCheck("failure", title, text, "") if wanted.check is not None else None,
        status=WantedStatus("failure", f"{title}: {reason}") if wanted.status is not None else None,
        comment=f"**{title}** at commit {markdown_code(wanted.head)}\n\n{markdown_block(reason)}\n" if wanted.comment is not None else None,
        comment_if_present=True,
        issues=None,
        reactions=(),
    )


def _without_comment(wanted: Wanted, closed: list[PublishError]) -> Wanted:
    """What is wanted where no comment can be written; that is said, and changes nothing in the verdict."""
    if not closed or wanted.check is None:
        return wanted
    why = markdown_block("\n".join(str(problem) for problem in closed))
    return replace(
        wanted, check=replace(wanted.check, summary=f"There is no comment, which changes nothing here:\n\n{why}\n\n{wanted.check.summary}")
    )


def _with_problems(wanted: Wanted, problems: list[PublishError]) -> Wanted:
    """A verdict that could not be published as asked is shown, but does not pass."""
    if not problems:
        return wanted
    reasons = markdown_block("\n".join(str(problem) for problem in problems))
    check = wanted.check
    if check is not None:
        summary = f"Not everything could be published, so this check fails whatever the verdict is:\n\n{reasons}\n\n{check.summary}"
        check = replace(check, conclusion="failure", title=f"Not published in full. {check.title}", summary=summary)
    status = wanted.status
    if status is not None:
        status = WantedStatus("failure", f"Not published in full: {problems[0].what}")
    return replace(wanted, check=check, status=status)
