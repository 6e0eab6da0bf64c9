from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import UnknownValue
from bbws_gate.terraform.tags import effective_tags, undecided_tags
from tests.terraform.reading import messages, read

ROOT = """
provider "aws" {
  region = var.region
  default_tags {
    tags = { Owner = "ops", Env = var.env }
  }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
variable "region" {
  default = "eu-west-1"
}
variable "env" {
  default = "sit"
}
resource "aws_a" "plain" {
  tags = { Env = "own", Name = "plain", Gone = null }
}
resource "aws_a" "west" {
  provider = aws.west
}
resource "other_a" "none" {
}
module "inherits" {
  source = "./m"
}
module "passes" {
  source = "./m"
  providers = {
    aws      = aws.west
    aws.main = aws
  }
}
"""
CHILD = """
terraform {
  required_providers {
    aws = {
      configuration_aliases = [aws.main]
    }
  }
}
resource "aws_a" "m" {
}
resource "aws_a" "main" {
  provider = aws.main
}
module "deep" {
  source = "./deep"
}
"""
OWN = """
provider "aws" {
  region = "own"
}
resource "aws_a" "own" {
}
"""


def test_resource__uses_the_configuration_that_reaches_it() -> None:
    stack = read({"tf/main.tf": ROOT, "tf/m/main.tf": CHILD, "tf/m/deep/main.tf": OWN})
    used = {resource.address: None if resource.provider is None else resource.provider.attributes["region"] for resource in stack.resources}
    assert used == {
        "aws_a.plain": "eu-west-1",
        "aws_a.west": "us-west-2",
        "other_a.none": None,
        "module.inherits.aws_a.m": "eu-west-1",
        "module.inherits.aws_a.main": None,
        "module.passes.aws_a.m": "us-west-2",
        "module.passes.aws_a.main": "eu-west-1",
        "module.inherits.module.deep.aws_a.own": None,
        "module.passes.module.deep.aws_a.own": None,
    }
    assert [(provider.name, provider.alias) for provider in stack.providers] == [("aws", None), ("aws", "west")]


def test_effective_tags__are_the_resources_over_the_providers() -> None:
    stack = read({"tf/main.tf": ROOT, "tf/m/main.tf": ""})
    plain = stack.at("aws_a.plain")
    assert plain is not None
    assert {name: (value, str(place)) for name, (value, place) in effective_tags(plain).items()} == {
        "Owner": ("ops", "tf/main.tf:5"),
        "Env": ("own", "tf/main.tf:19"),
        "Name": ("plain", "tf/main.tf:19"),
    }
    assert undecided_tags(plain) is None
    west = stack.at("aws_a.west")
    assert west is not None
    assert effective_tags(west) == {}


def test_tags_that_cannot_be_told__are_said_to_be_so() -> None:
    stack = read(
        'resource "aws_a" "x" {\n  tags = aws_a.z.tags\n}\nresource "aws_a" "y" {\n  tags = sensitive({})\n}\nresource "aws_a" "z" {\n}\n'
    )
    x, y, z = stack.resources
    assert undecided_tags(x) == UnknownValue("aws_a.z.tags is known only after apply")
    assert undecided_tags(y) == UnknownValue("the tags are sensitive")
    assert undecided_tags(z) is None


def test_default_tags_that_cannot_be_told__are_said_to_be_so() -> None:
    stack = read(
        'provider "aws" {\n  dynamic "default_tags" {\n    for_each = data.aws_a.d.list\n    content {\n'
        '      tags = {}\n    }\n  }\n}\ndata "aws_a" "d" {\n}\n'
        'resource "aws_a" "x" {\n  tags = { A = "b" }\n}\n'
    )
    resource = stack.at("aws_a.x")
    assert resource is not None
    assert {name: value for name, (value, _) in effective_tags(resource).items()} == {"A": "b"}
    found = undecided_tags(resource)
    assert found is not None
    assert "read from the provider" in found.reason


def test_default_tags_in_json__count_too() -> None:
    stack = read({"tf/main.tf.json": '{"provider": {"aws": {"default_tags": {"tags": {"A": "b"}}}}, "resource": {"aws_a": {"x": {}}}}'})
    assert {name: value for name, (value, _) in effective_tags(stack.resources[0]).items()} == {"A": "b"}


def test_configuration_that_is_not_there__is_named() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'provider "aws" {\n  alias = "west"\n}\nresource "aws_a" "x" {\n  provider = aws.wst\n}\n'
                'resource "aws_a" "y" {\n  provider = "aws.west"\n}\nresource "aws_a" "z" {\n  provider = aws\n}\n'
                'module "m" {\n  source = "./m"\n  providers = {\n    aws.main = aws.gone\n  }\n}\n'
            ),
            "tf/m/main.tf": CHILD.replace('module "deep" {\n  source = "./deep"\n}\n', ""),
        }
    )
    assert messages(stack) == [
        "EVL005 aws_a.x uses the provider configuration aws.wst, which this module does not have; did you mean aws.west?",
        "EVL005 module.m uses the provider configuration aws.gone, which this module does not have",
    ]


BROKEN = """
provider "aws" {
  alias  = "broken"
  region = data.aws_nothing.x.name
}
"""


@pytest.mark.parametrize(
    "users",
    [
        "",
        'resource "aws_a" "x" {\n}\n',
        'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.broken\n  }\n}\n',
    ],
)
def test_unused_configuration__is_not_evaluated(users: str) -> None:
    stack = read({"tf/main.tf": BROKEN + users, "tf/m/m.tf": 'resource "other_a" "x" {\n}\n'})
    assert messages(stack) == []


@pytest.mark.parametrize(
    "users",
    [
        'resource "aws_a" "x" {\n  provider = aws.broken\n}\n',
        'resource "aws_a" "x" {\n  count    = 0\n  provider = aws.broken\n}\n',
        'data "aws_a" "x" {\n  provider = aws.broken\n}\n',
        'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.broken\n  }\n}\n',
    ],
)
def test_used_configuration__must_mean_something(users: str) -> None:
    stack = read({"tf/main.tf": BROKEN + users, "tf/m/m.tf": 'resource "aws_a" "x" {\n}\n'})
    assert messages(stack) == ["EVL005 data.aws_nothing.x is not declared in this module"]


@pytest.mark.parametrize(("alias", "passed"), [("", ""), ('alias = "broken"', "providers = {\n    aws = aws.broken\n  }")])
def test_configuration__may_be_used_by_a_module_that_is_not_read(alias: str, passed: str) -> None:
    text = f'provider "aws" {{\n  {alias}\n  region = local.none\n}}\nmodule "m" {{\n  source = "acme/m/aws"\n  {passed}\n}}\n'
    assert "EVL005 local.none is not declared in this module" in messages(read({"tf/main.tf": text}))
