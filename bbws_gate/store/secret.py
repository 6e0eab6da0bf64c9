"""The secret that packs are sealed with: never in the folder of the packs, which others may be able to write."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from bbws_gate.errors import UsageError
from bbws_gate.store.folder import Folder, Unusable

SECRET_BYTES: Final = 32
SHORTEST: Final = 32
"""Characters of a secret that people give; what `openssl rand -hex 16` prints."""
_NAME: Final = "cache.secret"


def given_secret(text: str, name: str) -> bytes:
    """A secret from text.

    Args:
        text: what was given.
        name: of the option or input, for the message.

    Raises:
        UsageError: too short to be hard to guess.
    """
    if len(text) < SHORTEST:
        raise UsageError(
            f"{name} has fewer than {SHORTEST} characters", mend="make one with `openssl rand -hex 32` and keep it as a secret"
        )
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=SECRET_BYTES, person=b"bbws-gate secret").digest()


def own_secret(state: Path) -> bytes:
    """The user's own secret in ``state``; made when there is none.

    Args:
        state: the folder of the user's state, by the XDG rules.

    Raises:
        Unusable: it cannot be kept there so that only the user can read it.
    """
    try:
        state.mkdir(parents=True, exist_ok=True)
        with Folder(state, ("bbws-gate",), private=True) as folder:
            found = folder.read(_NAME, at_most=SECRET_BYTES, confidential=True)
            if found is None or len(found) != SECRET_BYTES:
                found = os.urandom(SECRET_BYTES)
                folder.write(_NAME, found)  # of two first runs one wins; the other's pack is then made again
            return found
    except OSError as error:
        raise Unusable(error.strerror or "no place for a secret") from error
