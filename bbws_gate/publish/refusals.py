"""What GitHub's refusals mean to the person who has to mend them."""

from __future__ import annotations

from bbws_gate.errors import PermissionMissing, PublishError
from bbws_gate.publish.failures import Refused

TOKEN_MEND = "check the input `token`, or GITHUB_TOKEN; it may have expired"


class ThreadClosed(PublishError):
    """No comment can be written there, whoever asks: the conversation is locked, or it has as many comments as GitHub takes."""


def explained(refused: Refused, what: str, permission: str) -> PublishError:
    """A refusal as one line: what was tried, what GitHub said, what to change.

    GitHub answers 403 "Resource not accessible by integration" to a token without a permission, and 404 where it will not even say that.
    https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
    """
    text = f"cannot {what}: {refused.message}"
    if refused.status == 401:
        return PublishError(text, mend=TOKEN_MEND)
    if refused.status == 403 and _is_closed(refused):
        return ThreadClosed(text, mend="the verdict stands in the check run and the job summary")
    if refused.status == 410:
        return PublishError(text, mend="issues are switched off in this repository; switch them on, or set the input `issues: false`")
    if refused.status == 404 or (refused.status == 403 and _lacks_permission(refused)):
        accepted = refused.headers.get("x-accepted-github-permissions", "")
        hint = f"; GitHub accepts {accepted}" if accepted else ""
        return PermissionMissing(text, mend=f"give the job the permission `{permission}`{hint}")
    return PublishError(text)


def _is_closed(refused: Refused) -> bool:
    """2,500 comments are what an issue takes: https://github.com/cockpit-project/cockpit/issues/8417"""
    message = refused.message.lower()
    return "commenting is disabled" in message or "is locked" in message


def _lacks_permission(refused: Refused) -> bool:
    message = refused.message.lower()
    return "not accessible by" in message or "must have admin rights" in message or message == "forbidden"
