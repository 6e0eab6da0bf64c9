"""What is wanted against what is there: the commands that make the difference. Pure; a second look at the result gives none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bbws_gate.publish.commands import (
    SUPERSEDED,
    UNFINISHED,
    AddBlocker,
    AddSubIssue,
    AnnotateCheck,
    Command,
    CompleteCheck,
    CreateComment,
    CreateIssue,
    CreateLabel,
    CreateMilestone,
    DeleteComment,
    React,
    SetStatus,
    StartCheck,
    UpdateComment,
    UpdateIssue,
)
from bbws_gate.publish.limits import (
    ANNOTATIONS_PER_REQUEST,
    CHECK_BYTES,
    CHECK_TITLE,
    COMMENT_BYTES,
    STATUS_DESCRIPTION,
    fit_markdown,
    shorten,
)
from bbws_gate.publish.marker import ManagedBody, comment_marker, issue_key, marked_comment, normal
from bbws_gate.publish.observed import ObservedCheck, ObservedComment, ObservedIssue, ObservedIssues
from bbws_gate.publish.wanted import LABEL, TRACKING, Wanted, WantedCheck, WantedIssue


def start_check(name: str, head: str, checks: tuple[ObservedCheck, ...]) -> tuple[Command, ...]:
    """What to do before the assessment: a check run in progress, unless the commit has one of ours already.

    A completed one is left as it is until the new result is known: when that is the same, nothing is written at all.
    """
    return () if any(not check.foreign for check in checks) else (StartCheck(name, head),)


def retract(name: str, head: str, wanted: WantedCheck, checks: tuple[ObservedCheck, ...]) -> tuple[Command, ...]:
    """An earlier success on the same commit is taken back before anything else is written: what follows may not come to its end."""
    return (StartCheck(name, head),) if _stands(checks) and wanted.conclusion != "success" else ()


def overwrite(wanted: WantedCheck, started: int | None, checks: tuple[ObservedCheck, ...]) -> tuple[Command, ...]:
    """The run that was started, else a success that stands, gets the conclusion alone; the next run mends it."""
    run = started if started is not None else checks[-1].id if _stands(checks) else None
    return () if run is None else (replace(_complete(wanted)[1], run=run, digest=UNFINISHED),)


def finish_check(name: str, head: str, wanted: WantedCheck, checks: tuple[ObservedCheck, ...]) -> tuple[Command, ...]:
    """The newest check run says what is wanted; older ones that never ended are ended; what others made is covered by a new one."""
    newest = checks[-1] if checks else None
    annotate, complete = _complete(wanted)
    ended: list[Command] = [_superseded(check) for check in checks[:-1] if not check.completed and not check.foreign]
    if newest is not None and newest.foreign:
        return (*ended, StartCheck(name, head), *annotate, complete)
    doubled = newest is not None and newest.annotations > len(wanted.annotations)  # by two runs at the same time
    if newest is not None and newest.completed and _says(newest, complete) and not doubled:
        return tuple(ended)
    if newest is not None and not newest.completed and newest.annotations == 0:
        return (*ended, *(replace(batch, run=newest.id) for batch in annotate), replace(complete, run=newest.id))
    if newest is not None and not newest.completed:  # left behind half annotated; annotations cannot be taken back
        ended.append(_superseded(newest))
    return (*ended, StartCheck(name, head), *annotate, complete)


def status(wanted: Wanted, present: tuple[str, str] | None) -> tuple[Command, ...]:
    """The commit status, when it does not say so already."""
    if wanted.status is None:
        return ()
    description = shorten(wanted.status.description, STATUS_DESCRIPTION)
    if present == (wanted.status.state, description):
        return ()
    return (SetStatus(wanted.check_name, wanted.head, wanted.status.state, description),)


def comment(wanted: Wanted, present: tuple[ObservedComment, ...]) -> tuple[Command, ...]:
    """One comment with the wanted text; the oldest is kept where a fault or a race left several."""
    if wanted.comment is None or wanted.pull is None:
        return ()
    marker = comment_marker(wanted.project, wanted.environment)
    body = marked_comment(marker, fit_markdown(wanted.comment, COMMENT_BYTES))
    if not present:
        return () if wanted.comment_if_present else (CreateComment(wanted.pull, marker, body),)
    first, *others = present
    change = () if normal(first.body) == body else (UpdateComment(wanted.pull, marker, first.id, body),)
    return (*change, *(DeleteComment(other.id) for other in others))


def issues(wanted: Wanted, present: ObservedIssues) -> tuple[Command, ...]:
    """One issue per action item, by its key: opened, updated, closed or reopened."""
    return () if wanted.issues is None else tuple(_issues(wanted, wanted.issues, present))


def reactions(wanted: Wanted) -> tuple[Command, ...]:
    """Answers to commands that have none yet."""
    return tuple(React(each.comment, each.content) for each in wanted.reactions)


def orphans(tracking: ObservedIssue, observed: ObservedIssues) -> tuple[ObservedIssue, ...]:
    """Issues that nobody has put under the tracking issue, or under one of their own choice, as far as the server says so.

    A doubled tracking issue, which a fault leaves behind, is nobody's choice.
    """
    others = tuple(issue for issue in observed.issues if issue.number != tracking.number)
    doubles = {issue.number for issue in others if issue.body.item == TRACKING}
    return tuple(issue for issue in others if issue.parent is None or issue.parent in doubles)


def children(tracking: ObservedIssue, issues: Iterable[ObservedIssue], under: frozenset[int]) -> tuple[Command, ...]:
    """Every issue of the project and environment stands under its tracking issue."""
    return tuple(AddSubIssue(tracking.number, issue.id, issue.parent is not None) for issue in issues if issue.id not in under)


def blocked(blocker: ObservedIssue, issues: Iterable[ObservedIssue], known: frozenset[int]) -> tuple[Command, ...]:
    """In whose way an issue stands and is not said to yet."""
    return tuple(AddBlocker(issue.number, blocker.id) for issue in issues if issue.id not in known)


def _stands(checks: tuple[ObservedCheck, ...]) -> bool:
    """Whether the commit shows a success."""
    return bool(checks) and checks[-1].completed and checks[-1].said[0] == "success"


def _superseded(check: ObservedCheck) -> CompleteCheck:
    text = "Superseded by a newer run on the same commit."
    return CompleteCheck(check.id, "failure", "Superseded", text, "", SUPERSEDED)


def _says(check: ObservedCheck, complete: CompleteCheck) -> bool:
    """All of it is compared, not the digest alone: whoever may write check runs may write that, too."""
    wanted = (complete.conclusion, complete.title, complete.summary, complete.text)
    return check.digest == complete.digest and [normal(text) for text in check.said] == [normal(text) for text in wanted]


def _complete(wanted: WantedCheck) -> tuple[tuple[AnnotateCheck, ...], CompleteCheck]:
    """Annotations first, the conclusion in the last request: one that is lost leaves no verdict behind."""
    title, summary, text = (
        shorten(wanted.title, CHECK_TITLE),
        fit_markdown(wanted.summary, CHECK_BYTES),
        fit_markdown(wanted.text, CHECK_BYTES),
    )
    batches = tuple(
        AnnotateCheck(None, title, summary, wanted.annotations[start : start + ANNOTATIONS_PER_REQUEST], start)
        for start in range(0, len(wanted.annotations), ANNOTATIONS_PER_REQUEST)
    )
    return batches, CompleteCheck(None, wanted.conclusion, title, summary, text, wanted.digest)


def _issues(wanted: Wanted, items: tuple[WantedIssue, ...], observed: ObservedIssues) -> Iterator[Command]:
    there: dict[str, ObservedIssue] = {}
    for issue in observed.issues:
        if issue.body.key in there:
            yield from _drop_duplicate(issue)
        else:
            there[issue.body.key] = issue
    keys = {issue_key(wanted.project, wanted.environment, item.item): item for item in items}
    if any(key not in there for key in keys):
        if not observed.has_label:
            yield CreateLabel(LABEL, "5319e7", "Action items that bbws-gate keeps up to date")
        if wanted.milestone is not None and observed.milestone is None:
            yield CreateMilestone(wanted.milestone.title, wanted.milestone.due)
    for key, item in keys.items():
        yield from _keep_issue(key, item, there.get(key), wanted, observed)
    for key, present in there.items():
        if key not in keys:
            yield from _release_issue(present, wanted, observed)


def _keep_issue(key: str, issue: WantedIssue, present: ObservedIssue | None, wanted: Wanted, observed: ObservedIssues) -> Iterator[Command]:
    if present is None:
        body = ManagedBody("", key, (wanted.ref,), "", "").with_text(_fit(issue.text, 0))
        yield CreateIssue(key, issue.title, str(body), (LABEL, *issue.labels), issue.assignees, observed.milestone)
        return
    if issue.leave_closed and not present.is_open:
        return
    others_open = _live(present, observed) if present.is_open else ()  # what a closed one still names lost a race with its closing
    refs = tuple(sorted({*others_open, wanted.ref}))
    others = len(present.body.before) + len(present.body.after)
    body = present.body.with_text(_fit(issue.text, others))._replace(refs=refs)
    if not present.is_open:
        yield UpdateIssue(present.number, issue.title, str(body), "open", "reopened")
    elif body != present.body or issue.title != present.title:
        yield UpdateIssue(present.number, issue.title, str(body))


def _release_issue(present: ObservedIssue, wanted: Wanted, observed: ObservedIssues) -> Iterator[Command]:
    """This ref has the item no more: close its issue when no other has it either."""
    if not present.is_open:
        return
    refs = tuple(ref for ref in _live(present, observed) if ref != wanted.ref)
    body = present.body._replace(refs=refs)
    if not refs:
        proof = f"Closed by the gate: at commit {wanted.head} ({wanted.ref}) nothing of it is left, nor on any other live branch."
        proven = body._replace(managed=f"{body.managed}\n\n{proof}".strip("\n"))
        yield UpdateIssue(present.number, present.title, str(proven), "closed", "completed")
    elif refs != present.body.refs:
        yield UpdateIssue(present.number, present.title, str(body))


def _drop_duplicate(issue: ObservedIssue) -> Iterator[Command]:
    if issue.is_open:
        yield UpdateIssue(issue.number, issue.title, str(issue.body._replace(refs=())), "closed", "not_planned")


def _live(present: ObservedIssue, observed: ObservedIssues) -> tuple[str, ...]:
    if observed.live_refs is None:
        return present.body.refs
    return tuple(ref for ref in present.body.refs if ref in observed.live_refs)


def _fit(text: str, others: int) -> str:
    """Our part of an issue's body, in the room that people's text leaves."""
    return fit_markdown(text, max(2_000, COMMENT_BYTES - 4 * others - 1_000))
