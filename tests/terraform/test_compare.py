from __future__ import annotations

from bbws_gate.terraform.compare import Difference, compare
from bbws_gate.terraform.stack import Stack
from tests.terraform.reading import read

MAIN = """
variable "env" {
}
variable "size" {
  default = 1
}
variable "tables" {
  default = ["a"]
}
variable "secret" {
  sensitive = true
  default   = "x"
}
locals {
  name = "app-${var.env}"
}
resource "a_b" "c" {
  name  = local.name
  size  = var.size
  same  = "same"
  space = terraform.workspace
  list  = [{ n = var.size }, { n = 1 }]
  arn   = a_b.other.arn
  flag  = var.env == "prod"
  key   = var.secret
}
resource "a_b" "other" {
  policy = var.env == "prod" ? "p" : null
}
resource "a_b" "many" {
  for_each = toset(var.tables)
  name     = each.key
}
"""


def environment(name: str, more: str = "", main: str = MAIN) -> Stack:
    return read({"tf/main.tf": main, f"tf/{name}.tfvars": f'env = "{name}"\n{more}'}, var_files=(f"{name}.tfvars",), workspace=name)


def by_subject(left: Stack, right: Stack) -> dict[str, Difference]:
    return {difference.subject: difference for difference in compare(left, right).differences}


def test_difference__is_intended_when_an_input_accounts_for_it() -> None:
    found = by_subject(environment("dev"), environment("prod", "size = 2\n"))
    assert sorted(found) == ["a_b.c.flag", "a_b.c.list[0].n", "a_b.c.name", "a_b.c.size", "a_b.c.space", "a_b.other.policy"]
    name = found["a_b.c.name"]
    assert (name.left, name.right, name.intended, name.certain) == ('"app-dev"', '"app-prod"', True, True)
    assert [(cause.what, str(cause.left), str(cause.right)) for cause in name.causes] == [
        ("var.env", "tf/dev.tfvars:1", "tf/prod.tfvars:1")
    ]
    assert [cause.what for cause in found["a_b.c.size"].causes] == ["var.size"]
    assert [cause.what for cause in found["a_b.c.space"].causes] == ["terraform.workspace"]
    assert (found["a_b.other.policy"].left, found["a_b.other.policy"].right) == (None, '"p"')
    assert str(found["a_b.c.size"].left_place) == "tf/main.tf:19"


def test_difference_in_the_code_itself__is_not_explained() -> None:
    comparison = compare(environment("dev"), environment("dev", main=MAIN.replace('"same"', '"other"')))
    (difference,) = comparison.unexplained
    assert (difference.subject, difference.left, difference.right, difference.intended) == ("a_b.c.same", '"same"', '"other"', False)


def test_resource_on_one_side__is_explained_by_what_repeats_it() -> None:
    left = environment("dev")
    found = by_subject(left, environment("dev", 'tables = ["a", "b"]\n', MAIN + 'resource "a_b" "new" {\n}\n'))
    assert (found['a_b.many["b"]'].left, found['a_b.many["b"]'].right) == (None, "present")
    assert [cause.what for cause in found['a_b.many["b"]'].causes] == ["var.tables"]
    assert found["a_b.new"].intended is False
    back = by_subject(environment("dev", 'tables = ["a", "b"]\n'), left)
    assert (back['a_b.many["b"]'].left, back['a_b.many["b"]'].right_place) == ("present", None)


def test_unknown_on_one_side__is_not_certain() -> None:
    found = by_subject(environment("dev"), environment("dev", main=MAIN.replace('same  = "same"', "same  = a_b.other.arn")))
    assert found["a_b.c.same"].certain is False


def test_same_environment__has_no_differences() -> None:
    comparison = compare(environment("dev"), environment("dev"))
    assert comparison.differences == ()
    assert [cause.what for cause in comparison.inputs] == ["var.secret"]


def test_variable_on_one_side__is_an_input_that_differs() -> None:
    comparison = compare(environment("dev"), environment("dev", main=MAIN + 'variable "new" {\n  default = 1\n}\n'))
    assert [(cause.what, cause.left is None) for cause in comparison.inputs] == [("var.new", True), ("var.secret", False)]


PROVIDERS = """
variable "env" {
}
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = merge({ Env = var.env, Owner = "ops" }, terraform.workspace == "dev" ? { Test = "yes" } : {})
  }
}
provider "aws" {
  alias  = "other"
  region = var.env == "dev" ? "eu-west-2" : "eu-west-3"
}
resource "aws_a" "inherits" {
  tags = { Name = "a" }
}
resource "aws_a" "overrides" {
  tags = { Env = "same", Test = "same" }
}
resource "aws_a" "own" {
  tags = { Env = upper(var.env), Test = "same" }
}
resource "aws_a" "elsewhere" {
  provider = aws.other
  tags     = {}
}
resource "aws_a" "untagged" {
}
"""


def test_providers__differ_once_and_on_every_resource_that_inherits_their_tags() -> None:
    found = by_subject(environment("dev", main=PROVIDERS), environment("prod", main=PROVIDERS))
    assert {subject: (difference.left, difference.right) for subject, difference in found.items()} == {
        "provider.aws.default_tags[0].tags.Env": ('"dev"', '"prod"'),
        "provider.aws.default_tags[0].tags.Test": ('"yes"', None),
        "provider.aws.other.region": ('"eu-west-2"', '"eu-west-3"'),
        "aws_a.inherits.tags_all.Env": ('"dev"', '"prod"'),
        "aws_a.inherits.tags_all.Test": ('"yes"', None),
        "aws_a.own.tags.Env": ('"DEV"', '"PROD"'),
    }
    env = found["aws_a.inherits.tags_all.Env"]
    assert ([cause.what for cause in env.causes], str(env.left_place), env.certain) == (["var.env"], "tf/main.tf:7", True)
    test = found["aws_a.inherits.tags_all.Test"]
    assert ([cause.what for cause in test.causes], test.right_place) == (["terraform.workspace"], None)


def test_tags_beyond_what_files_tell__make_a_difference_uncertain() -> None:
    main = 'variable "env" {\n}\nprovider "aws" {\n  default_tags {\n    tags = { A = var.env == "dev" ? "x" : timestamp() }\n  }\n}\n'
    main += 'resource "aws_a" "a" {\n  tags = {}\n}\n'
    found = by_subject(environment("dev", main=main), environment("prod", main=main))
    assert {subject: difference.certain for subject, difference in found.items()} == {
        "provider.aws.default_tags[0].tags.A": False,
        "aws_a.a.tags_all.A": False,
    }


DYNAMIC = """
variable "zones" {
  type = number
}
variable "same" {
  default = 1
}
resource "aws_opensearch_domain" "d" {
  cluster_config {
    dynamic "zone_awareness_config" {
      for_each = var.zones > 1 ? [1] : []
      content {
        availability_zone_count = 3
      }
    }
  }
  dynamic "auto_tune_options" {
    for_each = var.zones > 1 ? [1] : []
    content {
      desired_state = "ENABLED"
      dynamic "maintenance_schedule" {
        for_each = range(var.zones)
        content {
          cron_expression_for_recurrence = "x"
        }
      }
    }
  }
  dynamic "encrypt_at_rest" {
    for_each = terraform.workspace == "default" ? [] : [var.same]
    content {
      enabled = true
    }
  }
}
"""


def test_block_on_one_side__is_explained_by_what_repeats_it() -> None:
    def made(zones: str, workspace: str = "default") -> Stack:
        files = {"tf/main.tf": DYNAMIC, "tf/z.tfvars": f"zones = {zones}\n"}
        return read(files, var_files=("z.tfvars",), workspace=workspace)

    found = compare(made("1"), made("3"))
    assert found.unexplained == ()
    assert {difference.subject for difference in found.differences} == {
        "aws_opensearch_domain.d.cluster_config[0].zone_awareness_config",
        "aws_opensearch_domain.d.auto_tune_options",
    }
    inside = compare(made("2"), made("3"))
    assert {(each.subject, each.causes[0].what) for each in inside.differences} == {
        ("aws_opensearch_domain.d.auto_tune_options[0].maintenance_schedule", "var.zones")
    }
    (encrypted,) = compare(made("1"), made("1", "sit")).differences
    assert (encrypted.subject, encrypted.causes[0].what) == ("aws_opensearch_domain.d.encrypt_at_rest", "terraform.workspace")
