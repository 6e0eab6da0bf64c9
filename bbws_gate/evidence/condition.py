"""Conditions of jobs and steps that the file itself decides: ``if: inputs.action == 'apply'`` where the caller gives ``plan``.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from bbws_gate.deferred import regex
from bbws_gate.evidence.expression import Scope, resolve

MAX_TEXT = 500

_COMPARISON = regex(r"\s*([A-Za-z_][\w.-]*|'[^']*')\s*(==|!=)\s*([A-Za-z_][\w.-]*|'[^']*')\s*")
_CALL = regex(r"[A-Za-z]+\([^()]*\)")
_KEPT = ("inputs.", "github.event.inputs.", "matrix.")
_TEXT = regex(r"'[^']*'")
_MARKS = frozenset("()&|=!")
_LOOSE = regex(r"(?i)true|false|null|[-+0-9.].*|")
"""Texts that GitHub compares as something else than a text when the other side is a boolean or a number."""


def certainly_false(text: str, scope: Scope) -> bool:
    """Whether a condition is false whatever the run knows: inputs and matrix values compared with texts, with ``&&`` or ``||``."""
    return _decided(text, scope) is False


def certainly_true(text: str, scope: Scope) -> bool:
    """Whether a condition is true whatever the run knows, as :func:`certainly_false`."""
    return _decided(text, scope) is True


def expression(text: str) -> str | None:
    """The expression of an ``if``.

    Returns:
        None where it cannot be taken apart: it is long, its literals look like operators, or ``${{ }}`` is only a part of it. Such a text
        is none of an expression's: with a line end after ``}}``, as ``if: |`` gives it, it is not empty and so always true.
    """
    inner = text[3:-2] if text.startswith("${{") and text.endswith("}}") else text
    if len(inner) > MAX_TEXT or "${{" in inner or inner.count("'") % 2:
        return None
    return None if any(_MARKS & set(literal) for literal in _TEXT.findall(inner)) else inner


def _decided(text: str, scope: Scope) -> bool | None:
    inner = expression(text)
    return None if inner is None else _truth(inner, scope)


def _truth(text: str, scope: Scope) -> bool | None:
    """True, false, or None where only the run knows; what a function says is not known, and groups and ``!`` are not followed."""
    text = _CALL.sub("unknown", text)
    if any(mark in text for mark in "()") or "''" in text:
        return None
    alternatives = [_all(part.split("&&"), scope) for part in text.split("||")]
    if True in alternatives:
        return True
    return None if None in alternatives else False


def _all(parts: list[str], scope: Scope) -> bool | None:
    found = [_comparison(part, scope) for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _comparison(text: str, scope: Scope) -> bool | None:
    match = _COMPARISON.fullmatch(text)
    if match is None:
        return None
    left, right = (_operand(match[number], scope) for number in (1, 3))
    if left is None or right is None:
        return None
    # GitHub ignores case when it compares texts.
    return (left.casefold() == right.casefold()) is (match[2] == "==")


def _operand(text: str, scope: Scope) -> str | None:
    if text.startswith("'"):
        return None if _LOOSE.fullmatch(text[1:-1]) else text[1:-1]
    if not text.startswith(_KEPT):
        return None
    found = resolve(f"${{{{ {text} }}}}", scope)
    value = None if any(step.startswith("default of input") for step in found.through) else found.value
    return None if value is None or _LOOSE.fullmatch(value) else value
