from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import LOGIN, NAMED, PATH, job, workflow

ARN = "arn:aws:iam::444455556666:role/deploy"
ROLE = f"account: '444455556666'\nworkflow: {{path: {PATH}, role: '{ARN}'}}"
SECRET = f"workflow: {{path: {PATH}, role: AWS_ROLE_SIT}}"
BY_SECRET = LOGIN.replace(ARN, "${{ secrets.AWS_ROLE_SIT }}")
APPLY = "terraform -chdir=infra apply sit.tfplan"
SPACE = NAMED + "\nworkspace: sit"


def provider(profile: str) -> str:
    return f'variable "v" {{}}\nprovider "aws" {{\n  profile = {profile}\n}}\n'


CASES = [
    Case("WFL013", "the role", {"workflow/role/deploy": "pass"}, environment=ROLE, files=workflow(job("deploy", APPLY, login=LOGIN))),
    Case(
        "WFL013", "the secret", {"workflow/role/deploy": "pass"}, environment=SECRET, files=workflow(job("deploy", APPLY, login=BY_SECRET))
    ),
    Case(
        "WFL013",
        "another role",
        {"workflow/role/deploy": "fail"},
        environment=ROLE,
        files=workflow(job("deploy", APPLY, login=LOGIN.replace("role/deploy", "role/admin"))),
        says="role/admin",
    ),
    Case(
        "WFL013",
        "another secret",
        {"workflow/role/deploy": "fail"},
        environment=SECRET,
        files=workflow(job("deploy", APPLY, login=BY_SECRET.replace("ROLE_SIT", "ROLE_SITE"))),
    ),
    Case(
        "WFL013",
        "a secret for an ARN",
        {"workflow/role/deploy": "unverified"},
        environment=ROLE,
        files=workflow(job("deploy", APPLY, login=BY_SECRET)),
    ),
    Case("WFL013", "not asked", {}, environment=NAMED, files=workflow(job("deploy", APPLY, login=LOGIN))),
    Case("ENV005", "the profile", {"environment/profile": "pass"}, provider('"sit"'), environment="profile: sit"),
    Case("ENV005", "another", {"environment/profile": "fail"}, provider('"dev"'), environment="profile: sit", at="infra/main.tf:3"),
    Case("ENV005", "unknown", {"environment/profile": "unverified"}, provider("var.v"), environment="profile: sit"),
    Case(
        "ENV005",
        "the same in variables, state, workflow and script",
        {"environment/profile": "pass"},
        'variable "aws_profile" {\n  default = "sit"\n}\nterraform {\n  backend "s3" {\n    profile = "sit"\n  }\n}\n',
        environment=f"profile: sit\n{NAMED}\nvalidation_script: check.sh",
        files=workflow(job("deploy", "AWS_PROFILE=sit aws s3 ls --profile sit"))
        | {"check.sh": "export AWS_PROFILE=sit\nAWS_PROFILE=sit\n"},
    ),
    Case(
        "ENV005",
        "another in the workflow",
        {"environment/profile": "fail"},
        environment=f"profile: sit\n{NAMED}",
        files=workflow(job("deploy", "aws s3 ls --profile dev")),
        at=f"{PATH}:6",
    ),
    Case(
        "ENV005",
        "another environment's in a document",
        {"environment/profile": "pass"},
        environment="profile: shop-sit",
        dev="profile: shop-dev",
        files={"README.md": "```bash\nexport AWS_PROFILE=shop-dev\naws s3 ls --profile shop-sit\n```\n"},
    ),
    Case(
        "ENV005",
        "nobody's in a document",
        {"environment/profile": "fail"},
        environment="profile: shop-sit",
        files={"README.md": "```bash\nexport AWS_PROFILE=shop-test\n```\n"},
        at="README.md:2",
    ),
    Case(
        "ENV005",
        "a placeholder in a document",
        {},
        environment="profile: shop-sit",
        files={"README.md": "```bash\nexport AWS_PROFILE=<your profile>\naws s3 ls --profile $PROFILE\n```\n"},
    ),
    Case("ENV005", "not asked", {}, provider('"dev"')),
    Case(
        "WFL014",
        "selected",
        {"workflow/workspace": "pass"},
        environment=SPACE,
        files=workflow(job("deploy", "terraform workspace select sit", APPLY)),
    ),
    Case(
        "WFL014",
        "by variable",
        {"workflow/workspace": "pass"},
        environment=SPACE,
        files=workflow(job("deploy", APPLY), top="env: {TF_WORKSPACE: sit}\n"),
    ),
    Case(
        "WFL014",
        "another",
        {"workflow/workspace": "fail"},
        environment=SPACE,
        files=workflow(job("deploy", "terraform workspace select dev", APPLY)),
        says="works in workspace dev, not sit",
    ),
    Case(
        "WFL014", "none", {"workflow/workspace": "fail"}, environment=SPACE, files=workflow(job("deploy", APPLY)), says="workspace default"
    ),
    Case(
        "WFL014",
        "unknown",
        {"workflow/workspace": "unverified"},
        environment=SPACE,
        files=workflow(job("deploy", "terraform workspace select ${{ vars.W }}", APPLY)),
    ),
    Case("WFL014", "not asked", {}, environment=NAMED, files=workflow(job("deploy", "terraform workspace select dev", APPLY))),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
