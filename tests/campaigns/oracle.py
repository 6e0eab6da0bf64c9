"""What must be on GitHub, said without the code under test: by hand from what is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.publish.wanted import TRACKING, Wanted
from tests.campaigns.server import BOT, Row, Server

DUPLICATE, MISSING, WRONG = "duplicate", "missing", "wrong"


def complaints(server: Server, wanted: Wanted, also_open: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Kind and text of everything that is not as wanted. ``also_open``: items that another live branch has."""
    yield from _check(server, wanted)
    yield from _status(server, wanted)
    yield from contents(server, wanted, also_open)
    if wanted.issues is not None:
        yield from _links(server, wanted)
    for each in wanted.reactions:
        if each.content not in server.reactions.get(each.comment, []):
            yield MISSING, f"reaction to comment {each.comment}"


def contents(server: Server, wanted: Wanted, also_open: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The same of comment and issues alone."""
    yield from _comment(server, wanted)
    if wanted.issues is not None:
        yield from _issues(server, wanted, also_open)


def newest_check(server: Server, wanted: Wanted) -> Row | None:
    """What branch rules look at."""
    rows = [row for row in server.checks if row["name"] == wanted.check_name and row["head_sha"] == wanted.head]
    return rows[-1] if rows else None


def says_success(server: Server, wanted: Wanted) -> bool:
    """Whether the commit may be merged by its check run or status."""
    check = newest_check(server, wanted)
    if wanted.check is not None:
        return check is not None and check["conclusion"] == "success"
    states = [row["state"] for row in server.statuses if row["sha"] == wanted.head and row["context"] == wanted.check_name]
    return bool(states) and states[0] == "success"


def own_issues(server: Server, item: str) -> list[Row]:
    """Our issues of one item."""
    mark = f"<!-- bbws-gate:issue schemas/sit/{item} refs="
    return [issue for issue in server.issues if issue["user"] == BOT and mark in issue["body"]]


def _check(server: Server, wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.check is None:
        return
    newest = newest_check(server, wanted)
    if newest is None:
        yield MISSING, "check run"
        return
    if newest["conclusion"] != wanted.check.conclusion or newest["output"].get("title") != wanted.check.title:
        yield WRONG, f"the check run says {newest['conclusion']} {newest['output'].get('title')}"
    if len(newest["annotations"]) != len(wanted.check.annotations):
        yield WRONG, f"{len(newest['annotations'])} annotations of {len(wanted.check.annotations)}"
    for row in server.checks:
        if row["head_sha"] == wanted.head and row["status"] != "completed":
            yield WRONG, "a check run that never ended"


def _status(server: Server, wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.status is None:
        return
    states = [row for row in server.statuses if row["sha"] == wanted.head and row["context"] == wanted.check_name]
    if not states:
        yield MISSING, "commit status"
    elif (states[0]["state"], states[0]["description"]) != (wanted.status.state, wanted.status.description):
        yield WRONG, f"the status says {states[0]['state']}"


def _comment(server: Server, wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.comment is None or wanted.pull is None:
        return
    ours = [row for row in server.comments if row["user"] == BOT and row["body"].startswith("<!-- bbws-gate:schemas/sit -->\n")]
    if not ours:
        yield MISSING, "comment"
    if len(ours) > 1:
        yield DUPLICATE, f"{len(ours)} comments"
    if any(wanted.comment not in row["body"] for row in ours):
        yield WRONG, "the comment says something else"


def _issues(server: Server, wanted: Wanted, also_open: frozenset[str]) -> Iterator[tuple[str, str]]:
    items = {issue.item for issue in wanted.issues or ()}
    for item in (TRACKING, *(f"item-{number}" for number in range(6))):
        count = sum(1 for issue in own_issues(server, item) if issue["state"] == "open")
        if count > 1:
            yield DUPLICATE, f"{count} open issues of {item}"
        elif item in items and count == 0:
            yield MISSING, f"issue of {item}"
        elif item not in items | also_open and count:
            yield WRONG, f"the issue of {item} is still open"
    if items and "bbws-gate" not in server.labels:
        yield MISSING, "label"
    for issue in wanted.issues or ():
        for row in own_issues(server, issue.item):
            if row["state"] == "open" and (row["title"] != issue.title or issue.text not in row["body"]):
                yield WRONG, f"the text of {issue.item}"


def _links(server: Server, wanted: Wanted) -> Iterator[tuple[str, str]]:
    def only(item: str) -> Row | None:
        return next((issue for issue in own_issues(server, item) if issue["state"] == "open"), None)

    above = only(TRACKING)
    for wish in wanted.issues or ():
        row = only(wish.item)
        if row is None:
            continue
        if above is not None and row is not above and row["id"] not in server.children.get(above["number"], []):
            yield MISSING, f"{wish.item} under the tracking issue"
        for other in wish.blocked_by:
            blocker = only(other)
            if blocker is not None and blocker["id"] not in server.blockers.get(row["number"], []):
                yield MISSING, f"what blocks {wish.item}"
