"""The steps with which a job takes AWS credentials.

https://github.com/aws-actions/configure-aws-credentials
"""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.deferred import regex
from bbws_gate.evidence.workflow_parts import Job, Step

LOGIN = "aws-actions/configure-aws-credentials"

_ARN_ACCOUNT = regex(r"arn:[a-z-]+:iam::([0-9]{12}):")


def logins(job: Job) -> Iterator[Step]:
    """The steps of a job that take AWS credentials."""
    return (step for step in job.steps if step.action == LOGIN)


def accounts_in(arn: str) -> tuple[str, ...]:
    """The accounts of the roles in a text."""
    return tuple(_ARN_ACCOUNT.findall(arn))


def is_named(written: str, value: str | None, role: str) -> bool:
    """Whether a ``role-to-assume``, as written and as known, is the role of that ARN, secret or variable."""
    return value == role or f".{role} " in written.replace("}", " }")
