"""Tells a chat or another service that the status of a project and environment changed: a Slack-compatible webhook, a generic JSON one.

The addresses are secrets: they are in no message, no log line and no ``repr``. A failure is told in words and changes nothing else.
https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from typing import Any
from urllib.parse import urlsplit

from bbws_gate.deferred import dataclass
from bbws_gate.errors import UsageError
from bbws_gate.model import Assessment, Severity
from bbws_gate.publish.sending import Clock
from bbws_gate.render.escape import one_line
from bbws_gate.render.view import headline, verdict

MAX_SENDS = 3
TIMEOUT = (5.0, 10.0)
"""Seconds to connect, and to answer."""
MAX_WAIT = 10.0
MAX_TEXT = 2_000
_WORDS = {"READY": "ready", "READY_WITH_WARNINGS": "ready", "PENDING": "pending", "BLOCKED": "blocked", "ERROR": "blocked"}
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Where to tell it; empty addresses are off."""

    slack: str = field(default="", repr=False)
    plain: str = field(default="", repr=False)

    @property
    def any(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self.slack or self.plain)


@dataclass(frozen=True, slots=True)
class Change:
    """A status that is another than before."""

    assessment: Assessment
    previous: str
    """The status word that was published last."""
    url: str
    """Where people read more: the comment, else the run."""

    @property
    def roles(self) -> tuple[str, ...]:
        """Who is to be mentioned, as the spec says."""
        dossier = self.assessment.dossier
        mentions: Mapping[str, tuple[str, ...]] = (dossier.mentions or {}) if dossier is not None else {}
        return mentions.get(_WORDS[self.assessment.status.value], ())


def check_address(address: str, name: str) -> str:
    """The address, when it is one that may be used.

    Raises:
        UsageError: it is no https address; the message does not repeat it.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if address and not (host and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL))):
        raise UsageError(f"the input `{name}` is no https address", mend="give the webhook's whole address, from a secret")
    return address


def notify(webhooks: Webhooks, change: Change, clock: Clock) -> tuple[str, ...]:
    """Tell everybody.

    Returns:
        What went wrong, in words without addresses; empty when everybody was told.
    """
    bodies = (("Slack webhook", webhooks.slack, slack_message(change)), ("webhook", webhooks.plain, plain_message(change)))
    return tuple(problem for name, address, body in bodies if address and (problem := _send(name, address, body, clock)))


def slack_message(change: Change) -> Json:
    """The message for Slack: what came from a repository stands in plain text, which Slack reads no mention, link or format in."""
    a = change.assessment
    words = f"{a.project} to {a.environment}: {headline(a)}, was {change.previous.replace('_', ' ')}"
    details = [verdict(a), f"Score {a.score.value} of 100", *([f"For {', '.join(change.roles)}"] if change.roles else [])]
    blocks: list[Json] = [
        {"type": "section", "text": {"type": "plain_text", "emoji": False, "text": _tame(words)}},
        {"type": "context", "elements": [{"type": "plain_text", "emoji": False, "text": _tame(text)} for text in details]},
    ]
    if change.url and not set(change.url) & set("<>|\n "):
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": f"<{slack_escaped(change.url)}|Details>"}})
    return {"text": slack_escaped(_tame(words)), "blocks": blocks}


def plain_message(change: Change) -> Json:
    """The message for any other service."""
    a = change.assessment
    return {
        "event": "status_changed",
        "project": a.project,
        "environment": a.environment,
        "commit": a.commit,
        "assessed_at": a.assessed_at,
        "previous_status": change.previous,
        "status": a.status.value,
        "score": a.score.value,
        "counts": {severity.value: a.count(severity) for severity in Severity},
        "summary": one_line(verdict(a), MAX_TEXT),
        "notify": list(change.roles),
        "url": change.url,
    }


def slack_escaped(text: str) -> str:
    """Text in which Slack reads no mention, channel or link: the three characters that it reads are escaped.

    https://docs.slack.dev/messaging/formatting-message-text/#escaping
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _tame(text: str) -> str:
    """One visible line in which nobody is called: older clients also read bare ``@channel`` and ``@here``."""
    return one_line(text, MAX_TEXT).replace("@", "@\u200b")


def _send(name: str, address: str, body: Json, clock: Clock) -> str:
    """Why it could not be sent; empty when it was. Errors of ``requests`` quote the address, so only their kind is told."""
    import requests  # slow to import, and most runs tell nobody

    data = json.dumps(body, ensure_ascii=True).encode()
    why = ""
    for attempt in range(MAX_SENDS):
        if attempt:
            clock.sleep(min(2.0**attempt, MAX_WAIT))
        try:
            with requests.post(
                address,
                data=data,
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,  # the answer's text is nobody's business, however long it is
            ) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            why = type(error).__name__
            continue
        if status < 300:
            return ""
        why = f"answered {status}"
        if status != 429 and status < 500:
            break
    return f"The {name} could not be told of the new status: {why}"
