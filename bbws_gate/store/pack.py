"""Entries in one file, with a keyed digest over all of them.

::

    pack  := magic digest entry*
    entry := key (32 bytes) length (4 bytes, little-endian) payload

Whoever can write the file but does not know the secret can make it useless, not make it say something else. One digest for the whole file:
its entries are read together, and an attacker cannot put old ones among new ones.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from bbws_gate.store.folder import Unusable
from bbws_gate.terraform.cache.key import KEY_BYTES

MAGIC: Final = b"bbws-gate trees 1\n"
MAX_BYTES: Final = 16_000_000
MAX_ENTRIES: Final = 4_096
DIGEST_BYTES: Final = 32
_LENGTH: Final = 4


def sealed(entries: Mapping[bytes, bytes], secret: bytes, *, max_bytes: int = MAX_BYTES, max_entries: int = MAX_ENTRIES) -> bytes:
    """A pack of ``entries``, oldest first; the oldest are left out when there are too many.

    Args:
        entries: payloads by key.
        secret: 32 bytes that nobody knows who should not make packs.
        max_bytes: of the whole pack.
        max_entries: their number.
    """
    room = max_bytes - len(MAGIC) - DIGEST_BYTES
    chosen: list[bytes] = []
    for key, payload in reversed([*entries.items()][-max_entries:]):
        room -= KEY_BYTES + _LENGTH + len(payload)
        if room < 0:
            break
        chosen.append(key + len(payload).to_bytes(_LENGTH, "little") + payload)
    body = b"".join(reversed(chosen))
    return MAGIC + _digest(body, secret) + body


def opened(pack: bytes, secret: bytes) -> dict[bytes, bytes]:
    """The entries of a pack, oldest first.

    Raises:
        Unusable: it was not made with this secret, or is not as it was made.
    """
    start = len(MAGIC) + DIGEST_BYTES
    body = pack[start:]
    if not pack.startswith(MAGIC) or not hmac.compare_digest(pack[len(MAGIC) : start], _digest(body, secret)):
        raise Unusable("not a pack that was made here")
    entries: dict[bytes, bytes] = {}
    at = 0
    while at < len(body):
        begin = at + KEY_BYTES + _LENGTH
        end = begin + int.from_bytes(body[at + KEY_BYTES : begin], "little")
        entries[body[at : at + KEY_BYTES]] = body[begin:end]
        at = end
    return entries


def _digest(body: bytes, secret: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=DIGEST_BYTES, key=secret, person=b"bbws-gate pack").digest()
