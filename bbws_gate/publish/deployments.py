"""What environments hold, by GitHub's own record of deployments (https://docs.github.com/rest/deployments)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bbws_gate.publish.failures import Refused
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.reading.answers import DEPLOYMENT_STATUSES, DEPLOYMENTS, Deployment

MAX_LOOKED_AT = 10
"""Deployments to one environment, from the newest back, until one succeeded."""


class Held(NamedTuple):
    """A deployment and whether it went well."""

    sha: str
    successful: bool


class Deployments:
    """Deployments of one repository."""

    def __init__(self, lists: Lists, repository: str) -> None:
        self._lists = lists
        self._root = f"/repos/{repository}/deployments"

    def held(self, names: Iterable[str]) -> tuple[Held, ...] | None:
        """What an environment that goes by one of these names holds: the newest deployment that succeeded; None when it cannot be read."""
        found: list[Held] = []
        try:
            for name in dict.fromkeys(names):
                newest = self._lists.one(self._root, DEPLOYMENTS, {"environment": name, "per_page": MAX_LOOKED_AT})
                good = next((one for one in newest if one.environment == name and self._succeeded(one)), None)
                if good is not None:
                    found.append(Held(good.sha, successful=True))
                elif newest:
                    found.append(Held(newest[0].sha, successful=False))
        except Refused:
            return None
        return tuple(found)

    def _succeeded(self, deployment: Deployment) -> bool:
        """The newest status counts; ``inactive`` follows ``success`` when a later deployment took the place, so it does not."""
        statuses = self._lists.one(f"{self._root}/{deployment.id}/statuses", DEPLOYMENT_STATUSES, {"per_page": 1})
        return bool(statuses) and statuses[0].state == "success"
