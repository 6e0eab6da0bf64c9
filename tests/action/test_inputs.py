from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.action.inputs import CheckKind, inputs_from
from bbws_gate.errors import UsageError
from bbws_gate.model import Severity

MINIMAL = {
    "INPUT_ENVIRONMENT": "sit",
    "GITHUB_EVENT_NAME": "pull_request",
    "GITHUB_EVENT_PATH": "/event.json",
    "GITHUB_WORKSPACE": "/github/workspace",
    "GITHUB_REPOSITORY": "acme/infra",
}


def test_inputs__defaults() -> None:
    inputs = inputs_from(MINIMAL)
    assert (inputs.spec, inputs.check, inputs.comment, inputs.issues) == (".github/promotion.yml", CheckKind.CHECK_RUN, True, True)
    assert (inputs.dry_run, inputs.fail_on, inputs.app_slug) == (False, None, "")
    assert inputs.api_url == "https://api.github.com"
    assert inputs.checkout == Path("/github/workspace")


@pytest.mark.parametrize("key", ["INPUT_FAIL-ON", "INPUT_FAIL_ON"])
def test_inputs__hyphens_may_be_underscores(key: str) -> None:
    assert inputs_from({**MINIMAL, key: " High "}).fail_on is Severity.HIGH


def test_inputs__token_is_not_shown() -> None:
    inputs = inputs_from({**MINIMAL, "INPUT_TOKEN": "ghs_secret"})
    assert inputs.token == "ghs_secret"
    assert "ghs_secret" not in repr(inputs)


def test_inputs__cache_key_is_not_shown() -> None:
    inputs = inputs_from({**MINIMAL, "INPUT_CACHE-KEY": "k" * 32})
    assert inputs.cache_secret not in (None, b"k" * 32)
    assert str(inputs.cache_secret) not in repr(inputs)


@pytest.mark.parametrize(
    "missing", ["INPUT_ENVIRONMENT", "GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_WORKSPACE", "GITHUB_REPOSITORY"]
)
def test_inputs__what_is_missing_is_named(missing: str) -> None:
    name = missing.removeprefix("INPUT_").lower() if missing.startswith("INPUT_") else missing
    with pytest.raises(UsageError, match=name):
        inputs_from({key: value for key, value in MINIMAL.items() if key != missing})


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("INPUT_FAIL-ON", "severe", "critical, high, medium or low"),
        ("INPUT_DRY-RUN", "yes", "true or false"),
        ("INPUT_COMMENT", "on", "true or false"),
        ("INPUT_CHECK", "neutral", "check-run, status or none"),
        ("INPUT_REPORT-DIR", "../out", "inside the workspace"),
        ("INPUT_REPORT-DIR", "/etc", "inside the workspace"),
        ("INPUT_WORKING-DIRECTORY", "a/../../b", "inside the workspace"),
        ("INPUT_CACHE", "/var/cache", "inside the workspace"),
        ("INPUT_CACHE-KEY", "short", "`cache-key` has fewer than 32 characters"),
        ("INPUT_APP-SLUG", "a/b", "app-slug"),
        ("GITHUB_REPOSITORY", "acme/infra/../x", "GITHUB_REPOSITORY"),
        ("BBWS_GATE_WRITE_PAUSE", "soon", "seconds"),
        ("BBWS_GATE_WRITE_PAUSE", "nan", "seconds"),
    ],
)
def test_inputs__a_value_that_cannot_be_is_refused_with_what_can(key: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        inputs_from({**MINIMAL, key: value})
