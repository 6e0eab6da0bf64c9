"""Who may do what, by the numbers of accounts, as they are now."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.model import Person, Record
from bbws_gate.spec import PromotionSpec


class Authority:
    """The roles of a spec and the people of a record. Every question is answered with the reason why not; empty means yes."""

    def __init__(self, spec: PromotionSpec, record: Record) -> None:
        self._spec = spec
        self._record = record

    def lacks(self, person: Person, role: str) -> str:
        """Why a person cannot act in a role."""
        if role in self._record.unreadable:
            return f"who has the role {role} could not be looked up: {self._record.unreadable[role]}"
        if person.bot or person.id not in self._record.members.get(role, frozenset()):
            return f"{person.login} does not have the role {role}"
        return ""

    def lacks_all(self, person: Person, roles: Iterable[str]) -> str:
        """Why a person cannot act in any of the roles."""
        reasons = {role: self.lacks(person, role) for role in roles}
        if not reasons or not all(reasons.values()):
            return "" if reasons else "nobody has a role for it"
        unreadable = [why for role, why in reasons.items() if role in self._record.unreadable]
        return unreadable[0] if unreadable else f"{person.login} has none of the roles {', '.join(reasons)}"

    def cannot_waive(self, person: Person) -> str:
        """Why a person cannot accept findings: the spec names who can, else its owners can, else who may write to the repository."""
        roles = self._spec.governance.waivers_by or self._spec.owners
        if roles:
            return self.lacks_all(person, roles)
        if "writers" in self._record.unreadable:
            return f"who may write to the repository could not be looked up: {self._record.unreadable['writers']}"
        return "" if person.id in self._record.writers and not person.bot else f"{person.login} may not write to the repository"

    def took_part(self, person: Person) -> str:
        """Why a person cannot judge the change: it is theirs, in whole or in part, or nobody can say that it is not."""
        change = self._record.change
        if change is None:
            return ""
        if change.author is not None and change.author.id == person.id:
            return f"{person.login} opened this change"
        if any(pusher.id == person.id for pusher in change.pushers):
            return f"{person.login} has a part in the commits of this change"
        return self.unclear_parts

    @property
    def unclear_parts(self) -> str:
        """Why nobody can be shown to have had no part in the change."""
        change = self._record.change
        if "change" in self._record.unreadable:
            return f"who made this change could not be looked up: {self._record.unreadable['change']}"
        if change is None:
            return ""
        if change.author is None:
            return "the account that opened this change is gone, so nobody can be shown not to have opened it"
        if change.unknown_pushers and not self._spec.governance.unlinked_commits:
            names = ", ".join(change.unknown_pushers[:3])
            return f"no account is known for the commits of {names}, so nobody can be shown not to have made them"
        return ""
