from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import LOGIN, NAMED, job, workflow

ENVIRONMENT = "account: '444455556666'\nregion: eu-west-1"
OTHER = "account: '111122223333', region: us-east-1"
UNKNOWN = 'variable "v" {}\n'


def document(resources: str, more: str = "") -> str:
    return (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["dynamodb:GetItem"]\n'
        f"    resources = [{resources}]\n  }}\n{more}}}\n"
    )


def policy(resource: str, effect: str = "Allow") -> str:
    return f'{{"Statement": [\n  {{"Effect": "{effect}", "Action": "s3:*", "Resource": [\n    "{resource}"]}}]}}\n'


def trust(sub: str = "", test: str = "StringLike", aud: str = "sts.amazonaws.com") -> str:
    condition = f"""
        condition {{
          test     = "{test}"
          variable = "token.actions.githubusercontent.com:sub"
          values   = [{sub}]
        }}"""
    return f"""
    data "aws_iam_policy_document" "t" {{
      statement {{
        actions = ["sts:AssumeRoleWithWebIdentity"]
        principals {{
          type        = "Federated"
          identifiers = ["arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com"]
        }}
        condition {{
          test     = "StringLike"
          variable = "token.actions.githubusercontent.com:aud"
          values   = ["{aud}"]
        }}{condition if sub else ""}
      }}
    }}
    resource "aws_iam_role" "deploy" {{
      name               = "deploy"
      assume_role_policy = data.aws_iam_policy_document.t.json
    }}
    """


DOCUMENT = "policy/data.aws_iam_policy_document.d"
TRUST = "trust/data.aws_iam_policy_document.t"
DEPLOY = workflow(job("deploy", "terraform -chdir=infra apply x", login=LOGIN, head="environment: sit-approval"))
TABLE = 'resource "aws_dynamodb_table" "o" {\n  name = "o"\n}\n'
ROLE = 'resource "aws_iam_role" "deploy" {\n  name = "deploy"\n}\n'
MAY = "role/aws_iam_role.deploy/dynamodb:CreateTable"


def inline(action: str) -> str:
    return (
        'resource "aws_iam_role_policy" "p" {\n  role = aws_iam_role.deploy.id\n'
        f'  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = {action}, Resource = "*" }}] }})\n}}\n'
    )


CASES = [
    Case(
        "IAM001",
        "its own",
        {DOCUMENT: "pass"},
        document('"arn:aws:dynamodb:eu-west-1:444455556666:table/orders-sit"'),
        environment=ENVIRONMENT,
        dev=OTHER,
    ),
    Case(
        "IAM001",
        "another region",
        {DOCUMENT: "fail"},
        document('"arn:aws:dynamodb:us-east-1:444455556666:table/orders-sit"'),
        environment=ENVIRONMENT,
        dev=OTHER,
        says="names region us-east-1 (dev)",
        at="infra/main.tf:4",
    ),
    Case(
        "IAM001",
        "another region that is also ours",
        {DOCUMENT: "pass"},
        document('"arn:aws:dynamodb:us-east-1:444455556666:table/orders-sit"'),
        environment=f"{ENVIRONMENT}\nother_regions: [us-east-1]",
        dev=OTHER,
    ),
    Case("IAM001", "all but another's name", {}, document('"arn:aws:s3:::orders-non-dev/*"'), environment="region: eu-west-1"),
    Case("IAM001", "another name", {DOCUMENT: "fail"}, document('"arn:aws:s3:::orders-dev/*"'), environment=ENVIRONMENT, says="dev in"),
    Case("IAM001", "somebody else's account", {}, document('"arn:aws:iam::999900001111:role/x"'), environment=ENVIRONMENT),
    Case("IAM001", "unknown", {}, UNKNOWN + document("var.v"), environment=ENVIRONMENT),
    Case(
        "IAM001",
        "a file of the target",
        {"policy/iam/sit-policy.json": "fail"},
        environment=ENVIRONMENT,
        dev=OTHER,
        files={"iam/sit-policy.json": policy("arn:aws:sqs:eu-west-1:111122223333:q")},
        at="iam/sit-policy.json:3",
    ),
    Case(
        "IAM001",
        "a file of another environment",
        {},
        environment=ENVIRONMENT,
        dev=OTHER,
        files={"iam/dev-policy.json": policy("arn:aws:sqs:eu-west-1:111122223333:q")},
    ),
    Case(
        "IAM001",
        "a file of nobody knows whom",
        {"policy/iam/policy.json": "unverified"},
        environment=ENVIRONMENT,
        dev=OTHER,
        files={"iam/policy.json": policy("arn:aws:sqs:eu-west-1:111122223333:q")},
    ),
    Case("IAM001", "no policy", {}, environment=ENVIRONMENT, files={"iam/policy.json": "[]", "iam/trust.json": "{"}),
    Case("IAM002", "one repository", {TRUST: "pass"}, trust('"repo:acme/shop:*"')),
    Case("IAM002", "no repository", {TRUST: "fail"}, trust(), says="asks for no repository", at="infra/main.tf:2"),
    Case("IAM002", "an organisation", {TRUST: "fail"}, trust('"repo:acme/*"'), says="repo:acme/*", at="infra/main.tf:16"),
    Case("IAM002", "a star that is only text", {TRUST: "pass"}, trust('"repo:acme/*"', "StringEquals")),
    Case("IAM002", "any audience", {TRUST: "fail"}, trust('"repo:acme/shop:*"', aud="*"), says="any audience"),
    Case("IAM002", "unknown", {TRUST: "unverified"}, UNKNOWN + trust("var.v")),
    Case("IAM002", "no GitHub", {}, document('"*"')),
    Case(
        "IAM002",
        "in a file",
        {"trust/iam/trust-sit.json": "fail"},
        files={
            "iam/trust-sit.json": '{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",\n'
            '"Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},\n'
            '"Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}}}'
        },
        at="iam/trust-sit.json:3",
    ),
    Case(
        "IAM003",
        "the approval",
        {f"{TRUST}/environment": "pass"},
        trust('"repo:a/b:environment:sit-approval"'),
        environment=NAMED,
        files=DEPLOY,
    ),
    Case(
        "IAM003",
        "any branch",
        {f"{TRUST}/environment": "fail"},
        trust('"repo:a/b:*"'),
        environment=NAMED,
        files=DEPLOY,
        says="any branch, without sit-approval",
    ),
    Case(
        "IAM003",
        "any branch, for another role",
        {},
        trust('"repo:a/b:*"').replace('= "deploy"', '= "reader"'),
        environment=NAMED,
        files=DEPLOY,
    ),
    Case("IAM003", "another environment", {f"{TRUST}/environment": "fail"}, trust('"repo:a/b:environment:dev"'), says="environment:dev"),
    Case(
        "IAM004",
        "allowed",
        {MAY: "pass", "role/aws_iam_role.deploy/iam:CreateRole": "fail"},
        ROLE + TABLE + inline('"dynamodb:*"'),
        environment=NAMED,
        files=DEPLOY,
    ),
    Case(
        "IAM004",
        "not allowed",
        {MAY: "fail", "role/aws_iam_role.deploy/iam:CreateRole": "pass"},
        ROLE + TABLE + inline('["iam:*", "dynamodb:Get*"]'),
        environment=NAMED,
        files=DEPLOY,
        at="infra/main.tf:1",
    ),
    Case(
        "IAM004",
        "allowed by a document",
        {MAY: "pass", "role/aws_iam_role.deploy/iam:CreateRole": "fail"},
        ROLE
        + TABLE
        + document('"*"').replace("GetItem", "Create*")
        + inline("").replace(
            'jsonencode({ Statement = [{ Effect = "Allow", Action = , Resource = "*" }] })', "data.aws_iam_policy_document.d.json"
        ),
        environment=NAMED,
        files=DEPLOY,
    ),
    Case(
        "IAM004",
        "perhaps by a policy of AWS",
        {MAY: "unverified", "role/aws_iam_role.deploy/iam:CreateRole": "unverified"},
        ROLE
        + TABLE
        + 'resource "aws_iam_role_policy_attachment" "a" {\n  role = "deploy"\n  policy_arn = "arn:aws:iam::aws:policy/X"\n}\n',
        environment=NAMED,
        files=DEPLOY,
    ),
    Case("IAM004", "a role from elsewhere", {}, TABLE, environment=NAMED, files=DEPLOY),
    Case(
        "IAM005",
        "a narrower denial",
        {},
        document('"*"', 'statement {\n effect = "Deny"\n actions = ["dynamodb:Put*"]\n resources = ["*"]\n}\n'),
    ),
    Case(
        "IAM005",
        "a wider denial",
        {f"{DOCUMENT}/statement/1": "fail"},
        document('"arn:x"', 'statement {\n effect = "Deny"\n actions = ["dynamodb:*"]\n resources = ["*"]\n}\n'),
        at="infra/main.tf:6",
    ),
    Case(
        "IAM005",
        "a denial with a condition",
        {},
        document(
            '"arn:x"',
            'statement {\n effect = "Deny"\n actions = ["*"]\n resources = ["*"]\n condition {\n  test = "Bool"\n'
            '  variable = "aws:SecureTransport"\n  values = ["false"]\n }\n}\n',
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
