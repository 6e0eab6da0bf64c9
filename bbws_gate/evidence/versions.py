"""Terraform's version constraints: ``>= 1.9.0, < 2.0.0``, ``~> 5.76``.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from __future__ import annotations

from bbws_gate.deferred import regex

_VERSION = regex(r"v?([0-9]{1,6})(?:\.([0-9]{1,6}))?(?:\.([0-9]{1,6}))?")
_TERM = regex(r"(=|!=|>=|<=|>|<|~>)?\s*(v?[0-9][0-9.]*)")

Version = tuple[int, int, int]


def parse_version(text: str) -> Version | None:
    """A version as numbers; None for what is not a plain one (``latest``, pre-releases, wildcards)."""
    match = _VERSION.fullmatch(text.strip())
    return None if match is None else (int(match[1]), int(match[2] or 0), int(match[3] or 0))


def allows(constraint: str, version: Version) -> bool | None:
    """Whether a constraint allows a version; None when the constraint cannot be read."""
    results = [_term(part.strip(), version) for part in constraint.split(",") if part.strip()]
    if any(result is None for result in results):
        return None
    return all(results)


def _term(term: str, version: Version) -> bool | None:
    match = _TERM.fullmatch(term)
    bound = parse_version(match[2]) if match is not None else None
    if match is None or bound is None:
        return None
    match match[1] or "=":
        case "=":
            return version == bound
        case "!=":
            return version != bound
        case ">=":
            return version >= bound
        case "<=":
            return version <= bound
        case ">":
            return version > bound
        case "<":
            return version < bound
        case _:
            # The last number that is written may grow: ~> 1.9 allows 1.10, ~> 1.9.0 allows 1.9.8.
            fixed = max(match[2].count("."), 1)
            return version >= bound and version[:fixed] == bound[:fixed]
