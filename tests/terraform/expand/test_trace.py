"""Where values stand and how they came about."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import Path, Stack
from tests.terraform.reading import read

FILES = {
    "tf/main.tf": """
variable "env" {
}
variable "tables" {
  default = {
    orders = { name = "o", indexes = ["a"] }
    users  = { name = "u", indexes = ["b", "c"] }
  }
}
locals {
  prefix = "app-${var.env}"
  tags = merge(
    local.base,
    { Name = local.prefix },
  )
  base = { Owner = "ops", Name = "base" }
  sized = { for name, table in var.tables : name => { title = upper(table.name), fixed = 1 } }
  by_env = var.env == "prod" ? local.prefix : "small"
}
resource "aws_t" "t" {
  for_each = var.tables
  name     = "${local.prefix}-${each.value.name}"
  title    = local.sized[each.key].title
  size     = local.by_env
  literal  = "x"
  owner    = local.tags.Owner
  label    = local.tags["Name"]
  space    = terraform.workspace
  tags     = local.tags
  one {
    n = 1
  }
  dynamic "index" {
    for_each = each.value.indexes
    content {
      name = index.value
      key  = index.key
    }
  }
  dynamic "later" {
    for_each = aws_t.other.arns
    content {
      x = 1
    }
  }
}
resource "aws_t" "other" {
  name = var.env
}
resource "aws_t" "counted" {
  count = length(var.tables)
  of    = aws_t.t["orders"].name
  every = [for t in aws_t.t : t.name]
  arn   = aws_t.other.arn
  index = count.index
}
module "m" {
  source   = "./m"
  for_each = { x = { n = "1" } }
  name     = each.value.n
  target   = aws_t.other.arn
}
resource "aws_t" "uses" {
  got  = module.m["x"].out
  arn  = module.m["x"].target
  data = data.aws_d.d.x
}
data "aws_d" "d" {
}
""",
    "tf/sit.tfvars": '# sit\nenv = "sit"\n',
    "tf/m/main.tf": """
variable "name" {
}
variable "target" {
}
variable "unset" {
  default = "d"
}
resource "aws_t" "inner" {
  name  = "${var.name}-${var.unset}"
  after = var.target
}
output "out" {
  value = aws_t.inner.name
}
output "target" {
  value = var.target
}
""",
}


@pytest.fixture(scope="module")
def stack() -> Stack:
    return read(FILES, var_files=("sit.tfvars",), workspace="blue")


def steps(stack: Stack, address: str, *path: str | int) -> list[str]:
    resource = stack.at(address)
    assert resource is not None
    return [f"{step.what}  {step.place}" for step in resource.trace.steps(path)]


STEPS: list[tuple[str, Path, list[str]]] = [
    ('aws_t.t["orders"]', ("literal",), []),
    (
        'aws_t.t["orders"]',
        ("name",),
        [
            "local.prefix  tf/main.tf:11",
            "each.value  tf/main.tf:21",
            "var.env from tf/sit.tfvars  tf/sit.tfvars:2",
            "var.tables by default  tf/main.tf:6",
        ],
    ),
    ('aws_t.t["users"]', ("owner",), ["local.tags  tf/main.tf:13", "local.base  tf/main.tf:16"]),
    (
        'aws_t.t["users"]',
        ("label",),
        ["local.tags  tf/main.tf:14", "local.prefix  tf/main.tf:11", "var.env from tf/sit.tfvars  tf/sit.tfvars:2"],
    ),
    ('aws_t.t["users"]', ("tags", "Owner"), ["local.tags  tf/main.tf:13", "local.base  tf/main.tf:16"]),
    (
        'aws_t.t["users"]',
        ("title",),
        [
            "local.sized  tf/main.tf:17",
            "each.key  tf/main.tf:21",
            "table.name in the for expression  tf/main.tf:17",
            "var.tables by default  tf/main.tf:5",
            "var.tables by default  tf/main.tf:7",
        ],
    ),
    ('aws_t.t["users"]', ("size",), ["local.by_env  tf/main.tf:18", "var.env from tf/sit.tfvars  tf/sit.tfvars:2"]),
    ('aws_t.t["users"]', ("space",), ["terraform.workspace  tf/main.tf:28"]),
    (
        'aws_t.t["users"]',
        ("index", 1, "name"),
        ["index.value in the dynamic block  tf/main.tf:34", "each.value  tf/main.tf:21", "var.tables by default  tf/main.tf:7"],
    ),
    ('aws_t.t["users"]', ("later", 0, "x"), []),
    (
        "aws_t.counted[0]",
        ("of",),
        [
            'aws_t.t["orders"].name  tf/main.tf:22',
            "local.prefix  tf/main.tf:11",
            "each.value  tf/main.tf:21",
            "var.env from tf/sit.tfvars  tf/sit.tfvars:2",
            "var.tables by default  tf/main.tf:6",
        ],
    ),
    ("aws_t.counted[1]", ("index",), ["count.index  tf/main.tf:51", "var.tables by default  tf/main.tf:5"]),
    ("aws_t.counted[1]", ("count",), ["var.tables by default  tf/main.tf:5"]),
    ('aws_t.t["orders"]', ("for_each",), ["var.tables by default  tf/main.tf:5"]),
    ('module.m["x"].aws_t.inner', ("for_each",), []),
    (
        'module.m["x"].aws_t.inner',
        ("name",),
        [
            'module.m["x"].var.name from the call of module.m["x"]  tf/main.tf:60',
            'module.m["x"].var.unset by default  tf/m/main.tf:7',
            "each.value  tf/main.tf:59",
        ],
    ),
    (
        "aws_t.uses",
        ("got",),
        [
            'module.m["x"].out  tf/m/main.tf:13',
            'module.m["x"].aws_t.inner.name  tf/m/main.tf:10',
            'module.m["x"].var.name from the call of module.m["x"]  tf/main.tf:60',
            'module.m["x"].var.unset by default  tf/m/main.tf:7',
            "each.value  tf/main.tf:59",
        ],
    ),
]


@pytest.mark.parametrize(("address", "path", "expected"), STEPS, ids=[f"{address}{path}" for address, path, _ in STEPS])
def test_steps__lead_from_the_value_to_its_source(stack: Stack, address: str, path: Path, expected: list[str]) -> None:
    assert steps(stack, address, *path) == expected


PLACES: list[tuple[str, Path, str]] = [
    ('aws_t.t["orders"]', (), "tf/main.tf:20"),
    ('aws_t.t["orders"]', ("name",), "tf/main.tf:22"),
    ('aws_t.t["orders"]', ("missing",), "tf/main.tf:20"),
    ('aws_t.t["orders"]', ("one", 0), "tf/main.tf:30"),
    ('aws_t.t["orders"]', ("one", 0, "n"), "tf/main.tf:31"),
    ('aws_t.t["orders"]', ("one", 7, "n"), "tf/main.tf:31"),
    ('aws_t.t["orders"]', ("one", 0, "m"), "tf/main.tf:30"),
    ('aws_t.t["orders"]', ("index", 0), "tf/main.tf:35"),
    ('aws_t.t["orders"]', ("index", 0, "name"), "tf/main.tf:36"),
    ('aws_t.t["orders"]', ("later", 0), "tf/main.tf:40"),
    ('module.m["x"].aws_t.inner', ("name",), "tf/m/main.tf:10"),
]


@pytest.mark.parametrize(("address", "path", "place"), PLACES, ids=[f"{address}{path}" for address, path, _ in PLACES])
def test_place__is_the_nearest_line(stack: Stack, address: str, path: Path, place: str) -> None:
    resource = stack.at(address)
    assert resource is not None
    assert str(resource.trace.place(path)) == place


REFERENCES: list[tuple[str, Path, tuple[str, ...]]] = [
    ('aws_t.t["orders"]', ("name",), ()),
    ("aws_t.counted[0]", ("of",), ('aws_t.t["orders"]',)),
    ("aws_t.counted[0]", ("every",), ("aws_t.t",)),
    ("aws_t.counted[0]", ("arn",), ("aws_t.other",)),
    ("aws_t.uses", ("arn",), ("aws_t.other",)),
    ("aws_t.uses", ("got",), ('module.m["x"].aws_t.inner',)),
    ("aws_t.uses", ("data",), ("data.aws_d.d",)),
    ("aws_t.uses", (), ('module.m["x"].aws_t.inner', "aws_t.other", "data.aws_d.d")),
    ('module.m["x"].aws_t.inner', ("after",), ("aws_t.other",)),
]


@pytest.mark.parametrize(("address", "path", "expected"), REFERENCES, ids=[f"{address}{path}" for address, path, _ in REFERENCES])
def test_references__name_the_resources_behind_a_value(stack: Stack, address: str, path: Path, expected: tuple[str, ...]) -> None:
    resource = stack.at(address)
    assert resource is not None
    assert resource.trace.references(path) == expected


def test_chained_for_each__leads_to_the_instance() -> None:
    stack = read(
        'resource "a_b" "one" {\n  for_each = { x = 1, y = 2 }\n  bucket = each.key\n}\n'
        'resource "a_b" "two" {\n  for_each = a_b.one\n  bucket = each.value.id\n}\n'
        'resource "a_b" "three" {\n  for_each = { x = 1 }\n  bucket = a_b.one[each.key].id\n}\n'
    )
    found = {resource.address: resource.trace.references(("bucket",)) for resource in stack.resources}
    assert found['a_b.two["y"]'] == ('a_b.one["y"]',)
    assert found['a_b.three["x"]'] == ('a_b.one["x"]',)


@pytest.mark.parametrize(
    ("block", "keys"),
    [
        ("  for_each = { k1 = var.a, k2 = var.b }\n  name = each.value\n", ('"k1"', '"k2"')),
        ("  count = 2\n  name = [var.a, var.b][count.index]\n", ("0", "1")),
    ],
    ids=["for_each", "count"],
)
def test_two_instances_of_a_block__each_lead_to_their_own(block: str, keys: tuple[str, str]) -> None:
    variables = 'variable "a" {\n  default = "x"\n}\nvariable "b" {\n  default = "y"\n}\n'
    name = "-".join(f"${{a_b.t[{key}].name}}" for key in keys)
    stack = read(f'{variables}resource "a_b" "t" {{\n{block}}}\nresource "a_b" "c" {{\n  n = "{name}"\n}}\n')
    found = [step.partition("  ")[0] for step in steps(stack, "a_b.c", "n")]
    assert {"var.a by default", "var.b by default"} <= set(found)


def test_variable_without_value__is_a_step_too() -> None:
    stack = read('variable "v" {\n}\nresource "a_b" "c" {\n  n = var.v\n}\n')
    assert steps(stack, "a_b.c", "n") == ["var.v has no value  tf/main.tf:1"]


def test_command_line__is_named() -> None:
    stack = read('variable "v" {\n}\nresource "a_b" "c" {\n  n = var.v\n}\n', variables={"v": "1"})
    assert steps(stack, "a_b.c", "n") == ["var.v from -var  tf/main.tf:1"]


def test_provider__has_a_trace() -> None:
    stack = read('locals {\n  r = "eu-west-1"\n}\nprovider "aws" {\n  region = local.r\n}\n')
    (provider,) = stack.providers
    assert str(provider.trace.place(("region",))) == "tf/main.tf:5"
    assert [step.what for step in provider.trace.steps(("region",))] == ["local.r"]


def test_long_chain__is_cut() -> None:
    chain = "".join(f"  x{number} = local.x{number - 1}\n" for number in range(1, 500))
    stack = read(f'locals {{\n  x0 = 0\n{chain}}}\nresource "a_b" "c" {{\n  n = local.x499\n}}\n')
    assert len(steps(stack, "a_b.c", "n")) == 100


def test_steps__of_a_key_among_many_are_cut() -> None:
    items = "\n".join(f'    t{number} = {{ name = "t-${{var.env}}" }}' for number in range(150))
    stack = read(f"""
variable "env" {{
}}
locals {{
  tables = {{
{items}
  }}
}}
resource "aws_t" "t" {{
  for_each = local.tables
  name     = each.key
}}
""")
    found = {tuple(steps(stack, f'aws_t.t["t{number}"]', "name")) for number in (0, 1, 149)}
    assert len(found) == 1
    assert [len(chain) for chain in found] == [100]
