from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.assess import assess
from bbws_gate.assess.cleaning import MAX_LINE, MAX_SUBJECT, MAX_TEXT, cleaned, subject, text
from bbws_gate.evidence.collect import collect
from bbws_gate.model import Evidence, Outcome, Place, Result, Step
from bbws_gate.repository import MemoryRepository
from bbws_gate.spec import load_spec


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("billing_mode is PROVISIONED", "billing_mode is PROVISIONED"),
        ("terraform apply -var db_password=hunter2 -input=false", "terraform apply -var db_password=(hidden) -input=false"),
        ('API_TOKEN: "a b"', "API_TOKEN: (hidden)"),
        ("AKIAABCDEFGHIJKLMNOP in a comment", "(hidden) in a comment"),
        ("git::https://user:pass@host/x", "git::https://(hidden)@host/x"),
        ("a\nb\x1b[31m", "a bU+001B[31m"),
        ("right\u202eleft", "rightU+202Eleft"),
        ("secrets.AWS_ROLE is known to GitHub only", "secrets.AWS_ROLE is known to GitHub only"),
    ],
)
def test_text__is_printable_and_hides_secrets(raw: str, shown: str) -> None:
    assert text(raw) == shown


def test_subject__has_no_blanks() -> None:
    assert subject("table/my table\n") == "table/my_table"


@settings(max_examples=60)
@given(st.text(max_size=2000))
def test_text__any_text_is_one_bounded_printable_line(raw: str) -> None:
    assert text(raw).isprintable()
    assert len(text(raw)) <= MAX_TEXT
    assert len(subject(raw)) <= MAX_SUBJECT
    assert not any(character.isspace() for character in subject(raw))


def test_assess__canary_secrets_reach_no_part_of_the_assessment() -> None:
    canary = "canary-hunter2-canary"
    files = {
        "main.tf": (
            'variable "db_password" {\n  type = number\n}\nvariable "hidden" {\n  sensitive = true\n}\n'
            'resource "aws_db_instance" "a" {\n  password = var.db_password\n  identifier = var.hidden\n'
            f'  master_password = "{canary}"\n}}\n'
        ),
        "sit.tfvars": f'db_password = "{canary}"\nhidden = "{canary}"\ndb_token = "{canary}"\n',
        ".github/workflows/sit.yml": f"on: push\njobs:\n  a:\n    steps:\n      - run: terraform apply -var db_password={canary}\n",
    }
    spec = b"""version: 1
project: shop
environments: {sit: {var_files: [sit.tfvars], workflow: {path: .github/workflows/sit.yml, approval_environment: x}}}
expect:
  resources: [{type: aws_db_instance, names: [a], attributes: {password: x, identifier: x, master_password: {matches: "x+"}}}]
"""
    evidence = collect(MemoryRepository(files), load_spec(spec, "spec.yml"), "sit")
    found = assess(evidence, commit="", assessed_at="2026-01-07T08:00:00Z")
    assert {finding.code for finding in found.findings} >= {"RES004", "GAT001", "WFL004"}
    assert canary not in repr(found)


_TEXTS = st.sampled_from(
    [
        "",
        "table/orders",
        "plain text",
        "db_password = hunter2",
        "git::https://user:pass@host/x",
        "two\nlines",
        "é",
        "x" * 230,
        "x" * 250,
        "x" * 700,
    ]
)
_HERE = Place("main.tf", 1, 1)


@settings(max_examples=100)
@given(st.lists(st.tuples(*[_TEXTS] * 6), max_size=3))
def test_cleaned__every_text_is_cleaned_whatever_stands_beside_it(rows: list[tuple[str, ...]]) -> None:
    outcomes = [
        Outcome(Result.FAIL, name, item, (Evidence(_HERE, value, (Step(step, _HERE),)),), action=action, because_of=(cause,))
        for name, item, value, step, action, cause in rows
    ]
    found = [
        (each.subject, each.item, each.evidence[0].value, each.evidence[0].provenance[0].what, each.action, each.because_of[0])
        for each in cleaned(outcomes)
    ]
    assert found == [
        (subject(name), text(item, MAX_LINE), text(value, MAX_LINE), text(step, MAX_LINE), text(action), subject(cause))
        for name, item, value, step, action, cause in rows
    ]


@settings(max_examples=60)
@given(
    st.from_regex(
        r"([a-z]{0,5} )?((db_|)(password|passwd|secret|token|api_?key|private_?key|credential)(s|_x|) ?[=:] ?[a-z]{3,9}|"
        r"gh[pousr]_[A-Za-z0-9]{20}|(AKIA|ASIA)[A-Z0-9]{16}|eyJ[a-z]{10}\.[a-z]{3}|https://[a-z]{3}:[a-z]{3}@host)",
        fullmatch=True,
    )
)
def test_text__what_looks_like_a_secret_is_never_shown(raw: str) -> None:
    assert "(hidden)" in text(raw)
