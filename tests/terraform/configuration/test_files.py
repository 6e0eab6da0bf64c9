"""Which files are read, and what each may change."""

from __future__ import annotations

import pytest

from bbws_gate.terraform.stack import LockedProvider
from tests.terraform.reading import messages, places, read


def test_files__are_read_in_terraforms_order() -> None:
    stack = read(
        {
            "tf/b.tf": 'output "b" {\n  value = 1\n}\n',
            "tf/a.tf.json": '{"output": {"a": {"value": "${1 + 1}"}}}',
            "tf/a_override.tf": 'output "b" {\n  value = 2\n}\n',
            "tf/.hidden.tf": "nonsense {",
            "tf/old.tf~": "nonsense {",
            "tf/#x.tf#": "nonsense {",
            "tf/x.TF": "nonsense {",
            "tf/sub/c.tf": "nonsense {",
            "tf/main.tftest.hcl": "nonsense {",
            "other/d.tf": "nonsense {",
        }
    )
    assert stack.files == ("tf/a.tf.json", "tf/b.tf", "tf/a_override.tf")
    assert stack.problems == ()
    assert stack.outputs == {"a": 2, "b": 2}


def test_no_files__is_a_problem() -> None:
    assert places(read({"README.md": ""})) == [("FIL003", "tf")]
    assert places(read({"tf/x.txt": ""})) == [("FIL003", "tf")]


def test_unreadable_files__are_named_and_the_rest_is_read() -> None:
    stack = read(
        {"tf/a.tf": "locals {\n  a = 1\n}\n", "tf/b.tf": "x = \n", "tf/c.tf": b"\xff\xfe", "tf/d.tofu": "", "tf/e.tofu.json": "{}"}
    )
    assert stack.locals == {"a": 1}
    assert [code for code, _ in places(stack)] == ["HCL001", "HCL004", "HCL004", "HCL004"]


def test_links__are_reported_and_never_followed() -> None:
    stack = read({"tf/main.tf": ""}, links=["tf/other.tf", "tf/terraform.tfvars", "tf/x.auto.tfvars", "tf/.terraform.lock.hcl"])
    assert places(stack) == [
        ("FIL002", "tf/.terraform.lock.hcl"),
        ("FIL002", "tf/other.tf"),
        ("FIL002", "tf/terraform.tfvars"),
        ("FIL002", "tf/x.auto.tfvars"),
    ]


DUPLICATES = [
    'variable "a" {\n}\n',
    'output "a" {\n  value = 1\n}\n',
    'resource "a_b" "c" {\n}\n',
    'data "a_b" "c" {\n}\n',
    'module "m" {\n  source = "./m"\n}\n',
    'provider "aws" {\n}\n',
    'provider "aws" {\n  alias = "x"\n}\n',
    "locals {\n  a = 1\n}\n",
    'terraform {\n  backend "s3" {\n  }\n}\n',
    "terraform {\n  required_providers {\n    aws = {\n    }\n  }\n}\n",
]


@pytest.mark.parametrize("text", DUPLICATES)
def test_declared_twice__names_both_places(text: str) -> None:
    stack = read({"tf/a.tf": text, "tf/b.tf": text, "tf/m/main.tf": ""})
    found = [problem for problem in stack.problems if problem.code == "HCL003"]
    assert len(found) == 1
    assert found[0].place.path == "tf/b.tf"
    assert "tf/a.tf:" in found[0].message


SHAPES = [
    ("a = 1\n", 'argument named "a" is not expected here'),
    ('resorce "a" "b" {\n}\n', 'did you mean "resource"?'),
    ("nonsense {\n}\n", 'blocks of type "nonsense" are not expected here'),
    ('resource "a" {\n}\n', "takes 2 label(s), this one has 1"),
    ('locals "x" {\n}\n', "takes 0 label(s)"),
    ("locals {\n  x {\n  }\n}\n", "use = to assign an object"),
    ("moved {\n  from = a_b.c\n}\n", 'needs the argument "to"'),
    ("import {\n}\n", 'needs the argument "to"'),
    ("removed {\n}\n", 'needs the argument "from"'),
    ('output "x" {\n}\n', 'needs the argument "value"'),
]


@pytest.mark.parametrize(("text", "message"), SHAPES)
def test_shape__is_checked(text: str, message: str) -> None:
    (problem,) = messages(read(text))
    assert problem.startswith("HCL005 ")
    assert message in problem


def test_moved_import_removed_and_check__are_read_and_change_nothing() -> None:
    stack = read(
        'resource "a_b" "c" {\n}\nmoved {\n  from = a_b.old\n  to = a_b.c\n}\nimport {\n  to = a_b.c\n  id = "x"\n}\n'
        'removed {\n  from = a_b.gone\n}\ncheck "health" {\n  assert {\n    condition = false\n    error_message = "x"\n  }\n}\n'
    )
    assert stack.problems == ()
    assert [resource.address for resource in stack.resources] == ["a_b.c"]


OVERRIDES: list[tuple[str, str, str, object]] = [
    ("argument", 'resource "a_b" "c" {\n  x = 1\n  y = 2\n}\n', 'resource "a_b" "c" {\n  y = 3\n  z = 4\n}\n', {"x": 1, "y": 3, "z": 4}),
    (
        "block",
        'resource "a_b" "c" {\n  r {\n    n = 1\n  }\n  s {\n    n = 1\n  }\n}\n',
        'resource "a_b" "c" {\n  r {\n    n = 2\n  }\n  r {\n    n = 3\n  }\n}\n',
        {"r": [{"n": 2}, {"n": 3}], "s": [{"n": 1}]},
    ),
    (
        "block by dynamic",
        'resource "a_b" "c" {\n  r {\n    n = 1\n  }\n}\n',
        'resource "a_b" "c" {\n  dynamic "r" {\n    for_each = [7]\n    content {\n      n = r.value\n    }\n  }\n}\n',
        {"r": [{"n": 7}]},
    ),
    (
        "dynamic by block",
        'resource "a_b" "c" {\n  dynamic "r" {\n    for_each = [7]\n    content {\n      n = r.value\n    }\n  }\n}\n',
        'resource "a_b" "c" {\n  r {\n    n = 1\n  }\n}\n',
        {"r": [{"n": 1}]},
    ),
]


@pytest.mark.parametrize(("base", "override", "expected"), [case[1:] for case in OVERRIDES], ids=[case[0] for case in OVERRIDES])
def test_override__replaces_arguments_and_block_types(base: str, override: str, expected: object) -> None:
    stack = read({"tf/main.tf": base, "tf/override.tf": override})
    assert stack.problems == ()
    assert dict(stack.resources[0].attributes) == expected


def test_override__merges_lifecycle_and_keeps_places() -> None:
    stack = read(
        {
            "tf/main.tf": 'resource "a_b" "c" {\n  x = 1\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [x]\n  }\n}\n',
            "tf/x_override.tf": 'resource "a_b" "c" {\n  x = 2\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n',
            "tf/y_override.tf": 'resource "a_b" "c" {\n  count = 1\n}\n',
        }
    )
    (resource,) = stack.resources
    assert resource.address == "a_b.c[0]"
    assert resource.meta["lifecycle"] == {"prevent_destroy": False, "ignore_changes": ["x"]}
    assert str(resource.trace.place(("x",))) == "tf/x_override.tf:2"
    assert str(resource.place) == "tf/main.tf:1"


def test_override__adds_a_lifecycle_where_there_was_none() -> None:
    stack = read(
        {
            "tf/main.tf": 'resource "a_b" "c" {\n}\n',
            "tf/override.tf": 'resource "a_b" "c" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        }
    )
    assert stack.resources[0].meta == {"lifecycle": {"prevent_destroy": True}}


def test_override__of_variables_locals_outputs_modules_and_settings() -> None:
    stack = read(
        {
            "tf/main.tf": 'variable "v" {\n  type = number\n  default = 1\n  validation {\n    condition = var.v < 5\n'
            '    error_message = "small"\n  }\n}\n'
            'locals {\n  l = 1\n}\nmodule "m" {\n  source = "./m"\n  x = 1\n  y = 1\n}\n'
            'terraform {\n  required_version = ">= 1"\n  backend "s3" {\n    bucket = "a"\n  }\n'
            '  required_providers {\n    aws = {\n      version = "1"\n    }\n'
            '    tls = {\n      version = "2"\n    }\n  }\n}\n',
            "tf/override.tf": 'variable "v" {\n  default = 9\n  validation {\n    condition = false\n'
            '    error_message = "never"\n  }\n}\nlocals {\n  l = 2\n  new = 3\n}\n'
            'module "m" {\n  y = 2\n}\nprovider "aws" {\n  region = "r"\n}\n'
            'terraform {\n  required_version = ">= 2"\n  backend "local" {\n  }\n  required_providers {\n    aws = "3"\n  }\n}\n',
            "tf/m/main.tf": (
                'variable "x" {\n}\nvariable "y" {\n}\noutput "o" {\n  value = [var.x, var.y]\n}\n'
                'resource "a_b" "c" {\n  v = [var.x, var.y]\n}\n'
            ),
        }
    )
    assert messages(stack) == ["VAR002 var.v: small (the rule stands at tf/main.tf:4)"]
    assert stack.variables["v"].value == 9
    assert stack.locals == {"l": 2, "new": 3}
    assert dict(stack.resources[0].attributes) == {"v": [1, 2]}
    assert stack.backend is not None
    assert stack.backend.type == "local"
    assert (stack.required_version, stack.required_providers) == (">= 2", {"aws": "3", "tls": "2"})
    assert [provider.name for provider in stack.providers] == ["aws"]


def test_override_without_base__is_reported() -> None:
    (problem,) = messages(read({"tf/main.tf": "", "tf/override.tf": 'resource "a_b" "c" {\n}\n'}))
    assert "is not declared in a file that this override file could change" in problem


def test_settings__are_collected_from_all_files() -> None:
    stack = read(
        {
            "tf/a.tf": (
                'terraform {\n  required_version = ">= 1.5"\n  required_providers {\n    aws = {\n'
                '      source = "hashicorp/aws"\n    }\n  }\n}\n'
            ),
            "tf/b.tf": 'terraform {\n  required_version = "< 2"\n  cloud {\n    organization = "acme"\n  }\n}\n',
        }
    )
    assert stack.required_version == ">= 1.5, < 2"
    assert stack.required_providers == {"aws": ""}
    assert stack.backend is not None
    assert (stack.backend.type, dict(stack.backend.attributes)) == ("cloud", {"organization": "acme"})


def test_lock_file__tells_locked_versions() -> None:
    lock = (
        'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n'
        '  constraints = "~> 5.0"\n  hashes = ["h1:x"]\n}\nprovider "broken" {\n}\n'
    )
    stack = read({"tf/main.tf": "", "tf/.terraform.lock.hcl": lock})
    (name,) = stack.locked_providers
    locked = stack.locked_providers[name]
    assert (name, locked.version, locked.constraints) == ("registry.terraform.io/hashicorp/aws", "5.1.0", "~> 5.0")
    assert locked == LockedProvider("5.1.0", "~> 5.0", locked.place)
    assert str(locked.place) == "tf/.terraform.lock.hcl:1"
    assert messages(read({"tf/main.tf": "", "tf/.terraform.lock.hcl": "x = "}))[0].startswith("HCL001")


def test_json_resources__have_blocks_where_the_provider_has_them() -> None:
    table = """{"resource": {"aws_dynamodb_table": {"t": {
      "name": "orders-${var.env}",
      "attribute": [{"name": "PK", "type": "S"}, {"name": "SK", "type": "S"}],
      "ttl": {"attribute_name": "ttl", "enabled": true},
      "global_secondary_index": {"name": "i", "warm_throughput": {"read": 1}},
      "tags": {"a": "b"},
      "replica": "${var.env}"
    }}}, "variable": {"env": {"default": "sit"}}, "resource//": "comment"}""".replace(', "resource//": "comment"', "")
    stack = read({"tf/main.tf.json": table})
    assert stack.problems == ()
    assert dict(stack.resources[0].attributes) == {
        "name": "orders-sit",
        "attribute": [{"name": "PK", "type": "S"}, {"name": "SK", "type": "S"}],
        "ttl": [{"attribute_name": "ttl", "enabled": True}],
        "global_secondary_index": [{"name": "i", "warm_throughput": [{"read": 1}]}],
        "tags": {"a": "b"},
        "replica": "sit",
    }
    assert str(stack.resources[0].trace.place(("attribute", 1, "name"))) == "tf/main.tf.json:3"
