"""Approvals by role: which are needed, who gave them, and why an earlier yes no longer counts.

A yes is bound to a commit. It counts for another one as long as nothing differs that the role's approval is about
(:meth:`bbws_gate.govern.snapshot.Difference.concerns`).
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from bbws_gate.deferred import NamedTuple
from bbws_gate.govern.authority import Authority
from bbws_gate.govern.commands import Approve, Revoke
from bbws_gate.govern.gate_edit import GATE_SCOPE, edits_gate
from bbws_gate.govern.grants import Word, full_name, standing, words
from bbws_gate.govern.hearing import Answer, Heard, Hearing
from bbws_gate.govern.seats import seat
from bbws_gate.govern.snapshot import Snapshot, difference
from bbws_gate.model import Approval, Finding, Person, Record
from bbws_gate.spec import ApprovalRule, PromotionSpec

MAX_CANDIDATES = 50
"""People per role whose approvals are looked at; no rule asks for more than 20."""
SPEC_SCOPE = "the changed promotion spec"
TEMPLATES_SCOPE = "the changed page templates"
OWNERS_SCOPES = (SPEC_SCOPE, TEMPLATES_SCOPE, GATE_SCOPE)
"""What the owners approve though no rule of the spec says so."""


class Now(NamedTuple):
    """What approvals are wanted for."""

    commit: str
    environment: str
    snapshot: Snapshot
    approved: Mapping[str, Snapshot]
    """Other commits, by full name, as far as they could be read."""
    findings: tuple[Finding, ...]
    """What conditions are judged over: everything that is there, accepted and put off or not."""
    over_budget: bool | None
    spec_edited: bool
    templates_edited: bool = False


class _Yes(NamedTuple):
    person: Person
    why_not: str
    """Why it does not count; empty when it does."""


class Approvals:
    """The approvals of one assessment."""

    def __init__(self, spec: PromotionSpec, record: Record | None, hearing: Hearing, now: Now) -> None:
        self._spec = spec
        self._record = record or Record(None)
        self._asked = record is not None
        self._heard = hearing.heard
        self._authority = Authority(spec, self._record)
        self._now = now
        self._rules = tuple(_rules(spec, now))
        self._words = words(self._record, hearing.heard, now.commit)
        self._yes = {role: self._said_yes(role) for role in dict.fromkeys(rule.role for rule, _ in self._rules)}
        self._seated = self._seat()

    def all(self) -> tuple[Approval, ...]:
        """Every approval that this environment may need, in the spec's order."""
        return tuple(self._approval(rule, required=required) for rule, required in self._rules)

    def answers(self) -> tuple[Answer, ...]:
        """What became of each command that approves or takes an approval back."""
        found = []
        for each in self._heard:
            match each.command:
                case Approve(role, short):
                    why = self._refusal(each, role, short)
                    found.append(each.refused(why) if why else each.accepted(self._agreed(each.author, role, short)))
                case Revoke("approve", role):
                    known = role in self._yes
                    text = f"{each.author.login} no longer approves as {role}" if known else self._unknown_role(role)
                    found.append(each.accepted(text) if known else each.refused(text))
        return tuple(found)

    def _said_yes(self, role: str) -> tuple[_Yes, ...]:
        said = list(standing(self._words, role).values())[:MAX_CANDIDATES]
        return tuple(_Yes(given[-1].person, self._why_not(given, role)) for given in said if not self._is_bystander(given, role))

    def _is_bystander(self, given: list[Word], role: str) -> bool:
        """Whether somebody reviewed who has nothing to do with the role: no approval is missing because of that."""
        return (
            all(word.role is None for word in given)
            and role not in self._record.unreadable
            and bool(self._authority.lacks(given[-1].person, role))
        )

    def _why_not(self, given: list[Word], role: str) -> str:
        person = given[-1].person
        why = self._unreadable() or self._authority.lacks(person, role) or self._authority.took_part(person)
        if why:
            return why
        reasons = [self._stale(word.commit, role) for word in reversed(given)]
        return "" if not all(reasons) else f"{person.login}: {reasons[0]}"

    def _unreadable(self) -> str:
        """Why no approval can be relied on: a word that takes it back may stand in what could not be read."""
        for part in ("change", "reviews", "remarks"):
            if part in self._record.unreadable:
                return f"the {'pull request' if part == 'change' else part} could not be read: {self._record.unreadable[part]}"
        return "there is no pull request whose approvals could count" if self._record.change is None else ""

    def _stale(self, commit: str, role: str) -> str:
        """Why a yes to that commit is none to the assessed one."""
        if commit == self._now.commit and commit:
            return ""
        if not commit:
            return "dropped because the approved commit is no longer known"
        before = self._now.approved.get(commit)
        if before is None:
            return f"dropped because the approved commit {commit[:7]} cannot be read"
        changed = difference(before, self._now.snapshot)
        own = [rule for rule, _ in self._rules if rule.role == role]
        if before.workflows != self._now.snapshot.workflows and any(rule.scope == GATE_SCOPE for rule in own):
            return "dropped because the workflows changed"
        if before.templates != self._now.snapshot.templates and any(rule.scope == TEMPLATES_SCOPE for rule in own):
            return "dropped because the page templates changed"
        return next(filter(None, (changed.concerns(rule.when) for rule in own)), "")

    def _seat(self) -> Mapping[str, tuple[int, ...]]:
        able = {role: tuple(yes.person.id for yes in said if not yes.why_not) for role, said in self._yes.items()}
        wanted: dict[str, int] = {}
        for rule, required in self._rules:
            if required:
                wanted[rule.role] = max(rule.count, wanted.get(rule.role, 0))
        return able if self._spec.governance.several_roles else seat(wanted, able)

    def _approval(self, rule: ApprovalRule, *, required: bool) -> Approval:
        seated = self._seated.get(rule.role, ())
        logins = {yes.person.id: yes.person.login for yes in self._yes[rule.role]}
        given = tuple(logins[id_] for id_ in seated)
        enough = len(given) >= rule.count
        return Approval(
            role=rule.role,
            scope=rule.scope,
            when=None if rule.when is None else str(rule.when),
            required=required,
            given_by=", ".join(given) if enough else None,
            count=rule.count,
            given=given,
            dropped="" if enough or not required else self._why_missing(rule.role, frozenset(seated)),
        )

    def _why_missing(self, role: str, seated: frozenset[int]) -> str:
        if not self._asked:
            return ""
        unreadable = self._unreadable() or self._record.unreadable.get(role, "") or self._authority.unclear_parts
        if unreadable:
            return unreadable
        reasons = [yes.why_not for yes in self._yes[role] if yes.why_not]
        elsewhere = [yes.person for yes in self._yes[role] if not yes.why_not and yes.person.id not in seated]
        reasons += [f"{person.login} counts for another role already" for person in elsewhere]
        return "; ".join(dict.fromkeys(reasons[:3]))

    def _refusal(self, heard: Heard, role: str, short: str) -> str:
        """Why a command to approve does not count."""
        if heard.remark.thread:
            return "approve on the pull request, not in an issue"
        if role not in self._yes:
            return self._unknown_role(role)
        why = self._unreadable() or self._authority.lacks(heard.author, role) or self._authority.took_part(heard.author)
        if why:
            return why
        commit = full_name(short, self._record, self._now.commit)
        if not commit:
            head = self._record.change.head if self._record.change is not None else self._now.commit
            return f"{short} is no commit of this change, or more than one; its head is {head[:7]}: `/gate approve {role} {head[:7]}`"
        if self._taken_back(heard, role):
            return "taken back later"
        stale = self._stale(commit, role)
        return f"{commit[:7]} is not the head any more: {stale}" if stale else ""

    def _taken_back(self, heard: Heard, role: str) -> bool:
        given = standing(self._words, role).get(heard.author.id, ())
        return not any((word.id, word.position) == (heard.remark.id, heard.position) and word.role == role for word in given)

    def _agreed(self, person: Person, role: str, short: str) -> str:
        text = f"{person.login} approved as {role} for {short[:7]}"
        needed = any(required for rule, required in self._rules if rule.role == role)
        if not needed:
            return f"{text}, which is not needed now"
        return text if person.id in self._seated.get(role, ()) else f"{text}, but is counted for another role or not needed as well"

    def _unknown_role(self, role: str) -> str:
        near = get_close_matches(role, self._yes, n=1)
        wanted = f"wanted are {', '.join(self._yes)}" if self._yes else "none is wanted"
        return f"no approval of the role {role} is asked for{f' (did you mean {near[0]}?)' if near else ''}; {wanted}"


def _rules(spec: PromotionSpec, now: Now) -> list[tuple[ApprovalRule, bool]]:
    """The rules for the environment, each with whether it holds; the owners' approval of a changed spec or gate workflow comes last."""
    found = [
        (rule, rule.when is None or rule.when.holds(now.environment, now.findings, over_budget=now.over_budget))
        for rule in spec.approvals
        if not rule.environments or now.environment in rule.environments
    ]
    scopes = ((SPEC_SCOPE, now.spec_edited), (TEMPLATES_SCOPE, now.templates_edited), (GATE_SCOPE, edits_gate(now.findings)))
    found += [(ApprovalRule(role=role, scope=scope), True) for scope, is_edited in scopes if is_edited for role in spec.owners]
    return found
