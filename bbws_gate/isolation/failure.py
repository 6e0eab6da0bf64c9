"""Errors as JSON, from one process to the other."""

from __future__ import annotations

import json

from bbws_gate.errors import GateError, PermissionMissing, PublishError, SourceError, SpecError, UsageError

_KINDS = {kind.__name__: kind for kind in (GateError, UsageError, SpecError, SourceError, PublishError, PermissionMissing)}
_DIED = "died"
_LONGEST = 20_000


def written(error: GateError) -> bytes:
    """An error of ours."""
    kind = type(error).__name__
    return _json(kind if kind in _KINDS else "GateError", error.what, error.where, error.mend)


def died(what: str) -> bytes:
    """Why a worker ends without a result."""
    return _json(_DIED, what, "", "")


def unexpected(error: Exception, trace: str) -> bytes:
    """A bug of ours, with its traceback."""
    text = f"{type(error).__name__}: {error}"
    return _json("GateError", text[:_LONGEST], "internal error", "please report it; --debug prints the traceback", trace)


def read(payload: bytes, died_as: type[GateError] = GateError) -> GateError:
    """The error that a message holds; one that cannot be read is an error as well."""
    try:
        held = json.loads(payload)
        kind, what, where, mend, trace = (str(held[key]) for key in ("kind", "what", "where", "mend", "trace"))
    except (ValueError, KeyError, TypeError):
        return died_as("the process that reads and evaluates ended with an error that cannot be read")
    error = died_as(what) if kind == _DIED else _KINDS.get(kind, GateError)(what, where=where, mend=mend)
    if trace:
        error.add_note(trace)
    return error


def _json(kind: str, what: str, where: str, mend: str, trace: str = "") -> bytes:
    return json.dumps({"kind": kind, "what": what, "where": where, "mend": mend, "trace": trace[-_LONGEST:]}).encode()
