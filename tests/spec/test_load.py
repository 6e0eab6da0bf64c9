from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.errors import SpecError, UsageError
from bbws_gate.model import Evidence, Place, Severity
from bbws_gate.spec import load_spec
from tests.spec.conftest import SMALL, loaded, with_small


def error_of(text: str | bytes) -> str:
    with pytest.raises(SpecError) as caught:
        load_spec(text.encode() if isinstance(text, str) else text, "p.yml")
    return str(caught.value)


def test_load_spec__documented_example(documented: bytes) -> None:
    found = load_spec(documented, ".github/promotion.yml")
    spec = found.spec
    sit = spec.environment("sit")
    assert (sit.account, sit.region, sit.var_files, sit.target_date) == (
        "815856636111",
        "eu-west-1",
        ("environments/sit.tfvars",),
        date(2026, 1, 13),
    )
    assert sit.backend is not None
    assert (sit.backend.bucket, sit.backend.encrypt) == ("bbws-terraform-state-sit", True)
    assert sit.workflow is not None
    assert sit.workflow.approval_environment == "sit-approval"
    assert sit.budget is not None
    assert (sit.budget.monthly, sit.budget.currency) == (Decimal(50), "USD")
    assert list(spec.expect.tables.required) == ["campaigns", "orders"]
    assert spec.expect.tables.allow_others is False
    assert spec.expect.backup.retention("sit") == 7
    assert spec.expect.backup.retention("dev") is None
    assert list(spec.expect.tags)[:2] == ["Environment", "Project"]
    bucket = spec.expect.resources[0]
    assert (bucket.type, str(bucket.count), bucket.names) == ("aws_s3_bucket", "6", ("bbws-templates-{env}", "..."))
    assert bucket.companions[0].by == "bucket"
    assert [document.path for document in spec.expect.documents] == ["README.md", "CHANGELOG.md"]
    assert spec.expect.schemas == ("schemas/*.schema.json",)
    assert spec.dependencies.downstream[0].requires == ("table/orders",)
    assert spec.approvals[1].when is not None
    assert {key: option.text for key, option in spec.decisions[0].options.items()} == {"A": "add them", "B": "revise the plan"}
    assert spec.actions[0].estimate == "2h"
    assert spec.waivers[0].until == date(2026, 2, 1)
    assert spec.severity == {"NAM001": Severity.CRITICAL}
    assert found.digest == hashlib.sha256(documented).hexdigest()


def test_load_spec__json_too() -> None:
    text = b'{"version": 1, "project": "x", "environments": {"sit": {}}, "expect": {"documents": ["README.md"]}}'
    assert load_spec(text, "promotion.json").spec.project == "x"


@pytest.mark.parametrize("text", Path(__file__).with_name("refused.txt").read_text().split("---\n"))
def test_load_spec__refused_on_the_marked_lines(text: str) -> None:
    whole = with_small(text)
    expected = {f"p.yml:{number}: {mark}" for number, line in enumerate(whole.splitlines(), 1) if (mark := line.partition("  # <- ")[2])}
    assert set(error_of(whole).splitlines()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "p.yml: the spec is empty"),
        ("# only words\n", "p.yml: the spec is empty"),
        ("- version: 1\n", "p.yml: the spec is not a mapping of keys"),
        ("project: x\n", "p.yml: 'version' is missing (write version: 1)"),
        ("version: 2\nfoo: bar\n", "p.yml:1: version 2 is not one that this tool reads (write version: 1)"),
        ("version: true\n", "p.yml:1: version True is not one that this tool reads (write version: 1)"),
        ('version: "1"\n', "p.yml:1: version 1 is not one that this tool reads (write version: 1)"),
        ("version: 1\nversion: 1\n", "p.yml:2: duplicate key 'version', first set in line 1"),
        ("a: &x [1]\nb: *x\n", "p.yml:1: anchor &x (anchors and aliases are not accepted)"),
        (
            "a: !!python/object/apply:os.system [id]\n",
            "p.yml:1: tag tag:yaml.org,2002:python/object/apply:os.system (tags are not accepted)",
        ),
        (b"version: 1 # \xe9\n", "p.yml:1: not UTF-8: byte 0xe9"),
        ("version: [1\n", "p.yml:2: not YAML: expected ',' or ']', but got '<stream end>'"),
    ],
)
def test_load_spec__what_is_no_spec(text: str | bytes, expected: str) -> None:
    assert error_of(text) == expected


def test_load_spec__all_complaints_at_once_by_line() -> None:
    message = error_of("version: 1\nexpect:\n  tables: {requierd: [x]}\nplan: {ide: x}\nproject: x\nenvironments: {sit: }\n")
    assert message.splitlines() == [
        "p.yml:3: unknown key 'requierd' in expect.tables (did you mean 'required'?)",
        "p.yml:4: unknown key 'ide' in plan (did you mean 'id'?)",
    ]


def test_load_spec__many_complaints_are_cut() -> None:
    message = error_of(with_small("expect:\n  tags:\n" + "".join(f"    T{n}: {{min: x}}\n" for n in range(50))))
    assert len(message.splitlines()) == 21
    assert message.splitlines()[-1] == "and 30 more"


def test_load_spec__role_without_people_is_a_warning() -> None:
    found = loaded(
        "approvals:\n  - {role: tech-lead}\n  - {role: security}\nroles: {tech-lead: {users: [octocat]}, dba: }\nowners: [dba]\n"
    )
    assert [(str(place), text.split("'")[1]) for place, text in found.warnings] == [("p.yml:10", "security"), ("p.yml:12", "dba")]


def test_environment__exact_name_only() -> None:
    spec = loaded("").spec
    for name in ("PROD", "prod ", "production", "", "Sit"):
        with pytest.raises(UsageError, match="the spec has sit, prod"):
            spec.environment(name)
    assert spec.environment("prod").region == "af-south-1"


def test_place__line_of_a_key_or_of_the_nearest_around_it(documented: bytes) -> None:
    found = load_spec(documented, "p.yml")
    lines = documented.decode().splitlines()

    def text_at(*keys: str | int) -> str:
        place = found.place(*keys)
        return lines[place.line - 1].strip() if place.line else ""

    assert text_at("expect", "tables", "required", "orders").startswith("orders:")
    assert text_at("expect", "tables", "required", "orders", "ttl").startswith("orders:")
    assert text_at("expect", "tables", "required", "users").startswith("required:")
    assert text_at("environments", "sit", "backend", "bucket").startswith("backend:")
    assert text_at("decisions", "missing-tables").startswith("- {id: missing-tables")
    assert text_at("decisions", 0).startswith("- {id: missing-tables")
    assert text_at("expect", "tags", "Owner").startswith("tags:")
    assert found.place() == Place("p.yml", 0, 0)
    assert found.place("nothing") == Place("p.yml", 0, 0)


def test_place__items_of_a_list_have_their_own_lines() -> None:
    found = loaded("expect:\n  tags:\n    - Owner\n    - Project\n  resources:\n    - type: a\n    - type: b\n      count: 2\n")
    first = found.place("expect").line
    assert found.place("expect", "tags", "Project").line == first + 3
    assert found.place("expect", "resources", "b").line == first + 6
    assert found.place("expect", "resources", 1, "count").line == first + 7


def test_evidence__shows_what_is_written() -> None:
    found = loaded("")
    assert found.evidence("environments", "sit", "account") == Evidence(Place("p.yml", 4, 4), 'account: "111122223333"')
    assert found.evidence("expect", "tables", "required", "orders") == Evidence(Place("p.yml", 7, 7), "orders")
    assert found.evidence("nothing", "here") == Evidence(Place("p.yml", 0, 0), "")


def test_evidence__is_cut() -> None:
    found = loaded("risks:\n  - risk: " + "x" * 500 + "\n")
    assert len(found.evidence("risks", 0).value) <= 160


@given(st.text(max_size=80), st.integers(0, len(SMALL)))
@settings(max_examples=80, deadline=None)
def test_load_spec__any_change_is_read_or_refused(noise: str, position: int) -> None:
    text = SMALL[:position] + noise + SMALL[position:]
    try:
        load_spec(text.encode("utf-8", "replace"), "p.yml")
    except SpecError as error:
        assert str(error).startswith("p.yml")  # noqa: PT017 (either outcome is right; only the words are looked at)
