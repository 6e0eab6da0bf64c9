"""One hostile file in a repository that is ready: it blocks with its reason, or it is read for what it is."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from bbws_gate.errors import SpecError
from bbws_gate.model import Status
from bbws_gate.pipeline import DEFAULT_SPEC, read_spec
from bbws_gate.repository import MemoryRepository
from tests.security.assessing import assessed, ready_files, told

TF = "terraform/hostile.tf"
WORKFLOW = ".github/workflows/deploy-sit.yml"
CANARY = f"{tempfile.gettempdir()}/bbws-gate-canary-{os.getpid()}"
DEEP = 3000


def local(value: str) -> dict[str, str | bytes | None]:
    return {TF: f"locals {{\n  a = {value}\n}}\n"}


def doubling() -> dict[str, str | bytes | None]:
    lines = [f'  a{number} = "${{local.a{number - 1}}}${{local.a{number - 1}}}"' for number in range(1, 41)]
    return {TF: "\n".join(["locals {", '  a0 = "xxxxxxxxxx"', *lines, "}", ""])}


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"
BLOCKED = [
    ("P1", "brackets", local("[" * DEEP), "nested deeper than 100"),
    ("P2", "parentheses", local("(" * DEEP), "nested deeper than 100"),
    ("P2", "templates", local('"${' * DEEP), "nested deeper than 100"),
    ("P2", "blocks", {TF: "a {\n" * DEEP}, "nested deeper than 100"),
    ("P3", "conditionals", local("true ? 1 : " * DEEP + "1"), "nested deeper than 100"),
    ("P3", "sums", local("1 + " * DEEP + "1"), "nested deeper than 100"),
    ("P3", "indexes", local("x" + "[0]" * 300), "nested deeper than 100"),
    ("P5", "large file", {TF: f'locals {{\n  a = "{"x" * 1_000_001}"\n}}\n'}, "larger than 1,000,000"),
    ("P7", "attribute twice", {TF: "locals {\n  a = 1\n  a = 2\n}\n"}, "already set on line 2"),
    ("P8", "digits", local("9" * 100_000), "number out of range"),
    ("P8", "exponent", local("1e999999999"), "number out of range"),
    ("P9", "heredoc", local("<<EOT\nx"), "heredoc EOT is never closed"),
    ("P9", "comment", {TF: "/*" * 100_000}, "never closed"),
    ("P9", "NUL", local('"a\0b"'), "NUL byte"),
    ("E1", "range", local("range(0, 1025)"), "more than 1024 values"),
    ("E3", "format", local('format("%1000000000d", 1)'), "more evaluation steps"),
    ("E4", "doubling", doubling(), "local.a17 makes a string of more than 1,000,000 characters"),
    ("E5", "locals", {TF: "locals {\n  a = local.b\n  b = local.a\n}\n"}, "local.a -> local.b -> local.a"),
    ("E5", "module", {TF: 'module "m" {\n  source = "./"\n}\n'}, "its source runs in a circle"),
    ("E8", "regex", local(f'regex("^(\\\\w+\\\\s?)*$", "{"a" * 60}!")'), "did not match any part"),
    ("E11", "setproduct", local(f"setproduct({','.join(['range(100)'] * 10)})"), "more evaluation steps"),
    ("F1", "environment", local('file("/proc/self/environ")'), "path outside the checkout"),
    ("F1", "event", local('file("/github/workflow/event.json")'), "path outside the checkout"),
    ("F2", "parents", local('file("../../../../etc/passwd")'), "path outside the checkout"),
    ("F2", "module path", local('file("${path.module}/../../../x")'), "path outside the checkout"),
    ("F2", "fileset", local('fileset("/", "**")'), "path outside the checkout"),
    ("C9", "tofu", {"terraform/main.tofu": "locals {}\n"}, "Terraform does not read .tofu files"),
    ("L7", "LFS in place of Terraform", {TF: POINTER}, "a Git LFS pointer, not the file itself"),
    ("L7", "LFS in place of values", {"terraform/environments/sit.tfvars": POINTER}, "a Git LFS pointer"),
    ("L7", "LFS in place of a schema", {"schemas/orders.schema.json": POINTER}, "a Git LFS pointer"),
    ("U1", "UTF-16", {TF: "locals {}\n".encode("utf-16")}, "save it as UTF-8"),
    ("U1", "Latin-1", {TF: 'locals {\n  a = "é"\n}\n'.encode("latin-1")}, "not UTF-8 text"),
    ("U1", "CR", {TF: "locals {\r  a = 1\r}\r"}, "CR only"),
]


@pytest.mark.case(
    "P1", "P2", "P3", "P5", "P7", "P8", "P9", "E1", "E3", "E4", "E5", "E8", "E11", "F1", "F2", "C9", "L7", "U1", "T2", "T3", "T19"
)
@pytest.mark.parametrize(("files", "reason"), [row[2:] for row in BLOCKED], ids=[f"{row[0]} {row[1]}" for row in BLOCKED])
def test_terraform__blocks_with_its_reason(files: dict[str, str | bytes | None], reason: str) -> None:
    assessment = assessed(files)
    assert assessment.status is Status.BLOCKED
    assert reason in told(assessment)


HARMLESS = [
    ("P4", "double negation", local("!!true")),
    ("P20", "empty files", {TF: "", "terraform/comments.tf": "# nothing\n", "terraform/none.auto.tfvars": ""}),
    ("E7", "power", local("pow(10, 1000000000)")),
    ("E7", "bcrypt", local('bcrypt("x", 31)')),
    ("E12", "unknown values", local("[timestamp(), uuid()]")),
    ("C9", "editors' copies", {"terraform/x.tf~": "[", "terraform/x.TF": "["}),
    ("C10", "metadata names", {TF: "locals {\n  __comments__ = 1\n  t = { __is_block__ = true }\n}\n"}),
    ("U1", "BOM", {TF: "\ufefflocals {\r\n  a = 1\r\n}\r\n"}),
]


@pytest.mark.case("P4", "P20", "E7", "E12", "C9", "C10", "U1")
@pytest.mark.parametrize("files", [row[2] for row in HARMLESS], ids=[f"{row[0]} {row[1]}" for row in HARMLESS])
def test_terraform__that_nothing_judged_depends_on_is_read_and_changes_nothing(files: dict[str, str | bytes | None]) -> None:
    assert assessed(files).status is Status.READY


@pytest.mark.case("E12")
def test_e12__a_judged_value_that_is_not_known_is_no_pass() -> None:
    files = {"terraform/tables.tf": None, TF: 'resource "aws_dynamodb_table" "t" {\n  name     = uuid()\n  hash_key = "id"\n}\n'}
    assert assessed(files).status is not Status.READY


@pytest.mark.case("L7", "C3")
def test_l7__pointer_in_place_of_the_spec_is_no_spec() -> None:
    with pytest.raises(SpecError, match="a Git LFS pointer"):
        read_spec(MemoryRepository({DEFAULT_SPEC: POINTER}))


@pytest.mark.case("U2", "T20")
def test_u2__look_alike_letters_are_told_by_their_numbers() -> None:
    tables = ready_files()["terraform/tables.tf"].decode()
    assessment = assessed({"terraform/tables.tf": tables.replace("orders", "\u043erders")})
    assert assessment.status is Status.BLOCKED
    assert "U+043E CYRILLIC SMALL LETTER O" in told(assessment)


HOSTILE_SCHEMA = """\
{
  "tableName": "orders",
  "$ref": "%s",
  "attributes": {"PK": {"type": "S", "pattern": "^(a+)+$", "default": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "$ref": "#"}},
  "primaryKey": {"partitionKey": {"name": "PK", "type": "S"}, "sortKey": {"name": "SK", "type": "S"}}
}
"""


@pytest.mark.case("E9", "E10")
@pytest.mark.parametrize("reference", ["#", "http://169.254.169.254/latest", "file:///etc/hostname", "orders.schema.json"])
def test_e9__schema_documents_are_described_and_never_evaluated(reference: str) -> None:
    assessment = assessed({"schemas/orders.schema.json": HOSTILE_SCHEMA % reference})
    assert assessment.error == ""
    assert {finding.code[:3] for finding in assessment.open_findings} <= {"SCH"}


ALIASES = "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
WORKFLOWS = [
    ("P10", "aliases", ALIASES),
    ("P12", "brackets", "[" * 100_000),
    ("P13", "key twice", "on: push\npermissions: {}\npermissions: write-all\njobs: {}\n"),
    ("P15", "object", f'a: !!python/object/apply:os.system ["touch {CANARY}"]\n'),
    ("P15", "date", "on: push\njobs: {}\na: 2001-99-99\n? [1, 2]\n: x\n"),
]


@pytest.mark.case("P10", "P12", "P13", "P15", "T4")
@pytest.mark.parametrize("text", [row[2] for row in WORKFLOWS], ids=[f"{row[0]} {row[1]}" for row in WORKFLOWS])
def test_yaml__of_the_workflow_that_is_judged_blocks(text: str) -> None:
    assert assessed({WORKFLOW: text}).status is Status.BLOCKED
    assert not Path(CANARY).exists()


SCRIPT = "scripts/validate_orders_sit.py"
SCRIPTS = [
    ("P16", "minus", "x = " + "-" * 10_000 + "1\n"),
    ("P16", "plus", "x = " + "+".join(["1"] * 100_000) + "\n"),
    ("P16", "attributes", "x = a" + ".b" * 100_000 + "\n"),
]


@pytest.mark.case("P16")
@pytest.mark.parametrize("text", [row[2] for row in SCRIPTS], ids=[f"{row[0]} {row[1]}" for row in SCRIPTS])
def test_script__that_cannot_be_read_is_no_pass(text: str) -> None:
    assert assessed({SCRIPT: text}).status is not Status.READY


@pytest.mark.case("P18")
@pytest.mark.parametrize("text", ["[" * 100_000, '{"TableName": "a", "TableName": "b"}'], ids=["P18 brackets", "P18 key twice"])
def test_p18__json_that_is_not_sound_is_no_pass(text: str) -> None:
    (schema,) = [path for path in ready_files() if path.endswith("orders.schema.json")]
    assert assessed({schema: text}).status is not Status.READY


@pytest.mark.case("P19")
@pytest.mark.parametrize("text", ["[" * 999_000, "*a " * 333_000], ids=["P19 brackets", "P19 stars"])
def test_p19__markdown_ends(text: str) -> None:
    assert assessed({"docs/promotion_plan.md": text}).status is not Status.ERROR


@pytest.mark.case("E14", "M1", "M7")
def test_e14__template_words_are_data() -> None:
    assessment = assessed({TF: 'resource "aws_sns_topic" "t" {\n  name = "{{ 9**10000000 }}"\n}\nlocals {\n  a = [\n}\n'})
    assert assessment.status is Status.BLOCKED


@pytest.mark.case("F6")
def test_f6__modules_elsewhere_are_reported_and_never_fetched() -> None:
    sources = [
        "git::https://evil.test/x",
        "https://evil.test/x.zip",
        "s3::https://evil.test/x",
        "a/b/aws",
        "file:///etc",
        "ssh://-oProxyCommand=x",
    ]
    text = "".join(f'module "m{number}" {{\n  source = "{source}"\n}}\n' for number, source in enumerate(sources))
    assessment = assessed({TF: text})  # in the worker, where a connection would end the run
    assert assessment.status is not Status.READY
    assert "is not in this checkout" in told(assessment)


@pytest.mark.case("C8", "T25")
@pytest.mark.parametrize("name", ["prod_override.tf", "main.tf.json", "terraform.tfvars.json", "x.auto.tfvars"])
def test_c8__a_file_that_terraform_loads_too_is_judged(name: str) -> None:
    broken = {"prod_override.tf": "locals {", "main.tf.json": "{", "terraform.tfvars.json": "{", "x.auto.tfvars": "a = ["}
    assert assessed({f"terraform/{name}": broken[name]}).status is Status.BLOCKED


@pytest.mark.case("C1", "T8")
@pytest.mark.parametrize("spec", [None, "", "version: 1\nproject: orders\n"], ids=["deleted", "emptied", "weakened"])
def test_c1__a_change_of_the_spec_does_not_judge_itself(spec: str | None) -> None:
    assessment = assessed({".github/promotion.yml": spec, "terraform/backup.tf": None}, base=True)
    assert assessment.status is Status.BLOCKED
    assert assessment.spec_digest == assessed({}).spec_digest


@pytest.mark.case("C2")
def test_c2__a_second_spec_elsewhere_is_not_read() -> None:
    files = {"promotion.yml": "version: 1\n", ".github/promotion.yaml": "version: 1\n", "terraform/backup.tf": None}
    assert assessed(files).status is Status.BLOCKED
