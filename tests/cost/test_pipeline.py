from __future__ import annotations

import textwrap

from bbws_gate.model import Assessment
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.render.cost import differences
from bbws_gate.repository import MemoryRepository

SPEC = """
version: 1
project: shop
terraform: {root: infra}
environments:
  dev: {region: eu-west-1, var_files: [dev.tfvars]}
  sit: {region: eu-west-1, var_files: [sit.tfvars], budget: {monthly: 10}}
expect: {tags: [Owner]}
cost: {usage: {aws_sns_topic: {monthly_requests: 10000000}}}
"""
MAIN = """
variable "topics" {}
resource "aws_sns_topic" "t" {
  count = var.topics
  name  = "t-${count.index}"
}
"""


def repository(sit: int, more: str = "") -> MemoryRepository:
    inputs = {"infra/dev.tfvars": "topics = 1\n", "infra/sit.tfvars": f"topics = {sit}\n"}
    return MemoryRepository({".github/promotion.yml": textwrap.dedent(SPEC), "infra/main.tf": MAIN + more, **inputs})


def assessed(head: MemoryRepository, base: MemoryRepository | None = None) -> Assessment:
    return assess_repository(head, read_spec(head), "sit", commit="", assessed_at="2026-11-22T00:00:00Z", base=base)


def test_assessment__cost_against_base_and_the_environment_below() -> None:
    found = assessed(repository(2), repository(3)).cost
    assert found is not None
    assert differences(found) == ("Against the base branch: 5.00 USD less", "Against dev: 5.00 USD more")


def test_assessment__unknown_use_of_the_same_resources_is_the_same_against_the_base() -> None:
    queue = 'resource "aws_sqs_queue" "q" {}'
    found = assessed(repository(2, queue), repository(3, queue)).cost
    assert found is not None
    assert differences(found) == (
        "Against the base branch: 5.00 USD less",
        "Against dev: 5.00 USD more, not counting what is unknown: SQS: Requests",
    )


def test_assessment__a_budget_that_was_exceeded_before_is_no_new_finding() -> None:
    findings = [(finding.id, finding.state) for finding in assessed(repository(3), repository(4)).findings if finding.code == "CST001"]
    assert findings == [("CST001/environment/budget", "open")]


def test_assessment__a_change_that_exceeds_the_budget_is_new() -> None:
    findings = [(finding.id, finding.state) for finding in assessed(repository(3), repository(1)).findings if finding.code == "CST001"]
    assert findings == [("CST001/environment/budget", "new")]
