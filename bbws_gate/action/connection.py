"""GitHub as one run sees it: who writes, who reads, and which features are on."""

from __future__ import annotations

from bbws_gate.action.inputs import CheckKind, Inputs
from bbws_gate.deferred import dataclass
from bbws_gate.errors import UsageError
from bbws_gate.publish.github import GitHub
from bbws_gate.publish.identity import Identity, who_am_i
from bbws_gate.publish.lists import Lists
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.reading.pulls import Pulls
from bbws_gate.publish.reading.record import RecordReader
from bbws_gate.publish.sending import Clock, Sender


@dataclass(frozen=True, slots=True)
class Connection:
    """Everything that talks to GitHub, over one sender: serial, paced, bounded."""

    github: GitHub
    sender: Sender
    lists: Lists
    identity: Identity
    observer: Observer
    records: RecordReader
    pulls: Pulls


def connect(inputs: Inputs, clock: Clock) -> Connection | None:
    """Reach GitHub as the token's author; None without a token where nothing is to be written.

    Raises:
        UsageError: something is to be written and there is no token.
        PublishError: the token is not accepted.
    """
    if not inputs.token:
        if inputs.check is CheckKind.NONE and not inputs.comment and not inputs.issues:
            return None
        raise UsageError("the input `token` is empty", mend="leave it out to use the job's own token")
    github = GitHub(inputs.token, inputs.api_url)
    sender = Sender(clock, pause=inputs.write_pause)
    lists = Lists(github, sender, remembers=True)
    identity = who_am_i(github, sender, token=inputs.token, app_slug=inputs.app_slug)
    return Connection(
        github,
        sender,
        lists,
        identity,
        Observer(github, sender, inputs.repository, identity, lists),
        RecordReader(lists, inputs.repository, identity),
        Pulls(lists, inputs.repository),
    )
