from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

ACCOUNT = "account: '444455556666'\nworkflow: {path: .github/workflows/sit.yml}\nvalidation_script: check.py\nvar_files: [sit.tfvars]"
REGION = "region: eu-west-1\nworkflow: {path: .github/workflows/sit.yml}\nvalidation_script: check.py"
BACKEND = "backend: {bucket: state-sit, lock_table: locks, encrypt: true}"
PROVIDER = 'variable "aws_account_id" {}\nprovider "aws" {\n  allowed_account_ids = [var.aws_account_id]\n}\n'
TFVARS, YML, PY = "environment/account/infra/sit.tfvars", "environment/account/.github/workflows/sit.yml", "environment/account/check.py"


def workflow(given: str, env: str = "{}") -> str:
    return f"""
        on: workflow_dispatch
        env: {env}
        jobs:
          deploy:
            runs-on: x
            steps:
              - uses: aws-actions/configure-aws-credentials@v4
                with: {given}
        """


ROLE = "{role-to-assume: 'arn:aws:iam::444455556666:role/x', aws-region: eu-west-1}"
OTHER = "{role-to-assume: 'arn:aws:iam::111122223333:role/x', aws-region: us-east-1}"
SECRET = "{role-to-assume: '${{ secrets.ROLE }}', aws-region: '${{ vars.REGION }}'}"
INPUT = "{role-to-assume: 'arn:aws:iam::${{ inputs.account }}:role/x', aws-region: '${{ inputs.region }}'}"
S3 = 'terraform {\n  backend "s3" {\n    bucket         = "state-sit"\n    dynamodb_table = "locks"\n    encrypt        = true\n  }\n}\n'


def state(**results: str) -> dict[str, str]:
    return {"environment/backend": "pass", **{f"environment/backend/{word}": result for word, result in results.items()}}


def yml(text: str) -> dict[str, str]:
    return {".github/workflows/sit.yml": text}


INIT = "on: push\njobs:\n  a:\n    steps:\n      - run: terraform init -backend-config={}\n"
IN_ROOT = INIT.replace("- run: terraform", "- run: terraform -chdir=infra")
HCL = {"infra/sit.hcl": 'bucket = "state-sit"\n'}
NAMED = "\nworkflow: {path: .github/workflows/sit.yml}"

CASES = [
    Case(
        "ENV001",
        "another account in the README's table",
        {"environment/account/README.md": "fail"},
        files={"README.md": "| Environment | Account |\n| --- | --- |\n| DEV | 111122223333 |\n| SIT | 111122223333 |\n"},
        at="README.md:4",
        says="that is dev",
    ),
    Case(
        "ENV002",
        "the README's table",
        {"environment/region/README.md": "pass"},
        environment="region: eu-west-1",
        files={"README.md": "| Env | Region |\n| --- | --- |\n| sit | `eu-west-1` |\n"},
    ),
    Case(
        "ENV001",
        "one truth",
        {TFVARS: "pass", YML: "pass", PY: "pass"},
        PROVIDER,
        environment=ACCOUNT,
        files={"infra/sit.tfvars": 'aws_account_id = "444455556666"\n', "check.py": 'ACCOUNT_ID = "444455556666"\n', **yml(workflow(ROLE))},
    ),
    Case(
        "ENV001",
        "tfvars differ: one finding for variable and provider",
        {TFVARS: "fail"},
        PROVIDER,
        environment=ACCOUNT,
        files={"infra/sit.tfvars": 'aws_account_id = "999988887777"\n'},
        at="infra/sit.tfvars:1",
        says="not 444455556666",
    ),
    Case(
        "ENV001",
        "another environment's",
        {TFVARS: "fail"},
        PROVIDER,
        environment=ACCOUNT,
        files={"infra/sit.tfvars": 'aws_account_id = "111122223333"\n'},
        says="(that is dev)",
    ),
    Case(
        "ENV001",
        "literal in the provider",
        {"environment/account/infra/main.tf": "fail"},
        'provider "aws" {\n  allowed_account_ids = ["111122223333"]\n}\n',
        at="infra/main.tf:2",
    ),
    Case(
        "ENV001",
        "a list that has it",
        {"environment/account/infra/main.tf": "pass"},
        'provider "aws" {\n  allowed_account_ids = ["111122223333", "444455556666"]\n}\n',
    ),
    Case(
        "ENV001",
        "role of the provider",
        {"environment/account/infra/main.tf": "fail"},
        'provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::111122223333:role/x"\n  }\n}\n',
        at="infra/main.tf:3",
    ),
    Case(
        "ENV001",
        "an aliased provider may be elsewhere",
        {},
        'provider "aws" {\n  alias = "dns"\n  allowed_account_ids = ["111122223333"]\n}\n',
    ),
    Case("ENV001", "unknown to files", {"environment/account/infra/main.tf": "unverified"}, PROVIDER),
    Case("ENV001", "workflow differs", {YML: "fail"}, environment=ACCOUNT, files=yml(workflow(OTHER)), says="111122223333"),
    Case("ENV001", "role is a secret", {YML: "unverified"}, environment=ACCOUNT, files=yml(workflow(SECRET)), says="secrets.ROLE"),
    Case(
        "ENV001",
        "an input decides",
        {YML: "unverified"},
        environment=ACCOUNT,
        files=yml(
            workflow(INPUT).replace("on: workflow_dispatch", "on: {workflow_dispatch: {inputs: {account: {default: '111122223333'}}}}")
        ),
    ),
    Case(
        "ENV001", "env of the workflow", {YML: "fail"}, environment=ACCOUNT, files=yml(workflow(ROLE, "{AWS_ACCOUNT_ID: '111122223333'}"))
    ),
    Case(
        "ENV001",
        "script differs",
        {PY: "fail"},
        environment=ACCOUNT,
        files={"check.py": 'EXPECTED_ACCOUNT = "111122223333"\n'},
        at="check.py:1",
    ),
    Case(
        "ENV001",
        "one workflow for several environments",
        {YML: "unverified"},
        environment=ACCOUNT,
        files=yml(workflow(OTHER)),
        dev="account: '111122223333', workflow: {path: .github/workflows/sit.yml}",
    ),
    Case("ENV001", "not asked", {}, PROVIDER, environment="region: eu-west-1"),
    Case(
        "ENV002",
        "one truth",
        {
            "environment/region/infra/main.tf": "pass",
            "environment/region/.github/workflows/sit.yml": "pass",
            "environment/region/check.py": "pass",
        },
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        environment=REGION,
        files={"check.py": 'import boto3\nboto3.client("dynamodb", region_name="eu-west-1")\n', **yml(workflow(ROLE))},
    ),
    Case(
        "ENV002",
        "provider differs",
        {"environment/region/infra/main.tf": "fail"},
        'provider "aws" {\n  region = "us-east-1"\n}\n',
        environment=REGION,
        says="says region us-east-1, not eu-west-1",
        at="infra/main.tf:2",
    ),
    Case(
        "ENV002",
        "another region that is allowed",
        {"environment/region/infra/main.tf": "pass"},
        'provider "aws" {\n  region = "us-east-1"\n}\n',
        environment="region: eu-west-1\nother_regions: [us-east-1]",
    ),
    Case(
        "ENV002",
        "workflow and script differ",
        {"environment/region/.github/workflows/sit.yml": "fail", "environment/region/check.py": "fail"},
        environment=REGION,
        files={"check.py": 'AWS_REGION = "af-south-1"\n', **yml(workflow(OTHER))},
    ),
    Case(
        "ENV002",
        "default of the script's option",
        {"environment/region/check.py": "fail"},
        environment=REGION,
        files={"check.py": 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--region", default="af-south-1")\n'},
        at="check.py:3",
    ),
    Case(
        "ENV002",
        "unknown to files",
        {"environment/region/.github/workflows/sit.yml": "unverified"},
        environment=REGION,
        files=yml(workflow(SECRET)),
        says="vars.REGION",
    ),
    Case("ENV002", "not asked", {}, 'provider "aws" {\n  region = "us-east-1"\n}\n'),
    Case("ENV003", "as planned", state(bucket="pass", lock_table="pass", encrypt="pass"), S3, environment=BACKEND, at="infra/main.tf:3"),
    Case(
        "ENV003",
        "other bucket",
        state(bucket="fail", lock_table="pass", encrypt="pass"),
        S3.replace("state-sit", "state-dev"),
        environment=BACKEND,
        says='Backend bucket is "state-dev", not "state-sit"',
    ),
    Case(
        "ENV003",
        "not set",
        state(bucket="pass", lock_table="fail", encrypt="fail"),
        'terraform {\n  backend "s3" {\n    bucket = "state-sit"\n  }\n}\n',
        environment=BACKEND,
    ),
    Case(
        "ENV003",
        "from a configuration file",
        state(bucket="fail"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit, config_files: [sit.tfbackend]}",
        files={"infra/sit.tfbackend": 'bucket = "state-dev"\n'},
        at="infra/sit.tfbackend:1",
    ),
    Case(
        "ENV003",
        "from the file that the workflow names",
        state(bucket="pass"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files={
            "infra/b.hcl": 'bucket = "state-sit"\n',
            **yml(INIT.format("b.hcl").replace("- run: terraform", "- run: terraform -chdir=infra")),
        },
    ),
    Case(
        "ENV003",
        "from a pair in the workflow",
        state(bucket="fail"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=state-dev")),
        at=".github/workflows/sit.yml:5",
    ),
    Case(
        "ENV003",
        "from a pair that only the run knows",
        state(bucket="unverified"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=${{ secrets.BUCKET }}")),
    ),
    Case(
        "ENV003",
        "from a file that only the run knows",
        state(bucket="unverified"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("${{ vars.FILE }}")),
    ),
    Case(
        "ENV003",
        "a pair over the block",
        state(bucket="pass"),
        'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=state-sit")),
        at=".github/workflows/sit.yml:5",
    ),
    Case(
        "ENV003",
        "a wrong pair over the right block",
        state(bucket="fail"),
        S3,
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=state-prod")),
        says='Backend bucket is "state-prod", not "state-sit"',
        at=".github/workflows/sit.yml:5",
    ),
    Case(
        "ENV003",
        "a pair over a file",
        state(bucket="fail"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit, config_files: [sit.hcl]}" + NAMED,
        files=yml(IN_ROOT.format("sit.hcl -backend-config=bucket=state-dev")) | HCL,
        at=".github/workflows/sit.yml:5",
    ),
    Case(
        "ENV003",
        "a file over a pair",
        state(bucket="pass"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit, config_files: [sit.hcl]}" + NAMED,
        files=yml(IN_ROOT.format("bucket=state-dev -backend-config=sit.hcl")) | HCL,
        at="infra/sit.hcl:1",
    ),
    Case(
        "ENV003",
        "a pair over a pair",
        state(bucket="pass"),
        S3,
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=state-dev -backend-config=bucket=state-sit")),
    ),
    Case(
        "ENV003",
        "a file that only the run knows over the block",
        state(bucket="unverified"),
        S3,
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("${{ vars.FILE }}")),
    ),
    Case(
        "ENV003",
        "an init without the state",
        state(bucket="pass"),
        S3,
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml(INIT.format("bucket=state-dev -backend=false")),
    ),
    Case(
        "ENV003",
        "an init that is not found",
        state(bucket="unverified"),
        'terraform {\n  backend "s3" {}\n}\n',
        environment="backend: {bucket: state-sit}" + NAMED,
        files=yml("on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: make deploy}]\n"),
        says="terraform init, which is not found",
    ),
    Case("ENV003", "no backend", {"environment/backend": "fail"}, "", environment=BACKEND, says="has no backend"),
    Case("ENV003", "another type", {"environment/backend": "fail"}, 'terraform {\n  backend "gcs" {}\n}\n', environment=BACKEND),
    Case("ENV003", "not asked", {}, S3),
    Case("ENV004", "there", {"file/infra/sit.tfvars": "pass"}, environment="var_files: [sit.tfvars]", files={"infra/sit.tfvars": ""}),
    Case(
        "ENV004",
        "beside the root",
        {"file/env/sit.tfvars": "pass"},
        environment="var_files: [../env/sit.tfvars]",
        files={"env/sit.tfvars": ""},
    ),
    Case(
        "ENV004",
        "missing",
        {"file/infra/env/sit.tfvars": "fail", "file/infra/env/sit.hcl": "fail"},
        environment="var_files: [env/sit.tfvars]\nbackend: {config_files: [env/sit.hcl]}",
        files={"infra/env/dev.tfvars": ""},
        says="does not exist",
    ),
    Case("ENV004", "none named", {}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
