from __future__ import annotations

from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter

from bbws_gate.publish.github import Answer, GitHub, Shape
from bbws_gate.publish.identity import who_am_i
from bbws_gate.publish.sending import Sender
from tests.publish.fake import FakeClock


class Says(GitHub):
    """Answers who the token belongs to, with the scopes of a classic one."""

    def __init__(self, scopes: str | None) -> None:
        self._headers = {} if scopes is None else {"x-oauth-scopes": scopes}

    def request(
        self,
        verb: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
        unless: str = "",
    ) -> Answer[Shape]:
        assert (verb, path, query, body) == ("GET", "/user", None, None)
        return Answer(shape.validate_python({"id": 1, "login": "octocat"}), self._headers)


@pytest.mark.case("K8")
@pytest.mark.parametrize(
    ("scopes", "excess"),
    [
        (None, ()),
        ("", ()),
        ("repo, read:org", ()),
        ("public_repo", ()),
        ("repo, admin:org, delete_repo", ("admin:org", "delete_repo")),
        ("workflow", ("workflow",)),
    ],
)
def test_who_am_i__tells_what_a_classic_token_may_do_beyond_need(scopes: str | None, excess: tuple[str, ...]) -> None:
    identity = who_am_i(Says(scopes), Sender(FakeClock(), jitter=lambda: 0.0), token="ghp_x", app_slug="")
    assert (identity.login, identity.id, identity.excess) == ("octocat", 1, excess)
