"""Sensitive marks of whole values: found and taken off before a function that knows nothing of them sees its arguments.

Values share their parts, so that a small configuration can describe an immense tree; both walks visit a shared part once.
"""

from __future__ import annotations

from bbws_gate.terraform.cty.values import Value


def size(value: Value) -> int:
    """How many values the whole tree has, counting a shared part as often as it occurs."""
    return _size(value, {})


def _size(value: Value, seen: dict[int, int]) -> int:
    raw = value.raw
    if type(raw) is tuple:
        parts = raw
    elif type(raw) is dict:
        parts = tuple(raw.values())
    else:
        return 1
    known = seen.get(id(raw))
    if known is None:
        known = seen[id(raw)] = 1 + sum([_size(part, seen) for part in parts])
    return known


def unmark_deep(value: Value) -> tuple[Value, bool]:
    """``value`` without any mark, and whether there was one in it."""
    bare = _bare(value, {})
    return bare, bare is not value


def _bare(value: Value, seen: dict[int, Value]) -> Value:
    raw = value.raw
    if not isinstance(raw, (tuple, dict)):
        return value.unmarked()
    known = seen.get(id(value))
    if known is not None:
        return known
    if isinstance(raw, tuple):
        items = tuple([_bare(part, seen) for part in raw])
        changed = any(new is not old for new, old in zip(items, raw, strict=True))
        bare = Value(value.type, items) if changed else value.unmarked()
    else:
        entries = {name: _bare(part, seen) for name, part in raw.items()}
        changed = any(new is not old for new, old in zip(entries.values(), raw.values(), strict=True))
        bare = Value(value.type, entries) if changed else value.unmarked()
    seen[id(value)] = bare
    return bare
