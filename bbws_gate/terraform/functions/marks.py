"""Sensitive marks of whole values: found and taken off before a function that knows nothing of them sees its arguments.

Values share their parts, so that a small configuration can describe a large tree; a shared part is visited once.
"""

from __future__ import annotations

from bbws_gate.terraform.cty.values import Value


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
