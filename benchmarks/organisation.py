"""An organisation of many repositories, simulated: requests, writes and waiting of publishing, and the portfolio of all of them.

``python -m benchmarks.organisation --repositories 200``. For publishing, GitHub is the tests' double in memory, whose clock moves only when
somebody waits. For the portfolio that is read through the API it is the emulator that the action's tests run against.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

from bbws_gate.cli import main as bbws_gate
from bbws_gate.pipeline import DEFAULT_SPEC, assess_repository, read_spec
from bbws_gate.publish.apply import Applier
from bbws_gate.publish.identity import Identity
from bbws_gate.publish.observe import Observer
from bbws_gate.publish.publisher import Publisher
from bbws_gate.publish.sending import Sender
from bbws_gate.publish.wanted import Wanted, WantedCheck, WantedIssue
from bbws_gate.render.json import to_json
from bbws_gate.repository import WorkTree
from tests.github.stand_in import running
from tests.portfolio.hub import Hub
from tests.publish.fake import HEAD, FakeClock, FakeGitHub

REMOTE = Path(__file__).resolve().parents[1] / "examples" / "portfolio" / "tenant_tables"
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
    sys.stdout.write(f"portfolio of all, from their assessments: {seconds:.1f} s of processor time, exit code {code}\n")
    for is_alike, what in ((False, "repositories that share no file"), (True, "repositories that share versions, lock file and variables")):
        requests, seconds, code = _remote(count, is_alike=is_alike)
        sys.stdout.write(f"portfolio through the API, {what}: {requests} requests, {seconds:.1f} s of processor time, exit code {code}\n")
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
    """Processor time and exit code of ``bbws-gate portfolio`` over that many assessments."""
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
        began = _processor_time()
        with redirect_stdout(io.StringIO()):
            code = bbws_gate(["portfolio", str(Path(folder) / "portfolio.json"), "--out", str(Path(folder) / "out")])
        return _processor_time() - began, code


def _remote(count: int, *, is_alike: bool) -> tuple[int, float, int]:
    """Requests, processor time and exit code of ``bbws-gate portfolio`` over that many repositories, none of them checked out."""
    with running() as github, tempfile.TemporaryDirectory() as folder:
        hub = Hub(github)
        names = [f"project_{number:04d}" for number in range(count)]
        for name in names:
            hub.create(name, REMOTE, _own_files(name, is_alike=is_alike))
        projects = [{"project": name, "environments": ["sit"], "repository": f"acme/{name}"} for name in names]
        path = Path(folder) / "portfolio.json"
        path.write_text(json.dumps({"version": 1, "name": "All", "projects": projects}))
        os.environ |= {"GITHUB_API_URL": github.url, "GITHUB_TOKEN": github.token()}
        began = _processor_time()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = bbws_gate(["portfolio", str(path), "--out", str(Path(folder) / "out")])
        return len(github.exchanges), _processor_time() - began, code


def _own_files(name: str, *, is_alike: bool) -> dict[str, str]:
    """The example's files as a repository of its own has them: another project's name, other tables."""
    own = {path.relative_to(REMOTE).as_posix(): path.read_text() for path in REMOTE.rglob("*") if path.is_file()}
    spec = own[DEFAULT_SPEC].partition("dependencies:")
    texts = {DEFAULT_SPEC: f"{spec[0]}roles:{spec[2].partition('roles:')[2]}".replace("project: tenant_tables", f"project: {name}")}
    changed = ("main.tf", "sit.tfvars", "sit.tfbackend") if is_alike else tuple(path for path in own if path != DEFAULT_SPEC)
    return texts | {path: f"{own[path]}\n# {name}\n" for path in changed}


def _processor_time() -> float:
    """Of this process and of its workers, in seconds; the emulator is another process that has not ended yet."""
    return sum(
        used.ru_utime + used.ru_stime for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
