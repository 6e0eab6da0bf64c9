from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.publish.workflow_commands import WorkflowLog


class Runner:
    """What the runner obeys: ``::name::`` at the start of a line, ``##[name]`` anywhere in one; nothing while commands are stopped."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, str, str]] = []
        self._stopped = ""

    def read(self, text: str) -> Runner:
        for line in re.split(r"\r\n|\r|\n", text):
            self._line(line)
        return self

    def _line(self, line: str) -> None:
        if self._stopped:
            if line.strip() == f"::{self._stopped}::":
                self._stopped = ""
            return
        found = re.match(r"\s*::([a-zA-Z-]+)(?: ([^:]*(?:::)?[^:]*?))?::(.*)", line) or re.search(r"##\[([a-zA-Z-]+)([^\]]*)\](.*)", line)
        if found is None:
            return
        if found[1] == "stop-commands":
            self._stopped = found[3]
        else:
            self.commands.append((found[1], found[2] or "", found[3]))


def printed(write: object) -> list[tuple[str, str, str]]:
    stream = io.StringIO()
    write(WorkflowLog(stream))  # type: ignore[operator]
    return Runner().read(stream.getvalue()).commands


HOSTILE = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            ["::set-output name=verdict::pass", "x ##[set-output name=verdict]pass", "::stop-commands::x", "%0A::error::", "\r::x::y"]
        ),
    )
)


@given(HOSTILE)
def test_lines__nothing_in_them_commands_the_runner(lines: list[str]) -> None:
    assert printed(lambda log: log.lines(lines)) == []


@given(HOSTILE.map(" ".join), HOSTILE.map(" ".join))
def test_error__is_one_command_whatever_it_quotes(message: str, title: str) -> None:
    assert [name for name, _, _ in printed(lambda log: log.error(message, title=title))] == ["error"]


def test_error__title_and_message_are_escaped_for_their_place() -> None:
    stream = io.StringIO()
    WorkflowLog(stream).error("100%\nnext", title="a,b:c")
    assert stream.getvalue() == "::error title=a%2Cb%3Ac::100%25 next\n"


def test_lines__control_characters_are_spelled_out() -> None:
    stream = io.StringIO()
    WorkflowLog(stream, token=lambda: "word").lines(["\x1b[2Kgone", "tab\tstays readable"])
    assert "\x1b" not in stream.getvalue()
    assert "<U+001B>[2Kgone" in stream.getvalue()


def test_lines__a_very_long_one_is_cut() -> None:
    stream = io.StringIO()
    WorkflowLog(stream).lines(["x" * 1_000_000])
    assert len(stream.getvalue()) < 5_000


def test_group__is_closed() -> None:
    assert [name for name, _, _ in printed(lambda log: log.group("title ::error::", ["::endgroup::", "x"]))] == ["group", "endgroup"]
