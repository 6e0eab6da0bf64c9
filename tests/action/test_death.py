"""The worker killed during a run of the action: a failed check run with the reason, exit code 1, and nothing that says success."""

from __future__ import annotations

import io
import signal
from pathlib import Path

import pytest

from bbws_gate.action import run
from tests.action.story import Story
from tests.action.workspace import pull_request_event
from tests.publish.test_job_files import read_outputs


@pytest.mark.case("T1")
@pytest.mark.parametrize(
    "step", ["bbws_gate.spec.in_repository.load_spec", "bbws_gate.pipeline.assess", "bbws_gate.isolation.worker._leave"]
)
def test_worker__killed_at_any_step_leaves_a_failed_check(broken: Story, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    event = pull_request_event(broken.number, broken.head, broken.base)
    variables = broken.workspace.variables(broken.github.url, event, {"token": broken.github.token()})
    monkeypatch.setattr(step, lambda *_, **__: signal.raise_signal(signal.SIGKILL))
    log = io.StringIO()
    assert run.main(variables, log) == 1
    assert "was killed (SIGKILL" in log.getvalue()
    assert [(status, conclusion) for _, status, conclusion in broken.checks()] == [("completed", "failure")]
    assert read_outputs(Path(variables["GITHUB_OUTPUT"]))["status"] == "ERROR"
    assert "was killed" in Path(variables["GITHUB_STEP_SUMMARY"]).read_text()
    assert broken.comments() == []
    assert broken.issues() == []
