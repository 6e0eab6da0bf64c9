"""Where files that usually hold keys really hold one: lines are told, values never."""

from __future__ import annotations

import posixpath

from bbws_gate.deferred import regex
from bbws_gate.evidence.fact import Fact
from bbws_gate.model import Place

SECRET_FILE = regex(r"(^|/)(\.env(\.[\w-]+)*|id_rsa|id_ed25519|[^/]*\.pem|[^/]*\.key|credentials(\.csv)?)$")
"""Paths that are looked into."""

_PRIVATE = regex(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")
_ACCESS_KEY = regex(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")
_ASSIGNED = regex(r"""\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*["']?([^"'#\s]*)""")
_SECRET_NAME = regex(r"(?i)(passw(or)?d|secret|token|api_?key|access_?key|private_?key|credential)")
_PLACEHOLDER = regex(r"(?i)\$.*|<.*|.*(your|change.?me|replace|example|placeholder|xxx|todo|dummy|sample|\*\*\*).*|arn:.*|https?://[^:@]*")


def secrets_in(text: bytes, path: str) -> tuple[Fact[str], ...]:
    """What a file holds that must not be known: ``private key``, ``access key``, ``DB_PASSWORD``; each with its line, never its value."""
    found = []
    dotenv = posixpath.basename(path).startswith((".env", "credentials"))
    for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
        assigned = _ASSIGNED.match(line) if dotenv else None
        what = "private key" if _PRIVATE.search(line) else "access key" if _ACCESS_KEY.search(line) and "EXAMPLE" not in line else ""
        if not what and assigned is not None and _SECRET_NAME.search(assigned[1]) and _is_value(assigned[2]):
            what = assigned[1]
        if what:
            found.append(Fact(what, Place(path, number, number)))
    return tuple(found)


def _is_value(text: str) -> bool:
    """Whether a text may be a secret: long enough, and no name to fill in."""
    return len(text) >= 8 and _PLACEHOLDER.fullmatch(text) is None
