"""The worker killed at every step: nothing says success, neither on the command line nor on GitHub."""

from __future__ import annotations

import faulthandler
import json
import signal

import pytest

from bbws_gate.cli import main
from tests.security.assessing import READY

STEPS = [
    "bbws_gate.spec.in_repository.load_spec",
    "bbws_gate.pipeline.collect",
    "bbws_gate.pipeline.estimate",
    "bbws_gate.pipeline.assess",
    "bbws_gate.isolation.typed._encoded",
    "bbws_gate.isolation.worker._leave",
]


@pytest.mark.case("T1", "P6", "T2")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_t1__killed_at_any_step_is_an_error(
    step: str, number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(step, lambda *_, **__: signal.raise_signal(number))
    faulthandler.disable()
    code = main(["check", str(READY), "--env", "sit", "--format", "json"])
    shown = json.loads(capfd.readouterr().out)
    assert code == 1
    assert shown["status"] == "ERROR"
    assert number.name in json.dumps(shown)


@pytest.mark.case("T1")
def test_t1__alive_is_ready(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(READY), "--env", "sit", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["status"] == "READY"
