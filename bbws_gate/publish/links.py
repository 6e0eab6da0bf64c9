"""Which issues still need to be put under the tracking issue, or to be linked to what blocks them.

GitHub names each issue's parent, and gives a count of links with it. A parent spares the question which issues stand under one. Of the
counts only none spares a question: people add links, too, and a link to a doubled issue that is closed by now counts as well.
"""

from __future__ import annotations

from bbws_gate.publish import reconcile
from bbws_gate.publish.commands import Command
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.observed import ObservedIssue, ObservedIssues
from bbws_gate.publish.wanted import TRACKING, Wanted


def sub_issues(observer: Observer, observed: ObservedIssues) -> tuple[Command, ...]:
    """Issues to put under the tracking issue; one that people put under another stays there.

    Raises:
        Refused: the server has no sub-issues, or the token may not see them.
    """
    tracking = next((issue for issue in observed.issues if issue.body.item == TRACKING and issue.is_open), None)
    orphans = reconcile.orphans(tracking, observed) if tracking is not None else ()
    if tracking is None or not orphans:
        return ()
    under = observer.children(tracking.number) if tracking.sub_issues != 0 else frozenset()
    return reconcile.children(tracking, orphans, under)


def blocked_by(observer: Observer, wanted: Wanted, observed: ObservedIssues) -> tuple[Command, ...]:
    """Links to what blocks each issue; asked from the side of what blocks, as one decision holds up many items.

    Raises:
        Refused: the server has no such links, or the token may not see them.
    """
    there: dict[str, ObservedIssue] = {}
    for issue in observed.issues:
        there.setdefault(issue.body.item, issue)
    held: dict[str, list[ObservedIssue]] = {}
    for item in wanted.issues or ():
        present = there.get(item.item)
        if present is not None and present.is_open:
            for key in item.blocked_by:
                held.setdefault(key, []).append(present)
    commands: list[Command] = []
    for key, items in held.items():
        blocker = there.get(key)
        if blocker is None or not blocker.is_open:
            continue
        is_none = blocker.blocks == 0 or all(item.blockers == 0 for item in items)
        known: frozenset[int] = frozenset() if is_none else observer.blocked(blocker.number)
        commands += reconcile.blocked(blocker, items, known)
    return tuple(commands)
