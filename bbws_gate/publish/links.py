"""Which issues still need to be put under the tracking issue, or to be linked to what blocks them.

GitHub gives a count of links with each issue. Only a count of none spares the question which they are: people add links, too, and a link
to a doubled issue that is closed by now counts as well.
"""

from __future__ import annotations

from bbws_gate.publish import reconcile
from bbws_gate.publish.commands import Command
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.observed import ObservedIssue, ObservedIssues
from bbws_gate.publish.wanted import TRACKING, Wanted


def sub_issues(observer: Observer, observed: ObservedIssues) -> tuple[Command, ...]:
    """Issues to put under the tracking issue.

    Raises:
        Refused: the server has no sub-issues, or the token may not see them.
    """
    tracking = next((issue for issue in observed.issues if issue.body.item == TRACKING and issue.is_open), None)
    if tracking is None or len(observed.issues) == 1:
        return ()
    under = observer.children(tracking.number) if tracking.sub_issues != 0 else frozenset()
    return reconcile.children(tracking, observed, under)


def blocked_by(observer: Observer, wanted: Wanted, observed: ObservedIssues) -> tuple[Command, ...]:
    """Links to what blocks each issue.

    Raises:
        Refused: the server has no such links, or the token may not see them.
    """
    there: dict[str, ObservedIssue] = {}
    for issue in observed.issues:
        there.setdefault(issue.body.item, issue)
    commands: list[Command] = []
    for item in wanted.issues or ():
        present = there.get(item.item)
        standing = tuple(there[key] for key in item.blocked_by if key in there and there[key].is_open)
        if present is None or not present.is_open or not standing:
            continue
        known = observer.blockers(present.number) if present.blockers != 0 else frozenset()
        commands += reconcile.blockers(present, standing, known)
    return tuple(commands)
