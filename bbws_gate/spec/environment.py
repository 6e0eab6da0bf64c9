"""A promotion target and everything that is set for it."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from bbws_gate.deferred.models import Field, model_validator
from bbws_gate.spec.cost import Cost
from bbws_gate.spec.form import EMPTY, Part
from bbws_gate.spec.tables import TableOverrides
from bbws_gate.spec.words import (
    Account,
    Amount,
    Currency,
    Day,
    EnvironmentName,
    Identifier,
    NamePattern,
    Region,
    RelativePath,
    RepositoryPath,
)


class Backend(Part):
    """Where Terraform keeps this environment's state."""

    type: str = "s3"
    bucket: str | None = None
    key: str | None = None
    region: Region | None = None
    lock_table: str | None = None
    lock_file: bool | None = None
    """S3's own locking (``use_lockfile``)."""
    encrypt: bool | None = None
    config_files: tuple[RelativePath, ...] = ()
    """Files given to ``terraform init -backend-config``, relative to the Terraform root."""


class DeployWorkflow(Part):
    """The GitHub workflow that deploys to this environment."""

    path: RepositoryPath
    approval_environment: str | None = None
    """The GitHub environment whose reviewers let the deployment through."""
    role: str | None = None
    """The role that it assumes: an ARN, or the secret or variable that holds it."""


class Budget(Part):
    """What the environment may cost."""

    monthly: Amount
    currency: Currency = "USD"


class Freeze(Part):
    """Days without deployments, both ends included."""

    since: Annotated[Day, Field(alias="from")]
    until: Day
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.since:
            raise ValueError(f"ends on {self.until}, before it begins on {self.since}")
        return self


class Environment(Part):
    """One promotion target."""

    account: Account | None = None
    region: Region | None = None
    other_regions: tuple[Region, ...] = ()
    """Regions that providers may also use: us-east-1 for a CDN."""
    profile: Identifier | None = None
    """The AWS profile that people use for it."""
    promoted_from: EnvironmentName | None = None
    """The environment that comes before it."""
    deployed_first: bool = False
    """Whether that one must hold the same content before `verify` allows this one."""
    workspace: str | None = None
    var_files: tuple[RelativePath, ...] = ()
    """Relative to the Terraform root, in the order of ``-var-file``."""
    variables: Mapping[str, Any] = {}
    """Values given on the command line (``-var``)."""
    backend: Backend | None = None
    workflow: DeployWorkflow | None = None
    validation_script: RepositoryPath | None = None
    release_tag: NamePattern | None = None
    target_date: Day | None = None
    budget: Budget | None = None
    cost: Cost = EMPTY
    """Usage in this environment, over the project's: key by key."""
    freeze: tuple[Freeze, ...] = ()
    """Days on which `verify` allows nothing."""
    tables: TableOverrides = EMPTY

    @model_validator(mode="after")
    def _knows_what_comes_first(self) -> Self:
        if self.deployed_first and self.promoted_from is None:
            raise ValueError("deployed_first needs promoted_from: the environment that must be deployed before")
        return self
