from __future__ import annotations

import pytest

from tests.checks.case import Case, judge
from tests.checks.workflows import PATH, job, workflow

BLOCK = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "shop"\n  }\n}\n'
SUBJECT = "environment/state/dev"
BACKEND = "backend: {bucket: state, key: shop}"
NAMED = f"workflow: {{path: {PATH}}}"
INIT, SELECT = "terraform init", "terraform workspace select sit"


def dev(*more: str) -> str:
    return ", ".join(("account: '111122223333'", *more))


def sit(*more: str) -> str:
    return "\n".join(more)


CASES = [
    Case(
        "ENV006",
        "said by the spec",
        {SUBJECT: "fail"},
        environment=sit(BACKEND, "workspace: default"),
        dev=dev(BACKEND, "workspace: default"),
        says="sit and dev have one state: state/shop",
        at=".github/promotion.yml:7",
    ),
    Case(
        "ENV006",
        "and workflows without workspaces",
        {SUBJECT: "fail"},
        "",
        environment=sit(BACKEND, NAMED),
        dev=dev(BACKEND, NAMED),
        files=workflow(job("a", INIT)),
    ),
    Case("ENV006", "workspaces that nothing tells", {SUBJECT: "unverified"}, environment=sit(BACKEND), dev=dev(BACKEND)),
    Case(
        "ENV006",
        "a workflow that selects one",
        {SUBJECT: "unverified"},
        environment=sit(BACKEND, NAMED),
        dev=dev(BACKEND, NAMED),
        files=workflow(job("a", INIT, SELECT)),
    ),
    Case("ENV006", "workspaces of their own", {}, environment=sit(BACKEND, "workspace: sit"), dev=dev(BACKEND, "workspace: dev")),
    Case("ENV006", "keys of their own", {}, environment=sit("backend: {bucket: state, key: sit}"), dev=dev(BACKEND)),
    Case("ENV006", "buckets of their own", {}, environment=sit("backend: {bucket: sit, key: shop}"), dev=dev(BACKEND)),
    Case("ENV006", "a key that the spec leaves open", {}, environment=sit("backend: {bucket: state}"), dev=dev("backend: {bucket: state}")),
    Case(
        "ENV006",
        "the block for both",
        {SUBJECT: "fail"},
        BLOCK,
        environment=sit(NAMED),
        dev=dev(NAMED),
        files=workflow(job("a", INIT)),
        at="infra/main.tf:2",
    ),
    Case("ENV006", "the block, and by hand", {}, BLOCK),
    Case(
        "ENV006",
        "the block, and a file",
        {},
        BLOCK,
        environment=sit(NAMED, "backend: {config_files: [sit.hcl]}"),
        dev=dev(NAMED),
        files=workflow(job("a", INIT)),
    ),
    Case(
        "ENV006",
        "the block, and what a workflow lays over it",
        {},
        BLOCK,
        environment=sit(NAMED),
        dev=dev(NAMED),
        files=workflow(job("a", f"{INIT} -backend-config=key=sit")),
    ),
    Case("ENV006", "another backend", {}, BLOCK.replace("s3", "gcs"), environment=sit(BACKEND), dev=dev(BACKEND)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
