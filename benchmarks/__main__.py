"""``make bench``: generate inputs, install the peers, measure in turn, write the page."""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import action, budgets, inputs, page, peers
from benchmarks.inputs import SHAPES
from benchmarks.measure import Job, Result, in_turn, once

HERE = Path(__file__).resolve().parents[1]
HOME = HERE / ".bench"
NOTES = HERE / "benchmarks" / "notes.md"
"""What people say about the figures; the end of the page."""
OURS = "bbws-gate"
WARM = "bbws-gate warm"
"""The same with every tree in the cache."""
FILLS = 4
"""Runs that fill a cache; the largest input needs three."""
NAMED_SIZES = {3: "small", 600: "large"}
"""The two inputs that have names: three tables, and about as much text as a large multi-tenant repository's root."""
ACTION_FROM = 1_000
"""Tables from which on the action is measured, beside the example."""
SLOW = 2_000
"""Tables from which on a peer that needs minutes is measured once a round."""


def main(words: list[str]) -> int:
    """Measure and write; 1 when a budget was missed."""
    wish = _arguments(words)
    unmeasured = [f"{peer.name}: {why}" for peer in peers.PEERS if peer.name not in wish.without and (why := peers.install(HOME, peer))]
    missing = {line.partition(":")[0] for line in unmeasured} | set(wish.without)
    chosen = [peer for peer in peers.PEERS if peer.name not in missing]
    subprocess.run((sys.executable, "-m", "compileall", "-q", str(HERE / "bbws_gate")), check=True)  # noqa: S603
    rounds: list[list[budgets.Verdict]] = []
    results: list[Result] = []
    if why := action.missing():
        unmeasured.append(f"the action: {why}")
    with tempfile.TemporaryDirectory() as scratch, _action(wish, Path(scratch)) as runs_of_action:
        jobs = [*_jobs(wish, chosen, Path(scratch)), *runs_of_action]
        _fill(jobs)
        for number in range(wish.rounds):
            results = _measured(jobs, wish.runs)
            rounds.append(budgets.verdicts(results, OURS))
            _show(number + 1, rounds[-1], results)
    versions = {OURS: version(OURS), **{peer.name: peer.package.partition("==")[2] for peer in chosen}}
    command = shlex.join(["python", "-m", "benchmarks", *words])
    text = page.page(
        results,
        rounds,
        versions=versions,
        command=command,
        date=datetime.now(UTC).date().isoformat(),
        unmeasured=[*unmeasured, *(f"{name}: left out on request" for name in wish.without)],
    )
    text = f"{text}\n{NOTES.read_text(encoding='utf-8')}"
    if wish.write:
        Path(wish.write).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 1 if any(verdict.kept is False for verdicts in rounds for verdict in verdicts) else 0


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1, help="how often everything is measured")
    parser.add_argument("--runs", type=int, default=3, help="runs of each job in a round; the median counts")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[10, 100, 1000, 5000])
    parser.add_argument("--shapes-at", type=int, nargs="*", default=[1000], help="sizes that are also measured by for_each and modules")
    parser.add_argument("--without", action="append", default=[], help="a peer to leave out")
    parser.add_argument("--directory", action="append", default=[], type=Path, help="a Terraform root of your own")
    parser.add_argument("--write", help="the page to write; standard output without it")
    return parser.parse_args(words)


def _jobs(wish: argparse.Namespace, chosen: list[peers.Peer], scratch: Path) -> list[Job]:
    """All work, smallest input first; a peer that runs for minutes on the largest gets there once."""
    gate = str(Path(sys.executable).with_name("bbws-gate"))
    nothing = Job(budgets.BARE, "help", (sys.executable, "-c", "pass"), scratch)
    jobs = [nothing, Job(OURS, "help", (gate, "--help"), scratch)]
    for size in sorted({*wish.sizes, *NAMED_SIZES}):
        for shape in SHAPES if size in wish.shapes_at else (SHAPES[0],):
            folder = scratch / f"{size}-{shape}"
            root = inputs.tables(folder, size, shape)
            task = NAMED_SIZES.get(size, f"{size} tables") + ("" if shape == SHAPES[0] else f" ({shape})")
            checking = (gate, "check", str(folder), "--env", "sit", "--format", "json")
            inspecting = (gate, "inspect", "terraform", "--var-file", "environments/sit.tfvars", "--format", "json")
            kept = scratch / "kept" / folder.name
            jobs += [*_cold_and_warm(f"check {task}", checking, folder, kept), *_cold_and_warm(f"inspect {task}", inspecting, folder, kept)]
            jobs += [peers.job(HOME, peer, f"check {task}", root) for peer in chosen if _is_asked(peer, size, shape)]
    for directory in wish.directory:
        task = f"inspect {directory.name}"
        jobs += _cold_and_warm(task, (gate, "inspect", ".", "--format", "json"), directory.resolve(), scratch / "kept" / "directories")
        jobs += [peers.job(HOME, peer, task, directory.resolve()) for peer in chosen]
    return jobs


def _action(wish: argparse.Namespace, scratch: Path) -> AbstractContextManager[list[Job]]:
    """The action's runs that can be measured here: on the example, and on generated roots of some size."""
    return nullcontext([]) if action.missing() else action.jobs(scratch, [size for size in wish.sizes if ACTION_FROM <= size < SLOW])


def _cold_and_warm(task: str, command: tuple[str, ...], folder: Path, kept: Path) -> list[Job]:
    """Our work without a cache, and with one that holds every tree, in ``kept``."""
    warm = Job(WARM, task, (*command, "--cache", str(kept / "trees")), folder, {"XDG_STATE_HOME": str(kept / "state")})
    return [Job(OURS, task, (*command, "--no-cache"), folder), warm]


def _fill(jobs: list[Job]) -> None:
    """Run what is to be warm; a run makes entries for a bounded time, the next one goes on."""
    for job in jobs:
        if job.peer == WARM:
            for _ in range(FILLS):
                once(job)


def _is_asked(peer: peers.Peer, size: int, shape: str) -> bool:
    """Parsers and evaluators see every input, whole checkers the mixed shape only, and no size for which they need minutes."""
    return peer.name in {"hcl2", "tfparse"} or (shape == SHAPES[0] and size < SLOW)


def _measured(jobs: list[Job], runs: int) -> list[Result]:
    """Quick jobs in turns; those that take minutes once each, between the others' runs of the same input."""
    slow = [job for job in jobs if _is_slow(job)]
    quick = [job for job in jobs if not _is_slow(job)]
    return [*in_turn(quick, runs), *in_turn(slow, 1)]


def _is_slow(job: Job) -> bool:
    words = job.task.split()
    return job.peer not in {OURS, WARM} and "tables" in words and int(words[1]) >= SLOW


def _show(number: int, verdicts: list[budgets.Verdict], results: list[Result]) -> None:
    sys.stderr.write(f"round {number}\n")
    for verdict in verdicts:
        measured = "not measured" if verdict.measured is None else f"{verdict.measured:.3f}"
        sys.stderr.write(f"  {verdict.what}: {measured}, at most {verdict.at_most:g}\n")
    for result in results:
        if result.failure:
            sys.stderr.write(f"  {result.job.peer} on {result.job.task}: {result.failure}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
