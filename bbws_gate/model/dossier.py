"""What the readiness report lists beside the verdict: resources, sources, the deployment's steps."""

from __future__ import annotations

from collections.abc import Mapping

from bbws_gate.deferred import NamedTuple, dataclass
from bbws_gate.model.place import Place


class PlannedResource(NamedTuple):
    """One managed resource as the target environment gets it."""

    address: str
    type: str
    name: str
    """The name it will have there; empty where it has none, or none can be known from files."""
    details: tuple[str, ...]
    """``billing_mode PAY_PER_REQUEST``: a few settings that readers ask for first."""
    place: Place
    counted: bool
    """False where count or for_each cannot be known: it stands for any number."""

    @property
    def within_type(self) -> str:
        """Its address for who sees its type already: ``module.bucket["logs"].this``."""
        return self.address.replace(f"{self.type}.", "", 1)


class EnvironmentResources(NamedTuple):
    """How many resources of each type one environment gets from the same code."""

    environment: str
    counts: Mapping[str, int]
    at_least: bool
    """Whether there may be more: part of the Terraform could not be read or counted."""


class Source(NamedTuple):
    """One kind of source that the claims rest on."""

    kind: str
    """``spec``, ``plan``, ``Terraform``, ``tfvars``, ``schema``, ``workflow``, ``script``, ``README``, ``document``, ``git``."""
    paths: tuple[str, ...]


class DeploymentStep(NamedTuple):
    """One job of the deployment workflow."""

    job: str
    after: tuple[str, ...]
    """Jobs that come first."""
    approval: str
    """The GitHub environment that holds it until somebody approves; empty without one."""
    commands: tuple[str, ...]
    """Terraform commands and scripts, in order: ``terraform apply``, ``scripts/validate_sit.py``."""
    place: Place


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything of it, for one project and environment. Nothing in it is judged."""

    resources: tuple[PlannedResource, ...] = ()
    environments: tuple[EnvironmentResources, ...] = ()
    """In the spec's order; those that were evaluated."""
    sources: tuple[Source, ...] = ()
    deployment: tuple[DeploymentStep, ...] = ()
    """In the order in which the jobs run."""
    mentions: Mapping[str, tuple[str, ...]] | None = None
    """Roles to mention, by status word in lower case, as the spec says."""
