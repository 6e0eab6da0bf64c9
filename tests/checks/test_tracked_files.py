from __future__ import annotations

import pytest

from bbws_gate.repository import Tags
from tests.checks.case import Case, judge

PROVIDERS = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
TAG = "release_tag: v1.0.0-{env}"
LOCK = "file/infra/.terraform.lock.hcl"

KEY = "-----BEGIN RSA PRIVATE KEY-----\nabc\n"
ACCESS_KEY = "AKIA" + "IOSFODNN7QRSTUVW"
TEMPLATES = (".env.example", ".env.template", ".env.local.example", ".env.sample", "infra/example.tfvars")
HARMLESS = (
    'password = ""',
    'password = "changeme1"',
    'password = "<Your-Passw0rd>"',
    'password = "${TF_PASSWORD1}"',
    'password = "dummy-Passw0rd"',
    'password = "TODO: Passw0rd"',
    '# password = "tr0ub4dor-3"',
    'password = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-Ab12Cd"',
    'password = "/prod/orders/Passw0rd"',
    'password = "ENC[AES256_GCM,data:Ab12]"',
    'db_secret = "orders-db-v2"',
    'token = "ProdApiToken1"',
    'secret_name = "Orders-Db-2"',
    'password_length = "16-to-Twenty"',
    'aws_access_key = "AKIAIOSFODNN7EXAMPLE"',
    "password = var.password",
)
PLANS = ("tfplan", "infra/tfplan-dev", "infra/plan.out", "sit.plan")
PLAN = "PK\x03\x04"
HEAD, OTHER = "a" * 40, "b" * 40

CASES = [
    Case("REP005", "here", {"repository/tag": "pass"}, environment=TAG, commit=HEAD, tags=Tags({"v1.0.0-sit": HEAD}, complete=True)),
    Case("REP005", "still free", {"repository/tag": "pass"}, environment=TAG, commit=HEAD, tags=Tags({"v1.0.0-dev": OTHER}, complete=True)),
    Case(
        "REP005",
        "elsewhere",
        {"repository/tag": "fail"},
        environment=TAG,
        commit=HEAD,
        tags=Tags({"v1.0.0-sit": OTHER}, complete=False),
        files={"CHANGELOG.md": "# Changelog\n\n## v1.0.0-sit\n"},
        says="Tag v1.0.0-sit is commit bbbbbbbbbbbb",
        at="CHANGELOG.md:3",
    ),
    Case("REP005", "shallow", {"repository/tag": "unverified"}, environment=TAG, commit=HEAD, tags=Tags({}, complete=False)),
    Case("REP005", "no git", {}, environment=TAG, commit=HEAD),
    Case("REP005", "no release", {}, commit=HEAD, tags=Tags({}, complete=True)),
    Case("REP001", "clean", {"repository/state": "pass"}),
    Case(
        "REP001", "state", {"repository/state": "fail"}, files={"infra/terraform.tfstate.backup": "{}"}, at="infra/terraform.tfstate.backup"
    ),
    Case("REP001", "provider cache", {"repository/state": "fail"}, files={"infra/.terraform/providers/x": ""}),
    *(Case("REP001", f"plan {path}", {"repository/state": "fail"}, files={path: PLAN}, at=path) for path in PLANS),
    *(Case("REP001", f"text in {path}", {"repository/state": "pass"}, files={path: "#!/bin/sh\n"}) for path in PLANS),
    Case("REP001", "an archive", {"repository/state": "pass"}, files={"infra/lambda.zip": PLAN}),
    Case("REP001", "there, and not tracked", {"repository/state": "pass"}, files={"infra/a.tfplan": ""}, tracked=("infra/main.tf",)),
    Case("REP002", "clean", {}),
    Case("REP002", "a private key", {"file/keys/deploy.pem/secret": "fail"}, files={"keys/deploy.pem": KEY}, at="keys/deploy.pem:1"),
    Case("REP002", "a private key for tests", {"file/docker/proxy/key.pem/secret": "unverified"}, files={"docker/proxy/key.pem": KEY}),
    Case("REP002", "a certificate", {}, files={"keys/ca.pem": KEY.replace("RSA PRIVATE KEY", "CERTIFICATE")}),
    Case(
        "REP002",
        "settings",
        {},
        files={".env.dev": "AWS_REGION=eu-west-1\nDB_PASSWORD=\nAPI_TOKEN=$TOKEN\nTOKEN_URL=https://x.example/a\n"},
    ),
    Case("REP002", "placeholders", {}, files={".env.example": "DB_PASSWORD=change-me-please\nexport API_KEY=<your key>\n"}),
    Case(
        "REP002",
        "a password among settings",
        {"file/.env.prod/secret": "fail"},
        files={".env.prod": "REGION=x\nexport DB_PASSWORD='tr0ub4dor-3'\n"},
        at=".env.prod:2",
        says="with DB_PASSWORD",
    ),
    Case("REP002", "an example of one", {}, files={".env.example.md": ""}),
    Case("REP002", "files to fill in", {}, files=dict.fromkeys(TEMPLATES, "DB_PASSWORD=tr0ub4dor-3\n")),
    Case("REP002", "a key in a file to fill in", {"file/.env.example/secret": "fail"}, files={".env.example": f"KEY={ACCESS_KEY}\n"}),
    Case("REP002", "settings for tests", {"file/.env.test/secret": "unverified"}, files={".env.test": "DB_PASSWORD=tr0ub4dor-3\n"}),
    Case("REP002", "a key among settings for tests", {"file/.env.test/secret": "fail"}, files={".env.test": f"KEY={ACCESS_KEY}\n"}),
    Case(
        "REP002",
        "a password among values",
        {"file/infra/sit.tfvars/secret": "fail"},
        files={"infra/sit.tfvars": 'name = "a"\ndb = { user = "a", password = "tr0ub4dor-3" }\n'},
        at="infra/sit.tfvars:2",
        says="with password",
    ),
    Case("REP002", "in JSON", {"file/a.tfvars.json/secret": "fail"}, files={"a.tfvars.json": '{"db_password": "tr0ub4dor-3"}'}),
    Case("REP002", "a key among values", {"file/qa.tfvars/secret": "fail"}, files={"qa.tfvars": f'id = "{ACCESS_KEY}"\n'}),
    Case(
        "REP002",
        "a value that the root module declares sensitive",
        {"file/infra/sit.tfvars/secret": "fail"},
        'variable "pin" {\n  sensitive = true\n}\nvariable "db_username" {\n  sensitive = true\n}\n',
        files={"infra/sit.tfvars": 'pin = "Zx81-abcde"\ndb_username = "Admin1234"\n', "other/sit.tfvars": 'pin = "Zx81-abcde"\n'},
        says="with pin",
    ),
    Case("REP002", "values that open nothing", {}, files={"infra/sit.tfvars": "".join(f"{line}\n" for line in HARMLESS)}),
    Case("REP003", "there", {LOCK: "pass"}, PROVIDERS, files={"infra/.terraform.lock.hcl": ""}),
    Case("REP003", "missing", {LOCK: "fail"}, PROVIDERS, at="infra/main.tf:3"),
    Case(
        "REP003", "there, and not tracked", {LOCK: "fail"}, PROVIDERS, files={"infra/.terraform.lock.hcl": ""}, tracked=("infra/main.tf",)
    ),
    Case("REP003", "no providers", {}),
    Case("REP003", "a provider by its block alone", {LOCK: "fail"}, 'provider "aws" {}\n', at="infra/main.tf:1"),
    Case("REP003", "a provider by a resource alone", {LOCK: "fail"}, 'resource "aws_s3_bucket" "b" {}\n', at="infra/main.tf:1"),
    Case("REP003", "by a resource, locked", {LOCK: "pass"}, 'resource "aws_s3_bucket" "b" {}\n', files={"infra/.terraform.lock.hcl": ""}),
    Case("REP003", "Terraform's own provider", {}, 'resource "terraform_data" "b" {}\noutput "x" { value = 1 }\n'),
    Case(
        "REP004",
        "said",
        {"repository/changelog": "pass"},
        environment=TAG,
        files={"CHANGELOG.md": "# Changelog\n\n## [1.0.0-sit] - 2026-01-01\n"},
        at="CHANGELOG.md:3",
    ),
    Case(
        "REP004", "another release", {"repository/changelog": "fail"}, environment=TAG, files={"CHANGELOG.md": "# Changelog\n\n## 1.0.0\n"}
    ),
    Case(
        "REP004",
        "a longer version",
        {"repository/changelog": "fail"},
        environment=TAG,
        files={"CHANGELOG.md": "# Changelog\n\n## v1.0.0-site\n"},
    ),
    Case("REP004", "no tag", {}, files={"CHANGELOG.md": "# Changelog\n"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
