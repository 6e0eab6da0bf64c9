"""Whatever ends the worker early is told apart, and is never a result."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bbws_gate.errors import GateError, SourceError, SpecError
from bbws_gate.isolation import Limits, WorkerDied, ask, in_worker, isolated, isolated_with_text
from bbws_gate.isolation.worker import run


@dataclass(frozen=True)
class Sum:
    value: int
    words: tuple[str, ...] = ()


def spin() -> Sum:
    while True:
        pass


def wait() -> Sum:
    time.sleep(60)
    return Sum(1)


def crash(number: int) -> Callable[[], Sum]:
    def work() -> Sum:
        signal.raise_signal(number)
        return Sum(1)

    return work


def fill_memory() -> Sum:
    return Sum(len("x" * 4_000_000_000))


def leave() -> Sum:
    os._exit(0)


def test_isolated__gives_the_result_from_another_process() -> None:
    here = os.getpid()
    assert not in_worker()
    assert isolated(lambda: Sum(os.getpid(), ("a", "b")), Sum).words == ("a", "b")
    assert isolated(lambda: Sum(os.getpid()), Sum).value != here
    assert isolated(lambda: Sum(os.getpid()), Sum, in_process=True).value == here


def test_isolated__within_a_worker_starts_no_other() -> None:
    assert isolated(lambda: isolated(lambda: Sum(int(in_worker())), Sum), Sum) == Sum(1)


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        (crash(signal.SIGKILL), "was killed (SIGKILL"),
        (crash(signal.SIGSEGV), "crashed (SIGSEGV)"),
        (crash(signal.SIGABRT), "crashed (SIGABRT)"),
        (crash(signal.SIGTERM), "crashed (SIGTERM)"),
        (fill_memory, "more than 2,000,000,000 bytes of memory"),
        (spin, "more than 1 seconds of CPU time"),
        (leave, "ended without a result (exit code 0)"),
    ],
    ids=["killed", "segmentation fault", "abort", "terminated", "memory", "cpu", "silent exit"],
)
@pytest.mark.case("T1", "T2")
def test_worker__that_dies_is_a_failure_with_its_reason(work: Callable[[], Sum], reason: str) -> None:
    with pytest.raises(WorkerDied) as died:
        isolated(work, Sum, limits=Limits(cpu_seconds=1))
    assert reason in str(died.value)
    assert died.value.exit_code == 1


@pytest.mark.case("T2")
def test_worker__that_takes_too_long_is_ended() -> None:
    with pytest.raises(WorkerDied, match=r"longer than 0\.2 seconds"):
        isolated(wait, Sum, limits=Limits(wall_seconds=0.2))


@pytest.mark.case("T2")
def test_worker__result_at_the_limit_and_one_past_it() -> None:
    assert run(lambda: b"12345", limits=Limits(result_bytes=5)) == b"12345"
    with pytest.raises(WorkerDied, match="larger than 5 bytes"):
        run(lambda: b"123456", limits=Limits(result_bytes=5))


@pytest.mark.case("T1")
def test_worker__dies_after_its_result_and_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bbws_gate.isolation.worker._leave", lambda _: signal.raise_signal(signal.SIGKILL))
    with pytest.raises(WorkerDied, match="was killed"):
        run(lambda: b"ready")


@pytest.mark.parametrize(
    ("attempt", "what"),
    [
        (socket.socket, "socket.__new__"),
        (lambda: socket.getaddrinfo("example.test", 80), "socket.getaddrinfo"),
        (lambda: subprocess.run(["true"], check=False), "starting a program"),
        (lambda: os.posix_spawn("/bin/true", ["true"], {}), "os.posix_spawn"),
        (os.fork, "os.fork"),
        (lambda: Path("written").write_text("x"), "writing"),
        (lambda: Path(__file__).unlink(), "os.remove"),
        (lambda: Path("made").mkdir(), "os.mkdir"),
    ],
    ids=["socket", "name look-up", "program", "spawn", "fork", "write", "remove", "folder"],
)
@pytest.mark.case("T3", "T4")
def test_worker__may_not_connect_execute_or_write(
    attempt: Callable[[], object], what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkerDied, match="tried what it may not") as died:
        isolated(lambda: Sum(len(repr(attempt()))), Sum)
    assert what in str(died.value)
    assert list(tmp_path.iterdir()) == []
    assert Path(__file__).exists()


@pytest.mark.case("T3")
def test_worker__has_nothing_of_the_callers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INPUT_TOKEN", "canary")
    assert set(isolated(lambda: Sum(0, tuple(os.environ)), Sum).words) <= {"PATH", "TZ", "LANG", "LC_ALL"}


@pytest.mark.case("T5")
def test_worker__cannot_print(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> Sum:
        os.write(1, b"::set-output name=status::READY\n")
        os.write(2, b"::set-output name=status::READY\n")
        return Sum(1)

    assert isolated(work, Sum) == Sum(1)
    assert capfd.readouterr() == ("", "")


def test_worker__errors_arrive_as_they_are() -> None:
    def refuse() -> Sum:
        raise SpecError("unknown key", where="promotion.yml:3", mend="take it out")

    with pytest.raises(SpecError) as raised:
        isolated(refuse, Sum)
    assert str(raised.value) == "promotion.yml:3: unknown key (take it out)"


def test_worker__a_bug_of_ours_is_told_with_its_traceback() -> None:
    with pytest.raises(GateError, match="internal error: ZeroDivisionError") as raised:
        isolated(lambda: Sum(1 // 0), Sum)
    assert raised.value.exit_code == GateError.exit_code
    assert "test_worker.py" in raised.value.__notes__[0]


def test_worker__what_is_no_such_result_is_refused() -> None:
    with pytest.raises(WorkerDied, match="not what was asked for"):
        isolated(lambda: {"value": "READY"}, Sum)  # type: ignore[arg-type, return-value]


@pytest.mark.case("U5")
def test_worker__half_a_surrogate_pair_is_spelled_out() -> None:
    assert isolated(lambda: Sum(1, ("a\ud800b", "\U0001f600")), Sum) == Sum(1, ("a<U+D800>b", "\U0001f600"))


def test_worker__hands_over_what_it_has_written() -> None:
    value, text = isolated_with_text(lambda: (Sum(os.getpid()), '{\n  "a": 1\n}\n'), Sum)
    assert value.value != os.getpid()
    assert text == '{\n  "a": 1\n}\n'
    assert isolated_with_text(lambda: (Sum(1), ""), Sum) == (Sum(1), "")


@pytest.mark.parametrize(
    "text",
    [
        "a\x1b[2Jb\n",
        "a\rb\n",
        "a\0",
        "\t",
        "\x7f",
        "::set-output name=status::READY\n",
        "{\n   ::stop-commands::x\n",
        "{\n##[group]x\n",
        '{"a": "##[group]x"}\n',
    ],
    ids=["escape", "carriage return", "nul", "tab", "delete", "command", "indented", "older", "older within a line"],
)
@pytest.mark.case("T5")
def test_worker__text_that_would_do_more_than_be_read_is_refused(text: str) -> None:
    with pytest.raises(WorkerDied, match="not what was asked for"):
        isolated_with_text(lambda: (Sum(1), text), Sum)


def test_worker__text_may_quote_what_commands_are_made_of() -> None:
    text = '{\n  "value": "arn:aws:s3:::bucket # [x] ::error::"\n}\n'
    assert isolated_with_text(lambda: (Sum(1), text), Sum)[1] == text


def test_worker__text_beside_no_such_value_is_refused() -> None:
    with pytest.raises(WorkerDied, match="not what was asked for"):
        isolated_with_text(lambda: ({"value": "READY"}, "x"), Sum)  # type: ignore[arg-type, return-value]


def test_ask__is_answered_by_the_supervisor() -> None:
    asked: list[str] = []

    def answer(question: str) -> bytes:
        asked.append(f"{question} {os.getpid()}")
        return question[::-1].encode()

    assert isolated(lambda: Sum(0, (ask("abc").decode(), ask("de").decode())), Sum, answer=answer) == Sum(0, ("cba", "ed"))
    assert asked == [f"abc {os.getpid()}", f"de {os.getpid()}"]


def test_ask__an_error_of_the_supervisor_arrives() -> None:
    def answer(question: str) -> bytes:
        raise SourceError(f"no {question}")

    with pytest.raises(SourceError, match="no tree"):
        isolated(lambda: Sum(len(ask("tree"))), Sum, answer=answer)


def test_ask__time_of_the_supervisor_does_not_count() -> None:
    def answer(_: str) -> bytes:
        time.sleep(0.4)
        return b""

    assert isolated(lambda: Sum(len(ask("slow"))), Sum, answer=answer, limits=Limits(wall_seconds=0.3)) == Sum(0)


def own_children() -> set[str]:
    """Processes whose parent this one is; the harness may have some of its own."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(os.getpid()):
                found.add(stat.parent.name)
    return found


def test_worker__leaves_no_process_and_no_descriptor() -> None:
    before, children = len(list(Path("/proc/self/fd").iterdir())), own_children()
    for work in (lambda: Sum(1), crash(signal.SIGKILL)):
        with suppress(WorkerDied):
            isolated(work, Sum)
    with pytest.raises(WorkerDied):
        isolated(wait, Sum, limits=Limits(wall_seconds=0.05))
    assert own_children() == children
    assert len(list(Path("/proc/self/fd").iterdir())) == before
