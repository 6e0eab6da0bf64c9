from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

GROUP = 'resource "aws_security_group" "g" {\n  name = "g"\n}\n'
FULL = 'resource "aws_security_group" "g" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n  }\n}\n'
B = "resource/aws_security_group_rule.b/rule"
LIFECYCLE = "resource/aws_s3_bucket_lifecycle_configuration.l"
POLICY = "policy/data.aws_iam_policy_document.d/sid/Read"


def opening(name: str, peer: str, kind: str = "ingress", port: int = 443) -> str:
    return (
        f'resource "aws_security_group_rule" "{name}" {{\n  type = "{kind}"\n  security_group_id = aws_security_group.g.id\n'
        f'  protocol = "tcp"\n  from_port = {port}\n  to_port = {port}\n  {peer}\n}}\n'
    )


ANY = 'cidr_blocks = ["10.0.0.0/8"]'


def lifecycle(*rules: str) -> str:
    blocks = "".join(f'  rule {{\n    status = "Enabled"\n    {rule}\n  }}\n' for rule in rules)
    return f'variable "v" {{}}\nresource "aws_s3_bucket_lifecycle_configuration" "l" {{\n  bucket = "b"\n{blocks}}}\n'


def keep(name: str, days: int | str, prefix: str = '"a/"') -> str:
    return f'id = "{name}"\n    filter {{\n      prefix = {prefix}\n    }}\n    expiration {{\n      days = {days}\n    }}'


def statements(*sids: str) -> str:
    blocks = "".join(f'  statement {{\n    {sid}\n    actions = ["s3:*"]\n    resources = ["*"]\n  }}\n' for sid in sids)
    return f'variable "v" {{}}\ndata "aws_iam_policy_document" "d" {{\n{blocks}}}\n'


CASES = [
    Case("COL005", "the same peer twice", {B: "fail"}, GROUP + opening("a", ANY) + opening("b", ANY), says="443-443 to 10.0.0.0/8"),
    Case("COL005", "other ports", {}, GROUP + opening("a", ANY) + opening("b", ANY, port=80)),
    Case("COL005", "other directions", {}, GROUP + opening("a", ANY) + opening("b", ANY, "egress")),
    Case("COL005", "other peers", {}, GROUP + opening("a", ANY) + opening("b", "self = true")),
    Case("COL005", "itself twice", {B: "fail"}, GROUP + opening("a", "self = true") + opening("b", "self = true")),
    Case(
        "COL005",
        "unknown peers",
        {},
        'variable "v" {}\n' + GROUP + opening("a", "cidr_blocks = var.v") + opening("b", "cidr_blocks = var.v"),
    ),
    Case("COL005", "beside rules inside", {B: "fail"}, FULL + opening("b", ANY), says="they overwrite each other"),
    Case("COL005", "beside rules of the other direction", {}, FULL + opening("b", ANY, "egress")),
    Case(
        "COL006",
        "the shorter wins",
        {f"{LIFECYCLE}/expiration/x": "fail"},
        lifecycle(keep("x", 90), keep("y", 30)),
        says="after 30 days, not 90",
    ),
    Case("COL006", "in whatever order", {f"{LIFECYCLE}/expiration/y": "fail"}, lifecycle(keep("x", 30), keep("y", 90))),
    Case(
        "COL006",
        "of an id that cannot be known",
        {f"{LIFECYCLE}/expiration/0": "fail"},
        lifecycle(keep("x", 90), keep("y", 30)).replace('id = "x"', "id = var.v"),
    ),
    Case("COL006", "other objects", {}, lifecycle(keep("x", 90), keep("y", 30, '"b/"'))),
    Case("COL006", "unknown objects", {}, lifecycle(keep("x", 90, "var.v"), keep("y", 30, "var.v"))),
    Case("COL006", "unknown days", {}, lifecycle(keep("x", "var.v"), keep("y", 30))),
    Case("COL006", "one of them is off", {}, lifecycle(keep("x", 90), keep("y", 30)).replace("Enabled", "Disabled", 1)),
    Case("COL006", "one id twice", {f"{LIFECYCLE}/rule/x": "fail"}, lifecycle(keep("x", 90), keep("x", 90)), says="two rules called x"),
    Case("IAM006", "one Sid twice", {POLICY: "fail"}, statements('sid = "Read"', 'sid = "Read"'), says="two statements called Read"),
    Case("IAM006", "two Sids, and none", {}, statements('sid = "Read"', 'sid = "Write"', "", "")),
    Case("IAM006", "unknown", {}, statements("sid = var.v", "sid = var.v")),
    Case(
        "IAM006",
        "in a bucket policy, where it is allowed",
        {},
        'resource "aws_s3_bucket_policy" "p" {\n  policy = jsonencode({ Statement = ['
        '{ Sid = "A", Effect = "Allow", Action = "s3:*" }, { Sid = "A", Effect = "Deny", Action = "s3:*" }] })\n}\n',
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
