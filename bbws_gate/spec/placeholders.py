"""``{env}`` and its kin in names: ``bbws-templates-{env}``."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.deferred import regex

PLACEHOLDERS = ("env", "name", "project", "account", "region")

_BRACES = regex(r"\{([^{}]*)\}")
_KNOWN = regex(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")


def check_pattern(pattern: str) -> None:
    """Refuse braces that are not a placeholder.

    Raises:
        ValueError: an unknown placeholder or an unmatched brace.
    """
    for word in _BRACES.findall(pattern):
        if word not in PLACEHOLDERS:
            raise ValueError(f"unknown placeholder {{{word}}}: {', '.join(f'{{{known}}}' for known in PLACEHOLDERS)} can be used")
    if {"{", "}"} & set(_BRACES.sub("", pattern)):
        raise ValueError(f"{pattern!r} has a brace without its other half")


def fill(pattern: str, values: Mapping[str, str] | None = None, **more: str) -> str:
    """``pattern`` with its placeholders replaced; one pass, so that a value's own braces stay as they are.

    Raises:
        ValueError: a placeholder that is unknown or has no value here.
    """
    check_pattern(pattern)
    given = {**(values or {}), **more}
    missing = [word for word in _KNOWN.findall(pattern) if word not in given]
    if missing:
        raise ValueError(f"{pattern!r}: {{{missing[0]}}} has no value here")
    return _KNOWN.sub(lambda match: given[match[1]], pattern)


def fill_known(text: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders that have a value and leave every other brace: for values that may hold JSON."""
    return _KNOWN.sub(lambda match: values.get(match[1], match[0]), text)
