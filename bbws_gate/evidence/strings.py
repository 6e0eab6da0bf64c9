"""Every text inside a resource's attributes, with its path."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.terraform.stack import Path, Plain, Resource

MAX_TEXTS = 5_000
"""In one resource: more is data, not configuration."""


def texts(resource: Resource) -> Iterator[tuple[Path, str]]:
    """The known strings of a resource, in the order in which they are written."""
    waiting: list[tuple[Path, Plain]] = [((), dict(resource.attributes))]
    for count, (path, value) in enumerate(waiting):
        if count == MAX_TEXTS:
            return
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, position), inner) for position, inner in enumerate(value)]
