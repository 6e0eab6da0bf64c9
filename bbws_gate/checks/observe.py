"""Evidence from what was read: a value with its place, shown short and never secret."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.evidence.tables import reason
from bbws_gate.model import Evidence, Place
from bbws_gate.terraform.stack import Path, Plain, Resource, SensitiveValue, UnknownValue

MAX_SHOWN = 120
_SECRET_NAME = regex(r"(?i)(passw|secret|token|private_?key|api_?key|credential|access_?key)")
_SECRET_TEXT = regex(r"-----BEGIN |\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_|\beyJ[A-Za-z0-9_-]{10,}\.")


class Observation(NamedTuple):
    """One value, where it stands, and whether the code says it or the provider's default does."""

    value: Plain
    evidence: Evidence
    written: bool

    @property
    def unknown(self) -> str:
        """Why it cannot be judged; empty when it can."""
        return reason(self.value)


def observe(resource: Resource, *path: str | int, default: Plain = None) -> Observation:
    """The value at ``path``; where the code does not set it, ``default``: what the provider's documentation says happens then."""
    value = resource.get(*path)
    name = dotted(path)
    if value is None:
        said = f"{name} is not set" + ("" if default is None else f" (provider default: {shown(default)})")
        return Observation(default, Evidence(_enclosing(resource, path), said), False)
    text = f"{name} = {shown(value, name)}"
    return Observation(value, Evidence(resource.trace.place(path), text, resource.trace.steps(path)), True)


def _enclosing(resource: Resource, path: Path) -> Place:
    """The nearest block around ``path`` that is written; the resource's header when none is."""
    for length in range(len(path) - 1, 0, -1):
        if resource.get(*path[:length]) is not None:
            return resource.trace.place(path[:length])
    return resource.place


def header(resource: Resource) -> Evidence:
    """The resource itself, at its header."""
    return Evidence(resource.place, resource.address)


@lru_cache(maxsize=1 << 10)  # the same few arguments of every resource
def dotted(path: Path) -> str:
    """An attribute path for a person: ``global_secondary_index.name``."""
    return ".".join(part for part in path if isinstance(part, str))


def shown(value: Plain, name: str = "") -> str:
    """A value as people write it, cut to :data:`MAX_SHOWN` characters; what may be a secret by its ``name`` or look is hidden."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _text(value)
    if _SECRET_TEXT.search(text) or (_SECRET_NAME.search(name) and isinstance(value, str)):
        return "(hidden)"
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _text(value: Plain) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case str():
            return '"' + value.replace("\n", "\\n") + '"'
        case UnknownValue():
            return f"unknown ({value.reason})"
        case SensitiveValue():
            return "(sensitive)"
        case list():
            return "[" + ", ".join(_text(item) for item in value[:MAX_SHOWN]) + "]"
        case dict():
            return "{" + ", ".join(f"{key} = {_text(item)}" for key, item in list(value.items())[:MAX_SHOWN]) + "}"
