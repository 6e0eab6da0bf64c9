"""The action's own time: whole processes against a GitHub that answers at once, so that nothing of GitHub's has to be subtracted.

``python -m benchmarks.action --runs 7``. A pull request that has been published is run once more on the stand-in of the tests, and what
that answered is given again from memory: a run that changes nothing only reads, so it goes the same way each time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.inputs import tables
from benchmarks.measure import Job, in_turn, once
from tests.action.story import Story, story
from tests.action.workspace import ROOT, Workspace, pull_request_event
from tests.github.stand_in import StandIn, running

OURS = "bbws-gate"
EXAMPLE = "bbws_dynamodb_schemas"
_ENDED = frozenset({0, 1})
_HEAD = {"terraform/notes.tf": "# nothing\n"}

Answers = dict[str, bytes]
"""By path and query."""


def missing() -> str:
    """Why the action cannot be measured here; empty when it can."""
    return "" if shutil.which("node") and shutil.which("npm") else "the stand-in for GitHub needs Node.js and npm"


@contextmanager
def jobs(scratch: Path, sizes: list[int]) -> Iterator[list[Job]]:
    """The action on the bundled example and on generated roots, as jobs that can be run as long as the context lasts."""
    makes: dict[str, Callable[[StandIn, Workspace], Story]] = {"example": _example}
    makes |= {f"{size} tables": partial(_generated, size) for size in sizes}
    with _replaying() as (url, answers), running() as github:
        made = []
        for number, (name, make) in enumerate(makes.items()):
            github.reset()
            given, job = _recorded(f"action {name}", make(github, Workspace(scratch / f"action-{number}")))
            answers |= {f"/{number}{target}": content for target, content in given.items()}
            made.append(_against(job, f"{url}/{number}"))
        yield made


def _example(github: StandIn, workspace: Workspace) -> Story:
    return story(github, workspace, example=EXAMPLE, head=_HEAD)


def _generated(size: int, github: StandIn, workspace: Workspace) -> Story:
    tables(workspace.checkout, size, "mixed")
    return story(github, workspace, head=_HEAD)


def _recorded(task: str, pull: Story) -> tuple[Answers, Job]:
    """What GitHub answers to a run that changes nothing, and that run."""
    github, token = pull.github, pull.github.token()
    event = pull_request_event(pull.number, pull.head, pull.base, user=github.account("octocat"))
    variables = pull.workspace.variables(github.url, event, {"token": token})
    job = Job(OURS, task, (sys.executable, "-I", str(ROOT / "entrypoint.py")), pull.workspace.checkout, variables, _ENDED)
    for _ in range(2):
        github.forget()
        ended = once(job)
    problem = ended if isinstance(ended, str) else f"the second run writes {github.writes}" if github.writes else ""
    if problem:
        raise RuntimeError(f"{task}: {problem}")
    found = [(f"{each.path}?{each.query}" if each.query else each.path, each) for each in github.exchanges if each.status == 200]
    return {target: json.dumps(each.response).encode() for target, each in found}, job


def _against(job: Job, url: str) -> Job:
    return Job(job.peer, job.task, job.command, job.folder, {**job.environment, "GITHUB_API_URL": url}, job.good)


@contextmanager
def _replaying() -> Iterator[tuple[str, Answers]]:
    """A server that gives what stands in the answers, and 404 for everything else; a run that meets that ends with exit code 4."""
    answers: Answers = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one segment

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            found = answers.get(self.path)
            content = b'{"message": "Not Found"}' if found is None else found
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", answers
    finally:
        server.shutdown()
        server.server_close()


def main(words: list[str]) -> int:
    """Print what the action takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.action", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000])
    wish = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as scratch, jobs(Path(scratch), wish.sizes) as made:
        for result in in_turn(made, wish.runs):
            sys.stdout.write(
                f"{result.job.task}: "
                + (result.failure or f"{result.seconds:.3f} s, {result.processor:.3f} s of processor time, {result.peak_mb:.0f} MB")
                + "\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
