from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from bbws_gate.notation import yaml
from bbws_gate.notation.node import plain
from bbws_gate.spec import json_schema
from tests.spec.conftest import SMALL


def as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    return value


def read(text: bytes) -> Any:
    return as_json(plain(yaml.parse(text, "p.yml")))


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema_rs.validator_for(json_schema())


def test_json_schema__takes_the_documented_example(validator: Any, documented: bytes) -> None:
    validator.validate(read(documented))


def test_json_schema__takes_every_short_form(validator: Any) -> None:
    more = """\
dependencies: {upstream: [other], downstream: [{project: x}]}
schedule: {holidays: [2026-01-01, {date: 2026-04-03, name: Good Friday}]}
unverified: {blocking: [Tables]}
never_waivable: [BKP001, TBL001/table/*]
blocking: {from: medium, always: [NAM001]}
templates: {folder: docs/pages}
"""
    validator.validate(read((SMALL + more).encode()))


@pytest.mark.parametrize(
    "more",
    [
        "plan: {idd: x}\n",
        "templates: {folders: x}\n",
        "templates: {folder: [x]}\n",
        "severity: {NAM001: awful}\n",
        "unverified: {blocking: 1}\n",
        "never_waivable: ['*']\n",
        "waivers: [{finding: NAM001/x, reason: r, by: octocat}]\n",
        "dependencies: {upstream: [5]}\n",
        "approvals: [{role: tech-lead, count: 0}]\n",
        "risks: [{risk: x, attributes: 1}]\n",
    ],
)
def test_json_schema__refuses_what_loading_refuses(validator: Any, more: str) -> None:
    assert not validator.is_valid(read((SMALL + more).encode()))


def test_json_schema__accounts_in_quotes_only(validator: Any) -> None:
    good = read(SMALL.encode())
    assert validator.is_valid(good)
    good["environments"]["sit"]["account"] = 111122223333
    assert not validator.is_valid(good)


def test_json_schema__keys_are_described_by_their_own_names() -> None:
    schema = json_schema()
    table = schema["$defs"]["TableExpectation"]["properties"]
    assert table["indexes"]["description"] == "Global secondary indexes by name."
    assert "schema" in table
    assert "schema_file" not in table
    assert schema["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema
