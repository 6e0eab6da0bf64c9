"""Who the token writes as: without that, nobody's text can be called ours."""

from __future__ import annotations

from urllib.parse import quote

from bbws_gate.deferred import dataclass
from bbws_gate.errors import PublishError
from bbws_gate.publish.answers import ACCOUNT, Account
from bbws_gate.publish.failures import Refused
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.refusals import TOKEN_MEND
from bbws_gate.publish.sending import Sender

ACTIONS_APP = "github-actions"
"""The App behind a job's own token."""
NEEDED = frozenset({"repo", "public_repo", "repo:status", "repo:invite", "repo_deployment", "read:org", "read:user", "user:email"})
"""Scopes of classic tokens that the gate uses, or that come with them.
https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps"""


@dataclass(frozen=True, slots=True)
class Identity:
    """The author of what this run writes.

    An installation token cannot ask who it is. Unless the workflow names its App, every bot counts as the author: only Apps are bots, a
    person cannot be one, and the job's own bot can be used by every workflow of the repository anyway.
    """

    login: str
    id: int | None
    """None: any bot."""
    app: str | None
    """Slug of the GitHub App; None for a person's token, which cannot write check runs."""
    excess: tuple[str, ...] = ()
    """What a person's classic token may do and no part of the gate needs; other tokens do not say."""

    def wrote(self, author: Account | None) -> bool:
        """Whether something by ``author`` may be ours; its marker must say so, too."""
        if author is None:
            return False
        return author.id == self.id if self.id is not None else author.login.endswith("[bot]")


def who_am_i(github: GitHub, sender: Sender, *, token: str, app_slug: str) -> Identity:
    """The author behind the token.

    Args:
        github: the connection.
        sender: how to ask.
        token: tells an App's installation from a person by its prefix.
        app_slug: the App that the workflow names; empty for none.

    Raises:
        PublishError: the token is not accepted, or there is no such App.
    """
    try:
        if not token.startswith("ghs_"):
            answer = sender.read(lambda: github.request("GET", "/user", ACCOUNT))
            scopes = filter(None, (scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")))
            return Identity(answer.data.login, answer.data.id, None, tuple(scope for scope in scopes if scope not in NEEDED))
        if not app_slug:
            return Identity(f"{ACTIONS_APP}[bot]", None, ACTIONS_APP)
        login = f"{app_slug}[bot]"
        account = sender.read(lambda: github.request("GET", f"/users/{quote(login, safe='')}", ACCOUNT)).data
    except Refused as refused:
        if refused.status == 401:
            raise PublishError("GitHub does not accept the token", mend=TOKEN_MEND) from refused
        if token.startswith("ghs_"):
            raise PublishError(
                f"GitHub knows no App {app_slug!r}", mend="set the input `app-slug` to the slug of the token's App"
            ) from refused
        raise PublishError(f"GitHub does not say whose the token is: {refused.message}", mend=TOKEN_MEND) from refused
    return Identity(login, account.id, app_slug)
