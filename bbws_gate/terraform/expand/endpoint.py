"""The addresses that ``moved``, ``removed`` and ``import`` blocks name."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple
from bbws_gate.terraform.evaluate.references import Access, chain
from bbws_gate.terraform.expand.address import Key
from bbws_gate.terraform.syntax import Expression, Literal


class Endpoint(NamedTuple):
    """``module.a["k"].aws_s3_bucket.logs[0]`` taken apart."""

    modules: tuple[tuple[str, Key], ...]
    resource: tuple[str, str, str] | None
    """Mode, type and name; None for a module."""
    key: Key
    """Of the last step, the resource or module that is meant."""
    literal: bool
    """False when a key on the way is computed, and None here."""


def endpoint(expression: Expression | None) -> Endpoint | None:
    """The address that an expression is; None when it is none, or written as a string, as JSON does."""
    linked = None if expression is None else chain(expression)
    if linked is None:
        return None
    words: list[Access] = [linked[0].name, *linked[1]]
    keys: list[Access] = []
    modules: list[tuple[str, Key]] = []
    while words[:1] == ["module"]:
        name = _word(words, 1)
        if name is None:
            return None
        del words[:2]
        modules.append((name, _taken_key(words, keys)))
    resource = None
    key = modules[-1][1] if modules else None
    if words:
        mode = "data" if words[0] == "data" else "managed"
        kind, name = _word(words, mode == "data"), _word(words, 1 + (mode == "data"))
        if kind is None or name is None:
            return None
        del words[: 2 + (mode == "data")]
        resource, key = (mode, kind, name), _taken_key(words, keys)
    return None if words else Endpoint(tuple(modules), resource, key, all(isinstance(written, Literal) for written in keys))


def _word(words: list[Access], position: int) -> str | None:
    word = words[position] if position < len(words) else None
    return word if isinstance(word, str) else None


def _taken_key(words: list[Access], keys: list[Access]) -> Key:
    """The instance key at the start of ``words``, which it is moved from to ``keys``."""
    if not words or isinstance(words[0], str):
        return None
    written = words.pop(0)
    keys.append(written)
    value = written.value if isinstance(written, Literal) else None
    return value if isinstance(value, (str, int)) and not isinstance(value, bool) else None
