"""By what the spec tells its environments apart: names, files, accounts, roles, state, workspaces."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.spec import Environment, PromotionSpec

ENVIRONMENT, VAR_FILE, BACKEND_FILE, ACCOUNT, ROLE, WORKSPACE, WORKFLOW = (
    "environment",
    "var-file",
    "backend-config",
    "account",
    "role",
    "workspace",
    "workflow",
)
STATE = {"key": "backend key", "bucket": "backend bucket"}
"""The backend's arguments that tell states apart, and their kinds."""


class Marks(NamedTuple):
    """The spec's environments by kind and value."""

    owners: Mapping[tuple[str, str], frozenset[str]]
    target: str

    def of(self, kind: str, value: str) -> frozenset[str]:
        """The environments that have this value; none where it is nobody's."""
        return self.owners.get((kind, _folded(kind, value)), frozenset())

    def values(self, kind: str) -> tuple[str, ...]:
        """What the spec says of that kind, of all environments."""
        return tuple(value for each, value in self.owners if each == kind)

    def has(self, kind: str, environment: str = "") -> bool:
        """Whether the spec says an environment's value of that kind: the target's, unless another is named."""
        return any((environment or self.target) in names for (each, _), names in self.owners.items() if each == kind)

    def is_named_after(self, value: str) -> bool:
        """Whether a value has the target's name in it as a word: ``shop-sit.tfvars``."""
        return re.search(rf"(?<![A-Za-z0-9]){re.escape(self.target)}(?![A-Za-z0-9])", value, re.IGNORECASE) is not None


def marks(spec: PromotionSpec, target: str) -> Marks:
    """What the spec says of each of its environments, ``target`` being the one that is asked about."""
    found: dict[tuple[str, str], set[str]] = {}
    for name, environment in spec.environments.items():
        for kind, value in _of(name, environment, spec.terraform.root):
            found.setdefault((kind, _folded(kind, value)), set()).add(name)
    return Marks({key: frozenset(names) for key, names in found.items()}, target)


def _folded(kind: str, value: str) -> str:
    """GitHub does not distinguish environments by case
    (https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments).
    """
    return value.casefold() if kind == ENVIRONMENT else value


def _of(name: str, environment: Environment, root: str) -> Iterator[tuple[str, str]]:
    yield ENVIRONMENT, name
    for path in environment.var_files:
        yield VAR_FILE, posixpath.normpath(posixpath.join(root, path))
    if environment.account is not None:
        yield ACCOUNT, environment.account
    if environment.workspace is not None:
        yield WORKSPACE, environment.workspace
    workflow, backend = environment.workflow, environment.backend
    if workflow is not None:
        yield WORKFLOW, workflow.path
    if workflow is not None and workflow.approval_environment is not None:
        yield ENVIRONMENT, workflow.approval_environment
    if workflow is not None and workflow.role is not None:
        yield ROLE, workflow.role
    if backend is not None:
        for path in backend.config_files:
            yield BACKEND_FILE, posixpath.normpath(posixpath.join(root, path))
        for argument, kind in STATE.items():
            value = getattr(backend, argument)
            if value is not None:
                yield kind, value
