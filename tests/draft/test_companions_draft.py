"""Drafts of resources with what belongs to each and how each is set."""

from __future__ import annotations

import pytest

from bbws_gate.model import Result
from tests.assess.mutations import READY_BUCKETS, SPEC, Mutation, files_of
from tests.draft.drafting import PROVIDER, drafted, findings, judged

FILES: dict[str, str | bytes] = {path: text for path, text in READY_BUCKETS.items() if path != SPEC}
KEY = (
    PROVIDER
    + 'resource "aws_kms_key" "a" {\n  enable_key_rotation = true\n}\nresource "aws_kms_key" "b" {\n  enable_key_rotation = KEYS\n}\n'
)


def bucket(label: str, *companions: str) -> str:
    own = f'resource "aws_s3_bucket" "{label}" {{\n  bucket = "acme-{label}"\n}}\n'
    return own + "".join(f'resource "{kind}" "{label}" {{\n  bucket = aws_s3_bucket.{label}.id\n}}\n' for kind in companions)


def test_draft__mended_buckets__each_has_its_companions_and_nothing_is_found() -> None:
    draft, loaded = drafted(FILES)
    assert findings(FILES, loaded, *draft.environments) == []
    buckets, policy = loaded.spec.expect.resources
    assert (buckets.type, buckets.count is not None, len(buckets.names)) == ("aws_s3_bucket", True, 6)
    assert policy.type == "aws_s3_bucket_policy"
    assert {each.type.removeprefix("aws_s3_bucket_"): (each.by, sorted(each.attributes)) for each in buckets.companions} == {
        "lifecycle_configuration": ("bucket", []),
        "public_access_block": (
            "bucket",
            ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"],
        ),
        "server_side_encryption_configuration": ("bucket", ["rule.apply_server_side_encryption_by_default.sse_algorithm"]),
        "versioning": ("bucket", ["versioning_configuration.status"]),
    }


def test_draft__mended_buckets__leaves_nothing_of_them_unverified() -> None:
    _, loaded = drafted(FILES)
    lines = [line for line in judged(FILES, loaded, "sit").checklist if line.code.startswith("RES")]
    assert len(lines) > 40
    assert {line.result for line in lines} == {Result.PASS}


@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        ("terraform/logs.tf", '_versioning" "logs" {\n  bucket = aws_s3_bucket.logs.id', '_versioning" "logs" {\n  bucket = "x"', "RES005"),
        ("terraform/logs.tf", "restrict_public_buckets = true", "restrict_public_buckets = false", "RES006"),
        ("terraform/buckets.tf", "    uploads   = {}\n", "", "RES002"),
        ("terraform/modules/bucket/main.tf", '"aws:kms"', '"AES256"', "RES006"),
    ],
)
def test_draft__drift_after_the_draft__is_found(path: str, old: str, new: str, finding: str) -> None:
    _, loaded = drafted(FILES)
    files = Mutation(path, old, new, finding).made_in({path: str(text) for path, text in FILES.items()})
    found = judged(dict(files), loaded, "sit")
    assert any(each.code == finding for each in found.open_findings)


def test_draft__buckets_with_defects__the_companion_that_some_lack_is_noted_and_not_expected() -> None:
    files: dict[str, str | bytes] = {path: text for path, text in files_of("shop_buckets").items() if path != SPEC}
    draft, loaded = drafted(files)
    assert "aws_s3_bucket_server_side_encryption_configuration: 4 of 5 aws_s3_bucket in dev have one" in draft.text
    companions = [each.type for each in loaded.spec.expect.resources[0].companions]
    assert "aws_s3_bucket_server_side_encryption_configuration" not in companions
    drafted_codes = [finding for finding in findings(files, loaded, "sit") if finding.startswith(("RES", "TAG", "ENV"))]
    assert drafted_codes == []


def test_draft__every_assumption_about_companions_has_a_comment() -> None:
    draft, _ = drafted(FILES)
    lines = draft.text.splitlines()
    first = next(number for number, line in enumerate(lines) if "type: aws_s3_bucket" in line)
    assert "assumed: what all of them have is wanted" in lines[first - 1]


def test_draft__what_looks_alike_and_refers_elsewhere__is_no_companion() -> None:
    other = 'resource "aws_s3_bucket_versioning" "x" {\n  bucket = "somebody-elses"\n}\n'
    _, loaded = drafted({"main.tf": PROVIDER + bucket("a") + other}, "sit")
    assert {each.type: len(each.companions) for each in loaded.spec.expect.resources} == {"aws_s3_bucket": 0, "aws_s3_bucket_versioning": 0}


@pytest.mark.parametrize(("value", "held"), [("true", ["enable_key_rotation"]), ("false", []), ("var.unknown", [])])
def test_draft__attributes__are_held_where_all_agree(value: str, held: list[str]) -> None:
    files: dict[str, str | bytes] = {"main.tf": KEY.replace("KEYS", value) + 'variable "unknown" {}\n'}
    _, loaded = drafted(files, "sit")
    (keys,) = loaded.spec.expect.resources
    assert list(keys.attributes) == held
    assert [finding for finding in findings(files, loaded, "sit") if finding.startswith("RES")] == []


def test_draft__plan_counts_buckets__companions_stay() -> None:
    files: dict[str, str | bytes] = {
        "main.tf": PROVIDER + bucket("a", "aws_s3_bucket_versioning") + bucket("b", "aws_s3_bucket_versioning"),
        "plan.md": "# Plan: x\n\n| Property | Value |\n| --- | --- |\n| Buckets | 3 |\n",
    }
    _, loaded = drafted(files, "sit", plan="plan.md")
    (buckets,) = loaded.spec.expect.resources
    assert [each.type for each in buckets.companions] == ["aws_s3_bucket_versioning"]
    assert [finding for finding in findings(files, loaded, "sit") if finding.startswith("RES")] == ["RES001/resource/aws_s3_bucket/count"]


@pytest.mark.parametrize("name", ['a"b', "a: b", "#x", "{env}", "ü\u2028", "${x}"])
def test_draft__hostile_names_of_companions__load(name: str) -> None:
    body = bucket("a", "aws_s3_bucket_versioning").replace('"acme-a"', '"' + name.replace('"', '\\"').replace("${", "$${") + '"')
    files: dict[str, str | bytes] = {"main.tf": PROVIDER + body}
    _, loaded = drafted(files, "sit")
    assert [finding for finding in findings(files, loaded, "sit") if finding.startswith("RES")] == []
