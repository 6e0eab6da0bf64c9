"""Trees from what was kept, or from the parser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bbws_gate.terraform import parse as readers
from bbws_gate.terraform.cache.decode import Malformed, decode
from bbws_gate.terraform.cache.key import Syntax, key_of
from bbws_gate.terraform.cache.tray import Text, Tray
from bbws_gate.terraform.parse.source import ParsedFile


class Kept:
    """Entries that were found authentic, and a tray for what is missing among them."""

    def __init__(self, entries: Mapping[bytes, bytes], missing: Tray | None = None) -> None:
        self._entries = entries
        self._missing = missing

    def find(self, data: bytes, path: str, syntax: Syntax) -> ParsedFile | None:
        """The kept tree of a text; when there is none, the text is put on the tray."""
        payload = self._entries.get(key_of(data, syntax))
        if payload is not None:
            try:
                return decode(payload, path)
            except Malformed:
                pass
        if self._missing is not None:
            self._missing.put(Text(data, syntax))
        return None


_kept: Kept | None = None


@contextmanager
def using(kept: Kept | None) -> Iterator[None]:
    """Within, in this process and in those that it forks, :func:`parsed` looks there first."""
    global _kept  # noqa: PLW0603 - a process reads for one run at a time
    before, _kept = _kept, kept
    try:
        yield
    finally:
        _kept = before


def parsed(data: bytes, path: str, syntax: Syntax) -> ParsedFile:
    """One file as its parser would give it. Raises nothing."""
    found = None if _kept is None else _kept.find(data, path, syntax)
    return parse(data, path, syntax) if found is None else found


def parse(data: bytes, path: str, syntax: Syntax) -> ParsedFile:
    """One file from its parser, whatever is kept. Raises nothing."""
    if syntax is Syntax.NATIVE:
        return readers.parse_native(data, path)
    return readers.parse_json(data, path) if syntax is Syntax.JSON else readers.parse_json_values(data, path)
