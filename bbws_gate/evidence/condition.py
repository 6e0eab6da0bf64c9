"""Conditions of jobs and steps that the file itself decides: ``if: inputs.action == 'apply'`` where the caller gives ``plan``.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from bbws_gate.deferred import regex
from bbws_gate.evidence.expression import Scope, resolve

MAX_TEXT = 500
EVENT = "github.event_name"

_COMPARISON = regex(r"\s*([A-Za-z_][\w.-]*|'[^']*')\s*(==|!=)\s*([A-Za-z_][\w.-]*|'[^']*')\s*")
_LITERAL = regex(r"'(?:[^']|'')*'")
_USUAL = regex(r"\b(?:always|success)\(\)|!\s*(?:cancelled|failure)\(\)")
"""What holds in every run in which nothing fails."""
_CALL = regex(r"[A-Za-z]+\([^()]*\)")
_KEPT = ("inputs.", "github.event.inputs.", "matrix.")
_TEXT = regex(r"'[^']*'")
_MARKS = frozenset("()&|=!")
_LOOSE = regex(r"(?i)true|false|null|[-+0-9.].*")
"""Texts that GitHub compares as something else than a text when the other side is a boolean, a number or nothing."""
_NEVER = (("", "'true'"), ("", "'false'"))
"""An empty input may be nothing at all: zero where it is compared with a number, equal to no other text."""


def certainly_false(text: str, scope: Scope) -> bool:
    """Whether a condition is false whatever the run knows.

    Inputs and matrix values are compared with texts, ``github.event_name`` with literals, joined by ``&&`` or ``||``.
    """
    return _decided(text, scope) is False


def certainly_true(text: str, scope: Scope) -> bool:
    """Whether a condition is true whatever the run knows, as long as nothing fails in it; as :func:`certainly_false`."""
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
    text = _CALL.sub("unknown", _USUAL.sub("true", text))
    if any(mark in text for mark in "()") or any(mark in literal[1:-1] for literal in _LITERAL.findall(text) for mark in "'&|"):
        return None
    alternatives = [_all(part.split("&&"), scope) for part in text.split("||")]
    if True in alternatives:
        return True
    return None if None in alternatives else False


def _all(parts: list[str], scope: Scope) -> bool | None:
    found = [True if part.strip() == "true" else _comparison(part, scope) for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _comparison(text: str, scope: Scope) -> bool | None:
    match = _COMPARISON.fullmatch(text)
    if match is None:
        return None
    is_equal = _event(match[1], match[3], scope) if EVENT in (match[1], match[3]) else _equal(match[1], match[3], scope)
    return None if is_equal is None else is_equal is (match[2] == "==")


def _event(left: str, right: str, scope: Scope) -> bool | None:
    """Whether the event that started the run has a name; None where several may have started it, that one among them."""
    literal = right if left == EVENT else left
    if not literal.startswith("'") or not scope.events:
        return None
    found = {event.casefold() == literal[1:-1].casefold() for event in scope.events}
    return found.pop() if len(found) == 1 else None


def _equal(left: str, right: str, scope: Scope) -> bool | None:
    one, other = _operand(left, scope), _operand(right, scope)
    if one is None or other is None:
        return None
    if (one, right.casefold()) in _NEVER or (other, left.casefold()) in _NEVER:
        return False
    if _LOOSE.fullmatch(one) or _LOOSE.fullmatch(other):
        return None
    # GitHub ignores case when it compares texts.
    return one.casefold() == other.casefold()


def _operand(text: str, scope: Scope) -> str | None:
    if text.startswith("'"):
        return text[1:-1]
    if not text.startswith(_KEPT):
        return None
    found = resolve(f"${{{{ {text} }}}}", scope)
    return None if any(step.startswith("default of input") for step in found.through) else found.value
