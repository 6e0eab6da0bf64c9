"""How much one run may read: per file and all together, checked against what was really read."""

from __future__ import annotations

from bbws_gate.repository.base import MAX_FILE_BYTES, MAX_READ_BYTES, Refused


class ReadBudget:
    """Remembers what was read, so that a file is read and counted once and every part of a run sees the same bytes."""

    __slots__ = ("_contents", "_spent")

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._spent = 0

    def known(self, path: str) -> bytes | None:
        """What an earlier read of ``path`` gave."""
        return self._contents.get(path)

    def allow(self, path: str, size: int) -> None:
        """Let ``size`` more bytes be read from ``path``.

        Raises:
            Refused: HCL006 when that is too much for one file or for the run.
        """
        if size > MAX_FILE_BYTES:
            raise Refused("HCL006", path, f"file of {size:,} bytes, larger than {MAX_FILE_BYTES:,}")
        if self._spent + size > MAX_READ_BYTES:
            raise Refused("HCL006", path, f"more than {MAX_READ_BYTES:,} bytes read in this run")

    def keep(self, path: str, content: bytes) -> bytes:
        """Count and remember what was really read.

        Raises:
            Refused: HCL006 as for :meth:`allow`.
        """
        self.allow(path, len(content))
        self._spent += len(content)
        self._contents[path] = content
        return content
