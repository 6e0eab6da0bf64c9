"""SARIF as its schema and GitHub's code scanning want it.

Limits: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from itertools import islice
from typing import Any

import jsonschema_rs
import pytest

from bbws_gate.model import Assessment, Evidence, Place
from bbws_gate.render.sarif import MAX_LOCATIONS, MAX_RESULTS, to_sarif
from tests.assess.mutations import BASES, assessed
from tests.assess.test_examples import assessed as example
from tests.render.sample import ALL, BLOCKED, FINDINGS, hostile
from tests.render.sarif_schema import schema

MANY = replace(BLOCKED, findings=tuple(replace(FINDINGS[0], subject=f"table/{number}") for number in range(MAX_RESULTS + 50)))


def wide() -> Assessment:
    evidence = tuple(Evidence(Place("infra/main.tf", line, line), "x" * 300) for line in range(1, 3000))
    return replace(BLOCKED, findings=(replace(FINDINGS[0], evidence=evidence),))


def samples() -> dict[str, Assessment]:
    mutants = {m.finding: m.made_in(base.files) for base in BASES for m in islice(base.mutations, 0, None, 9)}
    return {
        **ALL,
        "tables": example("bbws_dynamodb_schemas", "sit"),
        "buckets": example("shop_buckets", "sit"),
        "ready": example("orders_ready", "sit"),
        "hostile": replace(hostile('[x](http://evil) ö\ud800 "\\\n\u202e<script>'), assessed_at=BLOCKED.assessed_at),
        "wide": wide(),
        **{name: assessed(files) for name, files in mutants.items()},
    }


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Draft4Validator:
    return jsonschema_rs.Draft4Validator(schema(), validate_formats=True)


def run(assessment: Assessment) -> dict[str, Any]:
    (only,) = json.loads(to_sarif(assessment))["runs"]
    assert isinstance(only, dict)
    return only


def test_sarif__is_valid_by_its_schema(validator: jsonschema_rs.Draft4Validator) -> None:
    for name, assessment in samples().items():
        assert [error.message for error in validator.iter_errors(json.loads(to_sarif(assessment)))] == [], name


def test_sarif_schema__refuses_what_is_not_sarif(validator: jsonschema_rs.Draft4Validator) -> None:
    log = json.loads(to_sarif(BLOCKED))
    del log["runs"][0]["results"][0]["message"]
    assert not validator.is_valid(log)


def test_sarif__has_what_code_scanning_asks_of_every_result() -> None:
    for name, assessment in samples().items():
        for result in run(assessment)["results"]:
            assert result["message"]["text"], name
            assert result["partialFingerprints"]["primaryLocationLineHash"], name
            assert len(result["locations"]) == 1
            for location in (*result["locations"], *result.get("relatedLocations", ())):
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                assert not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", uri), uri
                assert location["physicalLocation"].get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif__rules_have_what_code_scanning_shows() -> None:
    for rule in run(example("shop_buckets", "sit"))["tool"]["driver"]["rules"]:
        assert rule["id"]
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 20


def test_sarif__findings_beyond_the_limit_are_left_out_and_counted() -> None:
    found = run(MANY)
    assert len(found["results"]) == MAX_RESULTS
    (notice,) = found["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == f"50 of {MAX_RESULTS + 50} findings are left out: code scanning shows {MAX_RESULTS}"
    assert found["invocations"][0]["executionSuccessful"] is True


def test_sarif__the_largest_log_is_small_enough_to_upload() -> None:
    assert len(gzip.compress(to_sarif(MANY).encode(), mtime=0)) < 10_000_000


def test_sarif__related_locations_are_bounded() -> None:
    (result,) = run(wide())["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == MAX_LOCATIONS
