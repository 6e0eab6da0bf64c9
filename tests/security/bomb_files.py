"""The bombs of groups P and E of the threat model: what is added to a project that is ready, and how its assessment ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.security.test_hostile_files import BLOCKED, HARMLESS, SCRIPT, SCRIPTS, TF, WORKFLOW, WORKFLOWS, local

SCHEMA = "schemas/orders.schema.json"
PLAN = "docs/promotion_plan.md"


@dataclass(frozen=True)
class Bomb:
    """One input."""

    case: str
    name: str
    files: Mapping[str, str | bytes]
    reason: str
    """Part of what the verdict says; empty where the input is read like any other."""
    code: int = 1


def _many_resources() -> str:
    return "".join(f'resource "aws_sns_topic" "t{number}" {{\n  name = "t{number}"\n}}\n' for number in range(3_000))


def _many_attributes() -> str:
    return "locals {\n" + "".join(f"  a{number} = {number}\n" for number in range(20_000)) + "}\n"


def _repeated() -> str:
    return "".join(
        f'resource "aws_sns_topic" "t{number}" {{\n  for_each = toset([for i in range(1000) : tostring(i)])\n  name     = each.key\n}}\n'
        for number in range(100)
    )


_LOOPS = "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a * b * c]]]"
_SUMS = "sum([for a in range(1000) : sum([for b in range(1000) : sum([for c in range(1000) : a])])])"
_REASONS = {
    ("P10", "aliases"): "YAML aliases expand past 100,000 nodes",
    ("P12", "brackets"): "nested deeper than 64",
    ("P13", "key twice"): "duplicate key 'permissions'",
    ("P15", "object"): "tags are not accepted",
    ("P15", "date"): "a key that is not text",
    ("P16", "minus"): "nested deeper than 100",
    ("P16", "plus"): "not Python that can be read",
    ("P16", "attributes"): "not Python that can be read",
}
_STEPS = "more evaluation steps"

_TERRAFORM = (
    Bomb("P6", "3,000 resources", {TF: _many_resources()}, "", 0),
    Bomb("P6", "20,000 attributes", {TF: _many_attributes()}, "", 0),
    Bomb("E2", "loops in loops", local(_LOOPS), _STEPS),  # type: ignore[arg-type]
    Bomb("E2", "sums of sums", local(_SUMS), _STEPS),  # type: ignore[arg-type]
    Bomb("E7", "parseint", local(f'parseint("{"9" * 900_000}", 62)'), "cannot parse"),  # type: ignore[arg-type]
    Bomb("E7", "cidrsubnets", local(f'cidrsubnets("10.0.0.0/8", {", ".join(["4"] * 100_000)})'), "not enough remaining address space"),  # type: ignore[arg-type]
    Bomb("E11", "100,000 instances", {TF: _repeated()}, _STEPS),
)
_SCHEMAS = (
    Bomb("E9", "pattern", {SCHEMA: '{"type": "object", "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}}'}, "", 0),
    Bomb("E9", "reference to itself", {SCHEMA: '{"$ref": "#"}'}, "", 0),
    Bomb("E10", "remote reference", {SCHEMA: '{"$ref": "http://169.254.169.254/"}'}, "", 0),
    Bomb("P18", "brackets", {SCHEMA: "[" * 100_000}, "nested deeper"),
    Bomb("P18", "key twice", {SCHEMA: '{"TableName": "a", "TableName": "b"}'}, "twice"),
)
_TEXTS = (
    Bomb("P19", "brackets", {PLAN: "[" * 999_000}, "", 0),
    Bomb("P19", "stars", {PLAN: "*a " * 333_000}, "", 0),
    Bomb("E14", "template words", {TF: 'resource "aws_sns_topic" "t" {\n  name = "{{ 9**10000000 }}{{ \\"x\\"*500000000 }}"\n}\n'}, "", 0),
)
BOMBS: tuple[Bomb, ...] = (
    *(Bomb(case, name, files, reason) for case, name, files, reason in BLOCKED if case[0] in "PE"),  # type: ignore[arg-type]
    *(Bomb(case, name, files, "", 0) for case, name, files in HARMLESS if case[0] in "PE"),  # type: ignore[arg-type]
    *_TERRAFORM,
    *(Bomb(case, name, {WORKFLOW: text}, _REASONS[case, name]) for case, name, text in WORKFLOWS),
    *(Bomb(case, name, {SCRIPT: text}, _REASONS[case, name]) for case, name, text in SCRIPTS),
    *_SCHEMAS,
    *_TEXTS,
)
