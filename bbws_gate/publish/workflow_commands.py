"""The job's log: ordinary lines that cannot command the runner, and annotations that do.

The runner obeys ``::command::`` at the start of a line and the older ``##[command]`` anywhere in it. Both are switched off with
``::stop-commands::`` and a random word for as long as ordinary lines are printed.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TextIO

from bbws_gate.render.escape import visible

LINE_LIMIT = 4_000
"""Characters of one log line; a longer one is cut."""


class WorkflowLog:
    """Writes the log of one job step.

    Args:
        token: gives the random word; only tests replace it.
    """

    def __init__(self, stream: TextIO, *, token: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._stream = stream
        self._token = token

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines that may quote anything; control characters are spelled out, long lines are cut."""
        word = self._token()
        shown = "".join(f"{_line(line)}\n" for line in lines)
        self._stream.write(f"::stop-commands::{word}\n{shown}::{word}::\n")
        self._stream.flush()

    def group(self, title: str, lines: Iterable[str]) -> None:
        """The same, folded under a title."""
        self._stream.write(f"::group::{_data(_line(title))}\n")
        self.lines(lines)
        self._stream.write("::endgroup::\n")
        self._stream.flush()

    def error(self, message: str, *, title: str = "") -> None:
        """An error that GitHub also shows on the run's page."""
        self._command("error", message, title)

    def warning(self, message: str, *, title: str = "") -> None:
        """A warning that GitHub also shows on the run's page."""
        self._command("warning", message, title)

    def notice(self, message: str, *, title: str = "") -> None:
        """A notice that GitHub also shows on the run's page."""
        self._command("notice", message, title)

    def _command(self, name: str, message: str, title: str) -> None:
        properties = f" title={_property(_line(title))}" if title else ""
        self._stream.write(f"::{name}{properties}::{_data(_line(message))}\n")
        self._stream.flush()


def _line(text: str) -> str:
    shown = visible(" ".join(text.splitlines()) if len(text.splitlines()) > 1 else text.rstrip("\r\n"))
    # The older form of commands is obeyed even inside our own ``::error::`` lines.
    shown = shown.replace("##[", "## [")
    return shown if len(shown) <= LINE_LIMIT else f"{shown[:LINE_LIMIT]}…"


def _data(text: str) -> str:
    """https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts"""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
