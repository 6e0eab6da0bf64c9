"""Files held in memory: for tests, and for assessing text that stands nowhere yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bbws_gate.repository.base import Entry, Kind, Tags, normalise
from bbws_gate.repository.indexed import IndexedRepository


class MemoryRepository(IndexedRepository):
    """A repository from ``{path: content}``; text is UTF-8. ``links`` and ``submodules`` are paths that stand there as such."""

    def __init__(
        self,
        files: Mapping[str, bytes | str],
        *,
        links: Iterable[str] = (),
        submodules: Iterable[str] = (),
        tracked: Iterable[str] | None = None,
        tags: Tags | None = None,
    ) -> None:
        self._tags = tags
        self._files = {normalise(path): text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._tracked = None if tracked is None else frozenset(tracked)
        super().__init__(
            [
                *(Entry(path, Kind.FILE, len(content)) for path, content in self._files.items()),
                *(Entry(normalise(path), Kind.SYMLINK, 0) for path in links),
                *(Entry(normalise(path), Kind.SUBMODULE, 0) for path in submodules),
            ]
        )

    def _content(self, path: str) -> bytes:
        return self._files[path]

    def tags(self) -> Tags | None:
        """The tags given to the constructor, or None."""
        return self._tags

    def tracked(self) -> frozenset[str] | None:
        """The paths given to the constructor, or None."""
        return self._tracked
