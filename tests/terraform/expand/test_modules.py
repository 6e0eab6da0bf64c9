from __future__ import annotations

import json

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.reading import bare, messages, places, read

CHILD = (
    'variable "name" {\n  type = string\n}\nvariable "size" {\n  type = number\n  default = 1\n}\n'
    'resource "a_b" "c" {\n  name = var.name\n  size = var.size\n}\n'
)
OUTPUTS = 'output "name" {\n  value = a_b.c.name\n}\noutput "arn" {\n  value = a_b.c.arn\n}\n'


def test_module__gets_its_arguments_and_gives_its_outputs() -> None:
    stack = read(
        {
            "tf/main.tf": 'module "m" {\n  source = "../lib"\n  name = "n-${terraform.workspace}"\n  size = "7"\n}\n'
            'output "name" {\n  value = upper(module.m.name)\n}\noutput "all" {\n  value = module.m\n}\n',
            "lib/main.tf": CHILD + OUTPUTS,
        },
        workspace="sit",
    )
    assert stack.problems == ()
    (resource,) = stack.resources
    assert (resource.address, resource.module, str(resource.place)) == ("module.m.a_b.c", "module.m", "lib/main.tf:8")
    assert dict(resource.attributes) == {"name": "n-sit", "size": 7}
    assert stack.outputs["name"] == "N-SIT"
    assert bare(stack.outputs["all"]) == {"arn": "?", "name": "n-sit"}
    (call,) = stack.modules
    assert (call.address, call.source, call.version, call.read, str(call.place)) == ("module.m", "../lib", None, True, "tf/main.tf:1")


def test_modules__are_repeated_and_nested() -> None:
    stack = read(
        {
            "tf/main.tf": 'module "m" {\n  source = "./m"\n  for_each = { b = 10, a = 2 }\n  prefix = each.key\n  n = each.value\n}\n'
            'output "names" {\n  value = { for k, v in module.m : k => v.names }\n}\noutput "one" {\n  value = module.m["a"].names[1]\n}\n',
            "tf/m/main.tf": 'variable "prefix" {\n}\nvariable "n" {\n}\nmodule "deep" {\n  source = "./deep"\n  count = 2\n'
            '  name = "${var.prefix}${count.index * var.n}"\n}\n'
            'output "names" {\n  value = module.deep[*].name\n}\n',
            "tf/m/deep/main.tf": CHILD + OUTPUTS,
        }
    )
    assert stack.problems == ()
    assert [(resource.address, resource.attributes["name"]) for resource in stack.resources] == [
        ('module.m["a"].module.deep[0].a_b.c', "a0"),
        ('module.m["a"].module.deep[1].a_b.c', "a2"),
        ('module.m["b"].module.deep[0].a_b.c', "b0"),
        ('module.m["b"].module.deep[1].a_b.c', "b10"),
    ]
    assert stack.outputs == {"names": {"a": ["a0", "a2"], "b": ["b0", "b10"]}, "one": "a2"}
    assert [call.address for call in stack.modules] == [
        'module.m["a"]',
        'module.m["b"]',
        'module.m["a"].module.deep[0]',
        'module.m["a"].module.deep[1]',
        'module.m["b"].module.deep[0]',
        'module.m["b"].module.deep[1]',
    ]


def test_paths__are_seen_from_the_root() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'module "a" {\n  source = "./a"\n}\nmodule "b" {\n  source = "../b"\n}\noutput "o" {\n'
                "  value = [module.a.o, module.b.o]\n}\n"
            ),
            "tf/a/main.tf": 'output "o" {\n  value = [path.module, path.root, file("${path.module}/x.txt"), file("y.txt")]\n}\n',
            "b/main.tf": 'output "o" {\n  value = path.module\n}\n',
            "tf/a/x.txt": "X",
            "tf/y.txt": "Y",
        }
    )
    assert stack.outputs["o"] == [["a", ".", "X", "Y"], "../b"]
    assert stack.files == ("tf/main.tf", "tf/a/main.tf", "b/main.tf", "tf/a/x.txt", "tf/y.txt")


UNREAD = [
    ("terraform-aws-modules/vpc/aws", "MOD001", "is not in this checkout"),
    ("git::https://example.com/m.git", "MOD001", "is not in this checkout"),
    ("./missing", "MOD001", "holds no Terraform files"),
    ("../../outside", "MOD002", "outside the checkout"),
    (".", "MOD002", "runs in a circle: tf -> tf"),
]


@pytest.mark.parametrize(("source", "code", "text"), UNREAD)
def test_module_that_is_not_read__makes_what_depends_on_it_unknown(source: str, code: str, text: str) -> None:
    stack = read(
        f'module "m" {{\n  source = "{source}"\n  version = "~> 1"\n  anything = 1\n}}\n'
        f'resource "a_b" "c" {{\n  id = module.m.vpc.id\n  own = 1\n}}\n'
        'output "whole" {\n  value = module.m\n}\n'
    )
    (problem,) = stack.problems
    assert (problem.code, str(problem.place)) == (code, "tf/main.tf:2")
    assert text in problem.message
    (resource,) = stack.resources
    value = resource.attributes["id"]
    assert isinstance(value, UnknownValue)
    assert value.reason.startswith("module.m.vpc.id cannot be known: ")
    assert resource.attributes["own"] == 1
    assert isinstance(stack.outputs["whole"], UnknownValue)
    assert stack.modules[0].read is False


def test_source_that_is_no_literal__is_reported() -> None:
    stack = read('variable "s" {\n  default = "./m"\n}\nmodule "m" {\n  source = var.s\n}\nmodule "n" {\n}\n')
    assert [problem for problem in messages(stack) if problem.startswith("MOD001")] == [
        "MOD001 module.m: it has no literal source; what depends on it is unknown",
        "MOD001 module.n: it has no literal source; what depends on it is unknown",
    ]


def test_circle_of_folders__is_named() -> None:
    stack = read(
        {
            "tf/main.tf": 'module "a" {\n  source = "./a"\n}\n',
            "tf/a/main.tf": 'module "b" {\n  source = "../b"\n}\n',
            "tf/b/main.tf": 'module "a" {\n  source = "../a"\n}\n',
        }
    )
    (problem,) = messages(stack)
    assert problem.startswith("MOD002 module.a.module.b.module.a: its source runs in a circle: tf/a -> tf/b -> tf/a")


def test_module_tree__is_bounded() -> None:
    calls = "".join(f'module "m{number}" {{\n  source = "../NEXT"\n}}\n' for number in range(10))
    files = {f"m{depth}/main.tf": calls.replace("NEXT", f"m{depth + 1}") for depth in range(9)}
    stack = read({"tf/main.tf": calls.replace("NEXT", "m0"), **files, "m9/main.tf": ""})
    assert messages(stack) == ["EVL004 there are more than 10,000 module calls; what depends on modules is unknown"]
    assert {call.read for call in stack.modules} == {False}


def test_module_depth__is_bounded() -> None:
    files = {f"m{depth}/main.tf": f'module "m" {{\n  source = "../m{depth + 1}"\n}}\n' for depth in range(40)}
    stack = read({"tf/main.tf": 'module "m" {\n  source = "../m0"\n}\n', **files, "m40/main.tf": ""})
    assert [code for code, _ in places(stack)] == ["EVL004"]


CALLS = [
    ("  nam = 1\n", "EVL005", "module.m.nam is not declared as a variable of the called module; did you mean module.m.name?"),
    ("", "VAR001", "module.m.name is required and nothing gives it a value"),
    ("  name = []\n", "VAR004", "module.m.name does not fit var.name: string required, but have tuple"),
    ("  name = local.x\n", "EVL005", "local.x is not declared in this module"),
]


@pytest.mark.parametrize(("argument", "code", "message"), CALLS)
def test_call__must_fit_the_module(argument: str, code: str, message: str) -> None:
    stack = read({"tf/main.tf": f'module "m" {{\n  source = "./m"\n{argument}}}\n', "tf/m/main.tf": CHILD})
    found = [problem for problem in stack.problems if problem.code == code]
    assert next((problem.message, problem.place.path) for problem in found) == (message, "tf/main.tf")


def test_missing_output__is_named() -> None:
    stack = read(
        {
            "tf/main.tf": 'module "m" {\n  source = "./m"\n  name = "x"\n}\noutput "o" {\n  value = module.m.nme\n}\n',
            "tf/m/main.tf": CHILD + OUTPUTS,
        }
    )
    assert messages(stack) == [
        "EVL005 output.o: module.m.nme is not declared as an output of the called module; did you mean module.m.name?"
    ]


def test_unknown_repetition__keeps_the_module_in_sight() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'data "a_list" "l" {\n}\nmodule "m" {\n  source = "./m"\n  for_each = data.a_list.l.names\n'
                '  name = "n-${each.key}"\n}\noutput "o" {\n  value = module.m\n}\n'
            ),
            "tf/m/main.tf": CHILD,
        }
    )
    assert messages(stack) == [
        "EVL003 module.m: for_each cannot be known from files: data.a_list.l.names is read from the provider when Terraform runs"
    ]
    resource = stack.of_type("a_b")[0]
    assert (resource.address, resource.module, resource.expanded, resource.key) == ("module.m.a_b.c", "module.m", False, None)
    assert bare(dict(resource.attributes)) == {"name": "?", "size": 1}
    assert isinstance(stack.outputs["o"], UnknownValue)


def test_no_instances__are_an_empty_collection() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'module "m" {\n  source = "./m"\n  count = 0\n  name = "n"\n}\noutput "o" {\n'
                '  value = [module.m, one(module.m[*].name), try(module.m[0].name, "none")]\n}\n'
            ),
            "tf/m/main.tf": CHILD + OUTPUTS,
        }
    )
    assert stack.outputs["o"] == [[], None, "none"]
    assert stack.resources == ()


def test_downloaded_module__is_read_from_its_copy() -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {"Key": "m", "Source": "registry.terraform.io/acme/m/aws", "Version": "1.0.0", "Dir": ".terraform/modules/m"},
            {"Key": "stale", "Source": "registry.terraform.io/acme/other/aws", "Dir": ".terraform/modules/m"},
            {"Key": "away", "Source": "registry.terraform.io/acme/m/aws", "Dir": "../../../etc"},
        ]
    }
    calls = "".join(f'module "{name}" {{\n  source = "acme/m/aws"\n  name = "x"\n}}\n' for name in ("m", "stale", "away"))
    stack = read(
        {"tf/main.tf": calls, "tf/.terraform/modules/modules.json": json.dumps(manifest), "tf/.terraform/modules/m/main.tf": CHILD}
    )
    assert [resource.address for resource in stack.resources] == ["module.m.a_b.c"]
    assert [code for code, _ in places(stack)] == ["MOD001", "MOD002"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"Modules": 5}', '{"Modules": [5]}', '{"Modules": [{}]}', "[" * 100_000])
def test_broken_manifest__is_as_none(text: str) -> None:
    stack = read({"tf/main.tf": 'module "m" {\n  source = "acme/m/aws"\n}\n', "tf/.terraform/modules/modules.json": text})
    assert [code for code, _ in places(stack)] == ["MOD001"]


def test_one_output_may_feed_another_input_of_the_same_module() -> None:
    stack = read(
        {
            "tf/main.tf": 'module "m" {\n  source = "./m"\n  a = 1\n  b = module.m.a\n}\noutput "o" {\n  value = module.m.b\n}\n',
            "tf/m/main.tf": (
                'variable "a" {\n}\nvariable "b" {\n}\noutput "a" {\n  value = var.a + 1\n}\noutput "b" {\n  value = var.b + 1\n}\n'
            ),
        }
    )
    assert stack.problems == ()
    assert stack.outputs["o"] == 3


def test_module__is_a_plain_value_to_expressions() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'module "m" {\n  source = "./m"\n  name = "x"\n}\nmodule "f" {\n  source = "./m"\n'
                "  for_each = { a = 1 }\n  name = each.key\n}\n"
                'output "o" {\n'
                '  value = [module.m["name"], module.f.a.name, try(module.m.nope, 1), try(module.f.name, 2), try(module.m[0], 3)]\n'
                "}\n"
            ),
            "tf/m/main.tf": CHILD + OUTPUTS,
        }
    )
    assert stack.problems == ()
    assert stack.outputs["o"] == ["x", "a", 1, 2, 3]


def test_depends_on__needs_only_that_it_is_there() -> None:
    stack = read(
        {
            "tf/main.tf": (
                'resource "a_b" "c" {\n  count = 1\n}\nresource "a_b" "d" {\n  depends_on = [a_b.c, a_b.c[0], module.m, a_b.gone]\n}\n'
                'module "m" {\n  source = "./m"\n  name = "x"\n  depends_on = [a_b.c]\n}\noutput "o" {\n'
                "  value = 1\n  depends_on = [module.gone]\n}\n"
            ),
            "tf/m/main.tf": CHILD,
        }
    )
    assert messages(stack) == ["EVL005 a_b.gone is not declared in this module", "EVL005 module.gone is not declared in this module"]


def test_resource_as_argument__keeps_what_is_known_of_it() -> None:
    stack = read(
        {
            "tf/main.tf": """
resource "a_b" "c" {
  count = 2
  name  = "n${count.index}"
  rule {
    id = "r${count.index}"
  }
}
resource "a_b" "single" {
  name = "s"
}
module "m" {
  source = "./m"
  one    = a_b.single
  many   = a_b.c
  named  = { for b in a_b.c : b.name => b }
  held   = { bucket = a_b.single, size = "3" }
}
output "o" {
  value = module.m.o
}
""",
            "tf/m/main.tf": """
variable "one" {
  type = object({ name = string, arn = string })
}
variable "many" {
  type = list(object({ name = string, rule = list(object({ id = string, status = optional(string) })) }))
}
variable "named" {
  type = map(object({ name = string, arn = string }))
}
variable "held" {
  type = object({ bucket = object({ name = string, arn = string }), size = number })
}
output "o" {
  value = [var.one, var.many, var.named, var.held]
}
""",
        }
    )
    assert stack.problems == ()
    assert bare(stack.outputs["o"]) == [
        {"arn": "?", "name": "s"},
        [{"name": "n0", "rule": [{"id": "r0", "status": "?"}]}, {"name": "n1", "rule": [{"id": "r1", "status": "?"}]}],
        {"n0": {"arn": "?", "name": "n0"}, "n1": {"arn": "?", "name": "n1"}},
        {"bucket": {"arn": "?", "name": "s"}, "size": 3},
    ]
