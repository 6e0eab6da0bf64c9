"""How one request to GitHub can end other than well. ``publish.github`` raises these, ``publish.sending`` decides what follows."""

from __future__ import annotations

from collections.abc import Mapping


class ApiFailure(Exception):
    """One request was not answered with what was asked for."""

    def __init__(self, message: str, *, status: int | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.headers = headers or {}
        """Lower-case names."""


class Refused(ApiFailure):
    """GitHub said no (4xx): nothing was done, and asking again changes nothing."""


class Unchanged(ApiFailure):
    """What was asked for is as it was when it was last read: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate"""


class Limited(ApiFailure):
    """A rate limit: nothing was done, and the request may be repeated later."""


class Uncertain(ApiFailure):
    """No answer, a server error, or an answer that cannot be read: the request may or may not have been carried out."""
