"""Projects read through GitHub's API, where GitHub does not answer as it should. ``tests/portfolio/test_remote.py`` has the good days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bbws_gate.errors import GateError, PublishError, SourceError
from bbws_gate.portfolio import ProjectEntry
from bbws_gate.publish.failures import Refused, Uncertain
from bbws_gate.publish.reading.projects import MAX_SILENCES, Projects
from bbws_gate.publish.sending import MAX_SENDS, Sender
from tests.publish.fake import FakeClock
from tests.publish.test_reading import HEAD, Answers

TIP = [{"sha": HEAD, "commit": {"tree": {"sha": "b" * 40}}}]
DOWN = Uncertain("GitHub could not be reached (ConnectTimeout)")


def project(name: str) -> ProjectEntry:
    return ProjectEntry(project=name, repository=f"acme/{name}", environments=("sit",))


def projects(rows: Mapping[str, Any]) -> tuple[Projects, Answers]:
    github = Answers(rows)
    return Projects(github, Sender(FakeClock(), jitter=lambda: 0.0), token="ghs_1"), github


@pytest.mark.parametrize(
    ("rows", "kind", "words", "reached"),
    [
        ({}, SourceError, "acme/a: cannot be read from GitHub: Not Found", True),
        ({"commits": Refused("Git Repository is empty.", status=409)}, SourceError, "acme/a: the repository holds no commit", True),
        ({"commits": []}, SourceError, "acme/a: the repository holds no commit", True),
        ({"commits": Refused("Resource protected by organization SAML enforcement", status=403)}, SourceError, "SAML", True),
        ({"commits": Refused("Bad credentials", status=401)}, PublishError, "does not accept the token", False),
        ({"commits": DOWN}, PublishError, "could not be reached", False),
        ({"commits": TIP, f"git/trees/{'b' * 40}": {"tree": [], "truncated": True}}, SourceError, "more files than GitHub lists", True),
        ({"commits": TIP, f"git/trees/{'b' * 40}": Uncertain("Bad Gateway", status=502)}, PublishError, "Bad Gateway", True),
        ({"commits": TIP, f"git/trees/{'b' * 40}": {"tree": []}}, GateError, "no promotion spec", True),
    ],
)
def test_project__that_cannot_be_read_says_why(rows: Mapping[str, Any], kind: type[GateError], words: str, *, reached: bool) -> None:
    found, _ = projects({f"/repos/acme/a/{path}": answer for path, answer in rows.items()})
    for _ in range(2):  # a second environment is told the same
        with pytest.raises(kind, match=words):
            found.assess(project("a"), "sit", "2026-01-07T08:00:00Z")
    assert (found.unreached is None) is reached


def test_outage__is_waited_for_by_two_projects_only() -> None:
    names = [f"p{number}" for number in range(50)]
    found, github = projects({f"/repos/acme/{name}/commits": DOWN for name in names})
    for name in names:
        with pytest.raises(PublishError, match="could not be reached"):
            found.assess(project(name), "sit", "")
    assert len(github.asked) == MAX_SILENCES * MAX_SENDS
    assert str(found.unreached).startswith("GitHub did not carry out a request in 4 tries")


def test_outage__of_one_project_is_forgotten_when_github_answers_for_the_next() -> None:
    rows = {f"/repos/acme/{name}/commits": DOWN for name in ("a", "c")}
    found, github = projects(rows)
    for name in ("a", "b", "c", "d"):
        with pytest.raises(GateError):
            found.assess(project(name), "sit", "")
    assert github.asked[-1] == "/repos/acme/d/commits"
    assert found.unreached is None
