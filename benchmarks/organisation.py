"""An organisation of many repositories, simulated: requests, writes and waiting of publishing, and the portfolio of all of them.

``python -m benchmarks.organisation --repositories 200``. GitHub is the tests' stand-in in memory, its clock moves only when somebody waits.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

from bbws_gate.cli import main as bbws_gate
from bbws_gate.pipeline import assess_repository, read_spec
from bbws_gate.publish.apply import Applier
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import Publisher
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue
from bbws_gate.render.json import to_json
from bbws_gate.repository import WorkTree
from tests.publish.fake import HEAD, FakeClock, FakeGitHub

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "orders_ready"
ASSESSED_AT = "2026-01-01T00:00:00Z"
_BLOCKED = Wanted(
    "orders",
    "sit",
    HEAD,
    "pull/1",
    1,
    check=WantedCheck("failure", "BLOCKED", "summary", "text"),
    comment="verdict",
    issues=tuple(WantedIssue(f"item-{number}", f"Item {number}", f"- [ ] task {number}") for number in range(5)),
)
RUNS = {
    "first run, blocked, five issues": _BLOCKED,
    "run that changes nothing": _BLOCKED,
    "run that turns it green": replace(_BLOCKED, check=WantedCheck("success", "READY", "summary", "text"), comment="ready", issues=()),
}


def main(words: list[str]) -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.organisation", description=__doc__)
    parser.add_argument("--repositories", type=int, default=200)
    count: int = parser.parse_args(words).repositories
    sys.stdout.write(f"{count} repositories\n")
    hubs = [FakeGitHub() for _ in range(count)]
    for what, wanted in RUNS.items():
        requests, writes, waited = _published(hubs, wanted)
        sys.stdout.write(f"{what}: {requests} requests, {writes} writes, {waited / count:.1f} s of waiting in each\n")
    seconds, code = _portfolio(count)
    sys.stdout.write(f"portfolio of all, from their assessments: {seconds:.1f} s, exit code {code}\n")
    return 0


def _published(hubs: list[FakeGitHub], wanted: Wanted) -> tuple[int, int, float]:
    """One run in every repository: requests, writes, seconds waited for GitHub's pace."""
    requests = writes = 0
    waited = 0.0
    for hub in hubs:
        hub.sent.clear()
        clock = FakeClock()
        sender = Sender(clock, jitter=lambda: 0.0)
        observer = Observer(hub, sender, "acme/infra", Identity("github-actions[bot]", None, "github-actions"))
        publisher = Publisher(observer, Applier(hub, sender, observer, "acme/infra", run_url="https://example.test/run"), dry=False)
        publisher.begin(wanted)
        publisher.finish(wanted)
        requests += len(hub.sent)
        writes += len(hub.writes)
        waited += sum(clock.slept)
    return requests, writes, waited


def _portfolio(count: int) -> tuple[float, int]:
    """Seconds and exit code of ``bbws-gate portfolio`` over that many assessments."""
    repository = WorkTree(EXAMPLE)
    spec = read_spec(repository)
    environment = next(iter(spec.spec.environments))
    assessment = assess_repository(repository, spec, environment, commit="", assessed_at=ASSESSED_AT)
    names = [f"project_{number:04d}" for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports"
        reports.mkdir()
        for name in names:
            (reports / f"{name}.json").write_text(to_json(replace(assessment, project=name, upstream=(), downstream=())))
        projects = [{"project": name, "environments": [environment]} for name in names]
        listed = {"version": 1, "name": "All", "projects": projects, "assessments": "reports"}
        (Path(folder) / "portfolio.json").write_text(json.dumps(listed))
        began = time.perf_counter()
        with redirect_stdout(io.StringIO()):
            code = bbws_gate(["portfolio", str(Path(folder) / "portfolio.json"), "--out", str(Path(folder) / "out")])
        return time.perf_counter() - began, code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
