"""Decisions: what the spec asks, what people answered, and what their answers put off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from bbws_gate.deferred import NamedTuple, replace
from bbws_gate.govern.authority import Authority
from bbws_gate.govern.commands import Decide, Revoke
from bbws_gate.govern.hearing import Answer, Heard, Hearing
from bbws_gate.govern.patterns import matches
from bbws_gate.model import Decision, Finding, Option
from bbws_gate.spec import DecisionRule, LoadedSpec


class Decided(NamedTuple):
    """Decisions after everybody was heard."""

    decisions: tuple[Decision, ...]
    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()
    """Owners who decided differently."""

    @property
    def deferrals(self) -> Mapping[str, tuple[str, ...]]:
        """What is put off, by the decision that does it."""
        chosen = {each.id: option for each in self.decisions for option in each.options if option.key == each.chosen}
        return {name: option.defers for name, option in chosen.items() if option.defers}


def asked(loaded: LoadedSpec, environment: str, findings: Iterable[Finding]) -> tuple[Decision, ...]:
    """The questions that the spec asks for this environment, in its order, before anybody answered."""
    standing = tuple(findings)
    return tuple(
        _question(rule, loaded, number, standing)
        for number, rule in enumerate(loaded.spec.decisions)
        if not rule.environments or environment in rule.environments
    )


def _question(rule: DecisionRule, loaded: LoadedSpec, number: int, findings: tuple[Finding, ...]) -> Decision:
    return Decision(
        id=rule.id,
        question=rule.question,
        options=tuple(
            Option(key, each.text, each.pros, each.cons, each.defers, each.estimate or "", each.monthly or "")
            for key, each in rule.options.items()
        ),
        owners=rule.owners,
        chosen=rule.chosen,
        place=loaded.place("decisions", number),
        recommended=rule.recommended,
        due=None if rule.due is None else rule.due.isoformat(),
        urgency=rule.urgency or "",
        impact=rule.impact or "",
        findings=tuple(each.id for each in findings if any(matches(each.id, pattern) for pattern in rule.findings)),
    )


def decide(questions: Iterable[Decision], hearing: Hearing, authority: Authority) -> Decided:
    """The questions with their answers. Of several valid ones the newest counts; what the spec itself has chosen is final."""
    known = {question.id: question for question in questions}
    said: dict[str, Heard] = {}
    words: dict[str, dict[int, Heard]] = {}
    taken_back: set[Heard] = set()
    refused: dict[Heard, str] = {}
    for each in hearing.heard:
        match each.command:
            case Decide(name, option, _):
                refused[each] = _refusal(each, name, known, authority) or _no_option(known[name], option)
                if not refused[each]:
                    said[name] = each
                    words.setdefault(name, {})[each.author.id] = each
            case Revoke("decide", name):
                refused[each] = _refusal(each, name, known, authority)
                if not refused[each] and name in said:
                    taken_back.add(said.pop(name))
                    words.pop(name)
    answers = tuple(each.refused(why) if why else each.accepted(_accepted(each, said, each in taken_back)) for each, why in refused.items())
    notes = (_conflict(name, said[name], by.values()) for name, by in words.items())
    return Decided(tuple(_settled(question, said.get(question.id)) for question in known.values()), answers, tuple(filter(None, notes)))


def _conflict(name: str, newest: Heard, words: Iterable[Heard]) -> str:
    """Who decided otherwise than the newest word that counts, and has not taken it back or changed it."""
    chosen = [(each.author.login, each.command.option) for each in words if isinstance(each.command, Decide)]
    if len({option for _, option in chosen}) < 2:
        return ""
    others = ", ".join(f"{login} decided {option}" for login, option in chosen)
    told = f"The owners of decision {name} do not agree: {others}. The newest counts, by {newest.author.login}"
    return f"{told}; /gate revoke decide {name} opens it"


def _accepted(heard: Heard, said: Mapping[str, Heard], taken_back: bool) -> str:
    match heard.command:
        case Decide(name, option, _) if taken_back:
            return f"{heard.author.login} decided {name}: {option}, taken back later"
        case Decide(name, option, _):
            newest = said.get(name)
            text = f"{heard.author.login} decided {name}: {option}"
            if newest is None or newest == heard:
                return text
            return f"{text}, until {newest.author.login} decided anew"
        case Revoke(_, name):
            return f"{heard.author.login} took back what was decided on {name}"
        case _:
            raise TypeError(heard.command)


def _refusal(heard: Heard, name: str, known: Mapping[str, Decision], authority: Authority) -> str:
    """Why somebody's word on a decision does not count."""
    question = known.get(name)
    if question is None:
        near = get_close_matches(name, known, n=1)
        return f"there is no decision {name} here{f' (did you mean {near[0]}?)' if near else ''}"
    if heard.remark.thread not in ("", f"decision/{name}"):
        return f"{name} is decided in its own issue or on the pull request"
    if question.chosen is not None:
        return f"the promotion spec has already chosen {question.chosen} for {name}, at {question.place}"
    return authority.lacks_all(heard.author, question.owners)


def _no_option(question: Decision, option: str) -> str:
    keys = [each.key for each in question.options]
    return "" if option in keys else f"{question.id} has no option {option}; it has {', '.join(keys)}"


def _settled(question: Decision, heard: Heard | None) -> Decision:
    if heard is None or not isinstance(heard.command, Decide):
        return question
    command = heard.command
    return replace(question, chosen=command.option, chosen_by=heard.author.login, reason=command.reason, link=heard.remark.link)
