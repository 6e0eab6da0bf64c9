from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

PROVIDERS = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
TAG = "release_tag: v1.0.0-{env}"
LOCK = "file/infra/.terraform.lock.hcl"

CASES = [
    Case("REP001", "clean", {"repository/state": "pass"}),
    Case(
        "REP001", "state", {"repository/state": "fail"}, files={"infra/terraform.tfstate.backup": "{}"}, at="infra/terraform.tfstate.backup"
    ),
    Case("REP001", "provider cache", {"repository/state": "fail"}, files={"infra/.terraform/providers/x": ""}),
    Case("REP001", "there, and not tracked", {"repository/state": "pass"}, files={"infra/a.tfplan": ""}, tracked=("infra/main.tf",)),
    Case("REP002", "clean", {}),
    Case("REP002", "a private key", {"file/keys/deploy.pem/secret": "fail"}, files={"keys/deploy.pem": "x"}),
    Case("REP002", "an example of one", {}, files={".env.example.md": ""}),
    Case("REP003", "there", {LOCK: "pass"}, PROVIDERS, files={"infra/.terraform.lock.hcl": ""}),
    Case("REP003", "missing", {LOCK: "fail"}, PROVIDERS, at="infra/main.tf"),
    Case(
        "REP003", "there, and not tracked", {LOCK: "fail"}, PROVIDERS, files={"infra/.terraform.lock.hcl": ""}, tracked=("infra/main.tf",)
    ),
    Case("REP003", "no providers", {}),
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
