"""Waivers: findings accepted for a time, by the spec or by a command; and what a reader must know about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches

from bbws_gate.deferred import NamedTuple, replace
from bbws_gate.govern.authority import Authority
from bbws_gate.govern.commands import Revoke, Waive
from bbws_gate.govern.hearing import Answer, Heard, Hearing
from bbws_gate.govern.patterns import covers, matches
from bbws_gate.model import Finding, Waiver
from bbws_gate.spec import LoadedSpec, PromotionSpec

NOTICE_DAYS = 14
"""How long before its end a waiver is announced."""


class Waived(NamedTuple):
    """Findings after waivers."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    """Waivers that end soon, that ended, or that have no effect."""
    answers: tuple[Answer, ...] = ()


def waive(found: Iterable[Finding], loaded: LoadedSpec, environment: str, today: str) -> Waived:
    """Put the spec's waivers on the findings that they name.

    Args:
        found: findings.
        loaded: the spec with its waivers.
        environment: waivers for other environments do not count.
        today: ISO date; a waiver counts up to and including its last day.
    """
    result = tuple(found)
    spec, notes = loaded.spec, []
    for number, rule in enumerate(spec.waivers):
        if rule.environments and environment not in rule.environments:
            continue
        until, where = rule.until.isoformat(), f"{loaded.place('waivers', number)}: the waiver of {rule.finding}"
        latest = _latest(today, spec) if "waiver_days" in spec.governance.model_fields_set else until
        if until < today:
            notes.append(f"{where} ended on {until} and no longer counts")
        elif until > latest:
            notes.append(f"{where} does not count: it ends on {until}, more than {spec.governance.waiver_days} days from now")
        else:
            result, hits = _put(result, rule.finding, Waiver(rule.reason, rule.by, until), spec)
            notes += _ending(where, until, today) if hits else [f"{where} {_no_effect(result, rule.finding)}"]
    return Waived(result, tuple(notes))


def waive_by_command(found: Iterable[Finding], loaded: LoadedSpec, hearing: Hearing, authority: Authority, today: str) -> Waived:
    """Put on findings the waivers that people wrote; of several for one pattern the newest counts."""
    result, spec = tuple(found), loaded.spec
    newest: dict[str, Heard] = {}
    refused: dict[Heard, str] = {}
    for each in hearing.heard:
        match each.command:
            case Waive(pattern, until, _):
                refused[each] = _refusal(each, authority) or _bad_end(until, each.remark.written_at[:10], today, spec)
                if not refused[each]:
                    newest[pattern] = each
            case Revoke("waive", pattern):
                refused[each] = _refusal(each, authority)
                if not refused[each]:
                    newest.pop(pattern, None)
    notes: list[str] = []
    for pattern, each in newest.items():
        if isinstance(each.command, Waive):
            until = each.command.until
            waiver = Waiver(each.command.reason, each.author.login, until, each.remark.link)
            result, hits = _put(result, pattern, waiver, spec)
            refused[each] = "" if hits else f"{pattern} {_no_effect(result, pattern)}"
            notes += _ending(f"the waiver of {pattern} by {each.author.login}", until, today) if hits else []
    answers = (each.refused(why) if why else each.accepted(_accepted(each, newest)) for each, why in refused.items())
    return Waived(result, tuple(notes), tuple(answers))


def _put(found: tuple[Finding, ...], pattern: str, waiver: Waiver, spec: PromotionSpec) -> tuple[tuple[Finding, ...], bool]:
    """The findings with the waiver on those that it covers, and whether there are any."""
    hits = [each.state != "fixed" and each.waiver is None and not each.deferred and covers(each, pattern, spec) for each in found]
    return tuple(replace(each, waiver=waiver) if hit else each for each, hit in zip(found, hits, strict=True)), any(hits)


def _no_effect(found: tuple[Finding, ...], pattern: str) -> str:
    meant = [each for each in found if each.state != "fixed" and matches(each.id, pattern)]
    if not meant:
        near = get_close_matches(pattern, [each.id for each in found if each.state != "fixed"], n=1)
        return f"applies to no finding and can go{f' (did you mean {near[0]}?)' if near else ''}"
    if meant[0].waiver is not None or meant[0].deferred:
        return "applies to no finding that is not waived or put off already"
    return f"does not cover all that {meant[0].id} stands for, or that can never be waived"


def _ending(what: str, until: str, today: str) -> list[str]:
    left = (date.fromisoformat(until) - date.fromisoformat(today)).days
    if left > NOTICE_DAYS:
        return []
    when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    return [f"{what} ends {when}, on {until}"]


def _latest(start: str, spec: PromotionSpec) -> str:
    return (date.fromisoformat(start) + timedelta(days=spec.governance.waiver_days)).isoformat()


def _refusal(heard: Heard, authority: Authority) -> str:
    return authority.cannot_waive(heard.author) or authority.took_part(heard.author)


def _bad_end(until: str, written: str, today: str, spec: PromotionSpec) -> str:
    if until < written:
        return f"{until} was over when it was written"
    if until > _latest(written, spec):
        return f"{until} is more than {spec.governance.waiver_days} days away; write a day up to {_latest(written, spec)}"
    return f"ended on {until}" if until < today else ""


def _accepted(heard: Heard, newest: dict[str, Heard]) -> str:
    match heard.command:
        case Waive(pattern, until, _):
            standing = newest.get(pattern) == heard
            return f"{heard.author.login} accepted {pattern} until {until}{'' if standing else ', which no longer counts'}"
        case Revoke(_, pattern):
            return f"{heard.author.login} no longer accepts {pattern}"
        case _:
            raise TypeError(heard.command)
