"""Text from a hostile repository, made fit to keep: printable, bounded, without secrets. How it is shown is for rendering to escape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bbws_gate.deferred import regex, replace
from bbws_gate.model import CostEstimate, Evidence, Outcome, Step

MAX_SUBJECT, MAX_LINE, MAX_TEXT = 200, 240, 600

_ASSIGNED = regex(
    r"([\w.-]*(?:passw(?:or)?d|secret|token|api_?key|private_?key|credential)[\w-]*\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s\"',;)]+)",
    re.IGNORECASE,
)
_KNOWN = regex(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\beyJ[\w-]{10,}\.[\w.-]+|-----BEGIN [A-Z ]+-----.*",
    re.DOTALL,
)
_WORDS = ("passw", "secret", "token", "apikey", "api_key", "privatekey", "private_key", "credential")
_SIGNS = (*_WORDS, "akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "eyj", "-----begin", "://")
"""In small letters: every match of the three patterns contains one of them."""
_USERINFO = regex(r"(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@", re.IGNORECASE)


def cleaned(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """The outcomes of one check with every text of theirs cleaned."""
    return outcomes if _are_clean(outcomes) else [_cleaned(outcome) for outcome in outcomes]


def _are_clean(outcomes: Sequence[Outcome]) -> bool:
    """Whether none of their texts needs anything, as nearly always: looking at all of them at once takes a third of looking at each."""
    subjects: set[str] = set()
    texts = {""}
    for each in outcomes:
        subjects.add(each.subject)
        subjects.update(each.because_of)
        texts.update((each.item, each.reason, each.title, each.expected, each.actual, each.impact, each.action))
        for evidence in each.evidence:
            texts.add(evidence.value)
            texts.update([step.what for step in evidence.provenance])
    if max(map(len, subjects), default=0) > MAX_SUBJECT or max(map(len, texts)) > MAX_LINE:
        return False
    names, together = "".join(subjects), " ".join(texts)
    return _is_plain(names) and _is_plain(together) and " " not in names and not _suspicious(together)


def _cleaned(outcome: Outcome) -> Outcome:
    return Outcome(
        result=outcome.result,
        subject=subject(outcome.subject),
        item=text(outcome.item, MAX_LINE),
        evidence=tuple([_evidence(each) for each in outcome.evidence]),
        reason=text(outcome.reason),
        title=text(outcome.title, MAX_LINE),
        expected=text(outcome.expected),
        actual=text(outcome.actual),
        impact=text(outcome.impact),
        action=text(outcome.action),
        because_of=tuple([subject(name) for name in outcome.because_of]),
    )


def clean_cost(cost: CostEstimate | None) -> CostEstimate | None:
    """The estimate with the reasons for what has no price cleaned: they name module sources, which may hold credentials."""
    if cost is None:
        return None
    return replace(cost, not_priced=tuple(replace(each, reason=text(each.reason, MAX_LINE)) for each in cost.not_priced))


def _evidence(evidence: Evidence) -> Evidence:
    place, value, provenance = evidence
    if not provenance:
        return evidence if text(value, MAX_LINE) == value else Evidence(place, text(value, MAX_LINE))
    return Evidence(place, text(value, MAX_LINE), _steps(provenance))


@lru_cache(maxsize=1 << 14)
def _steps(provenance: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple([Step(text(what, MAX_LINE), place) for what, place in provenance])


def text(raw: str, limit: int = MAX_TEXT) -> str:
    """One printable line of at most ``limit`` characters; what looks like a secret is hidden."""
    return _text(raw[: limit * 4], limit)


# Most texts come again and again: the same line of the spec beside every table, the same provenance of every name.
@lru_cache(maxsize=1 << 17)
def _text(shown: str, limit: int) -> str:
    if not _is_plain(shown):
        shown = "".join(character if character.isprintable() else _named(character) for character in shown)
    if not shown.isascii() or _suspicious(shown):  # letters beyond ASCII may count as these words' letters, too
        shown = _USERINFO.sub(r"\1(hidden)@", _KNOWN.sub("(hidden)", _ASSIGNED.sub(r"\1(hidden)", shown)))
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _is_plain(raw: str) -> bool:
    return raw.isascii() and raw.isprintable()


def _suspicious(raw: str) -> bool:
    """Whether one of the patterns may match: each needs one of these words, and looking for words is a tenth of the work."""
    small = raw.lower()
    return any(sign in small for sign in _SIGNS)


def _named(character: str) -> str:
    return " " if character in "\n\t\r" else f"U+{ord(character):04X}"


def subject(raw: str) -> str:
    """A subject without blanks and of bounded length: it identifies the finding, in commands that people type too."""
    if _is_plain(raw) and " " not in raw:
        return raw[:MAX_SUBJECT]
    words = "_".join(raw.split())
    return "".join(character if character.isprintable() else _named(character) for character in words)[:MAX_SUBJECT]
