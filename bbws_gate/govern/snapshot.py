"""What people approve: the spec, the evaluated resources and the findings of one commit, without its name, time or line numbers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from decimal import Decimal

from bbws_gate.deferred import dataclass
from bbws_gate.model import Finding
from bbws_gate.spec import Condition
from bbws_gate.terraform.stack import Plain, SensitiveValue, Stack, UnknownValue


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit's content, as far as approvals are about it."""

    specs: tuple[str, str]
    """sha256 of the spec that judges, and of the one that the commit itself holds."""
    resources: str
    """sha256 of :func:`resources_digest`."""
    findings: tuple[Finding, ...]
    """All that the checks found, before waivers and decisions."""
    unverified: frozenset[str]
    """Ids of checklist lines that could not be verified."""
    workflows: str = ""
    """Of the workflows that the commit itself holds. Only the approval of a change of the gate's own workflow is about them, so they are no
    part of the digest."""

    templates: str = ""
    """Of the page templates that the commit itself holds; only the approval of their change is about them."""

    @property
    def digest(self) -> str:
        """sha256 of the whole, hexadecimal: equal for commits between which nothing changed that an approval is about."""
        found = sorted((finding.id, finding.severity.value, finding.blocking) for finding in self.findings)
        return _sha256([self.specs, self.resources, found, sorted(self.unverified)])


def resources_digest(stack: Stack) -> str:
    """sha256 of everything that Terraform would act on: resources and values, providers, backend, modules that were not read.

    A sensitive value counts as such, whatever it is. Where something stands does not count.
    """
    return _sha256(
        [
            sorted(
                [each.address, each.mode, each.expanded, _canonical(dict(each.attributes)), _canonical(dict(each.meta))]
                for each in stack.resources
            ),
            sorted([each.name, each.alias or "", _canonical(dict(each.attributes))] for each in stack.providers),
            [stack.backend.type, _canonical(dict(stack.backend.attributes))] if stack.backend is not None else [],
            sorted([each.address, each.source, each.version or ""] for each in stack.modules if not each.read),
        ]
    )


def _marked(value: object) -> object:
    match value:
        case UnknownValue(reason):
            # Reasons name places; a line that moves is no change.
            return {"__unknown__": re.sub(r":[0-9]+", "", reason)}
        case SensitiveValue():
            return {"__sensitive__": True}
        case Decimal():
            return {"__number__": str(value)}
        case _:
            return str(value)


_canonical: Callable[[Plain], str] = json.JSONEncoder(sort_keys=True, ensure_ascii=True, default=_marked).encode


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is in one snapshot and was not in an earlier one."""

    findings: tuple[Finding, ...]
    """New ones, and those that got worse."""
    unverified: tuple[str, ...]
    spec: bool
    resources: bool

    def concerns(self, condition: Condition | None) -> str:
        """Why an approval under that condition is no longer one of this content; empty when it still is.

        A condition on findings limits what the approval is about to findings that fit it.
        """
        about_findings = condition is not None and condition.asks_findings
        found = [each for each in self.findings if condition is None or not about_findings or condition.fits(each)]
        if found:
            more = f" and {len(found) - 2} more" if len(found) > 2 else ""
            return f"dropped by {', '.join(each.id for each in found[:2])}{more}"
        if about_findings:
            return ""
        if self.spec:
            return "dropped because the promotion spec changed"
        if self.resources:
            return "dropped because what Terraform would create changed"
        if self.unverified:
            return f"dropped because {self.unverified[0]} can no longer be verified"
        return ""


def difference(before: Snapshot, now: Snapshot) -> Difference:
    """What changed from one to the other, as far as it could change somebody's mind."""
    known = {finding.id: finding for finding in before.findings}
    return Difference(
        findings=tuple(finding for finding in now.findings if _is_worse(finding, known.get(finding.id))),
        unverified=tuple(sorted(now.unverified - before.unverified)),
        spec=before.specs != now.specs,
        resources=before.resources != now.resources,
    )


def _is_worse(finding: Finding, before: Finding | None) -> bool:
    if before is None:
        return True
    return finding.severity.rank > before.severity.rank or (finding.blocking and not before.blocking)
