"""Status functions in an ``if``: with one of them a job or step can run although something before it failed.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
"""

from __future__ import annotations

from bbws_gate.deferred import regex

MAX_TEXT = 2000
MAX_DEPTH = 10

_OTHER = regex(r"(?i)\b(?:always|failure|cancelled)\s*\(\s*\)")
_SUCCESS = regex(r"(?i)\bsuccess\s*\(\s*\)")
_LITERAL = regex(r"'[^']*'")


def outlives(text: str) -> bool:
    """Whether a job with that condition can run although one that it needs did not succeed.

    GitHub adds ``success()`` where a condition names no status function. One that names some holds the job back only where it cannot be
    true unless ``success()`` is.
    """
    inner = text[3:-2] if text.startswith("${{") and text.endswith("}}") else text
    if "${{" in inner:
        # A text around expressions is true; only the functions inside them are functions.
        found = [part.partition("}}")[0] for part in text.split("${{")[1:]]
        return any(_OTHER.search(each) or _SUCCESS.search(each) for each in found)
    inner = _LITERAL.sub("text", inner)
    if _OTHER.search(inner):
        return True
    return _SUCCESS.search(inner) is not None and not _demands_success(inner, MAX_DEPTH)


def _demands_success(text: str, depth: int) -> bool:
    """Whether an expression can only be true where ``success()`` is; texts that are long or nested deeply are not followed."""
    text = text.strip()
    if not depth or len(text) > MAX_TEXT:
        return False
    alternatives, parts = _split(text, "||"), _split(text, "&&")
    if len(alternatives) > 1:
        return all(_demands_success(each, depth - 1) for each in alternatives)
    if len(parts) > 1:
        return any(_demands_success(each, depth - 1) for each in parts)
    if text.startswith("(") and text.endswith(")"):
        return _demands_success(text[1:-1], depth - 1)
    return _SUCCESS.fullmatch(text) is not None


def _split(text: str, operator: str) -> list[str]:
    """The parts between an operator that stands in no parentheses."""
    parts, start, depth = [], 0, 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth and text.startswith(operator, position):
            parts.append(text[start:position])
            start = position + len(operator)
    return [*parts, text[start:]]
