"""Manual work of the spec: done when its issue was closed as completed by somebody of the role that owns it."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.deferred import replace
from bbws_gate.govern.authority import Authority
from bbws_gate.model import ActionItem, Record, Thread


def done(items: Iterable[ActionItem], record: Record, authority: Authority) -> tuple[ActionItem, ...]:
    """The items, manual ones with who did them, or with why they are not done although somebody did something."""
    threads: dict[str, Thread] = {}
    for thread in sorted(record.threads, key=lambda each: each.number, reverse=True):
        threads[thread.key] = thread
    return tuple(_looked_at(item, threads.get(item.id), record, authority) if item.manual else item for item in items)


def _looked_at(item: ActionItem, thread: Thread | None, record: Record, authority: Authority) -> ActionItem:
    if "threads" in record.unreadable:
        return replace(item, note=f"its issue could not be read: {record.unreadable['threads']}")
    if thread is None:
        return item
    who = "" if thread.by is None else thread.by.login
    if thread.open:
        return replace(item, note=f"reopened{f' by {who}' if who else ''}") if thread.reason == "reopened" else item
    if thread.by is None:
        return replace(item, note=f"closed, by whom is not known; {item.owner} must close it")
    if thread.reason != "completed":
        return replace(item, note=f"closed by {who}, not as completed")
    why = authority.lacks(thread.by, item.owner)
    return replace(item, note=f"closed by {who}: {why}") if why else replace(item, done_by=who)
