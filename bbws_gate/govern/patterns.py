"""Which findings a pattern means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from bbws_gate.model import Finding
from bbws_gate.spec import PromotionSpec


def matches(finding: str, pattern: str) -> bool:
    """Whether a finding's id is meant by a pattern: ``*`` and ``?`` stand for anything, everything else for itself."""
    return fnmatchcase(finding, pattern.replace("[", "[[]"))


def covers(finding: Finding, pattern: str, spec: PromotionSpec) -> bool:
    """Whether a waiver of that pattern covers a finding with everything that it stands for.

    One fault of a shared line stands for those of every instance (ids of the same code): the pattern must mean them all. And what the
    spec marks as never waivable does not go away because something else explains it.
    """
    alike = [name for name in finding.folded if name.partition("/")[0] == finding.code]
    return all(matches(name, pattern) for name in (finding.id, *alike)) and _waivable(finding, spec)


def puts_off(finding: Finding, pattern: str, spec: PromotionSpec) -> bool:
    """Whether an option that defers a finding (``TBL001/table/orders``) or a subject (``table/orders``) puts off this one, as a whole."""
    if re.match(r"[A-Z]{3}[0-9]{3}/", pattern):
        return covers(finding, pattern, spec)
    subjects = [name.partition("/")[2] for name in (finding.id, *finding.folded)]
    return all(is_about(subject, pattern) for subject in subjects) and _waivable(finding, spec)


def is_about(subject: str, name: str) -> bool:
    """Whether a subject is ``name`` or a part of it: ``index/orders/OrdersByDate`` is a part of ``table/orders``."""
    kind, _, table = name.partition("/")
    return subject == name or subject.startswith(f"{name}/") or (kind == "table" and subject.startswith(f"index/{table}/"))


def is_about_any(finding: Finding, names: Iterable[str]) -> bool:
    """Whether a finding, or one that it explains, is about one of these subjects."""
    subjects = (finding.subject, *(name.partition("/")[2] for name in finding.folded))
    return any(is_about(subject, name) for subject in subjects for name in names)


def _waivable(finding: Finding, spec: PromotionSpec) -> bool:
    return all(spec.can_be_waived(name) for name in (finding.id, *finding.folded))
