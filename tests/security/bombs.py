"""``python -m tests.security.bombs``: every bomb of groups P and E through the whole command line, with what it cost.

Each bomb stands in a project of six environments, on the head and on the base as well, so that whatever one evaluation costs is asked for
as often as the gate ever asks for it. Processor time and memory are those of the command with its worker, as the system counts them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.security.assessing import ready_files
from tests.security.bomb_files import BOMBS, Bomb

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 30.0, 512.0
"""What the threat model allows."""
SPEC = ".github/promotion.yml"
OTHERS = ("e1", "e2", "e3", "e4")
HEAD = "| case | what comes in | CPU seconds | MB | how it ends |\n| --- | --- | ---: | ---: | --- |"
METER = """
import json, os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=2)
_, status, usage = os.wait4(child.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
"""A small process between this one and the gate: what it starts is counted as at least as large as it is itself."""
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false", "-c", "gc.auto=0")


@dataclass(frozen=True)
class Cost:
    """What became of one bomb."""

    bomb: Bomb
    code: int
    seconds: float
    """Processor time, user and system."""
    megabytes: float
    """The most that one process held."""
    named: bool
    """Whether the verdict names the reason."""
    told: str
    """The end of what was printed."""

    @property
    def wrong(self) -> str:
        """Why this is not as it must be; empty when it is."""
        if self.code != self.bomb.code:
            return f"exit code {self.code}"
        if self.seconds > SECONDS or self.megabytes > MEGABYTES:
            return "too expensive"
        return "" if self.named else "no reason"


def measure(bomb: Bomb) -> Cost:
    """Assess one bomb in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, bomb)
        words = ["-m", "bbws_gate", "check", str(folder), "--env", "sit", "--base", "HEAD", "--format", "json"]
        with tempfile.TemporaryFile() as out:
            meter = [sys.executable, "-I", "-c", METER, sys.executable, *words]
            ended = subprocess.run(meter, cwd=ROOT, stdout=subprocess.PIPE, stderr=out, check=True)
            out.seek(0)
            told = _told(out.read().decode("utf-8", "replace"))
    code, seconds, kilobytes = json.loads(ended.stdout)
    return Cost(bomb, code, seconds, kilobytes / 1024, named=bomb.reason in told, told=told[-600:])


def row(cost: Cost) -> str:
    """The figures as a line of a table."""
    ends = cost.bomb.reason or "read for what it is"
    return f"| {cost.bomb.case} | {cost.bomb.name} | {cost.seconds:.1f} | {cost.megabytes:.0f} | {ends} |"


def with_environments(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The example with four environments more."""
    more = "".join(f'  {name}: {{account: "111122223333", region: eu-west-1, var_files: [environments/sit.tfvars]}}\n' for name in OTHERS)
    spec = files[SPEC].replace(b"\nexpect:\n", f"\n{more}\nexpect:\n".encode(), 1)
    return {**files, SPEC: spec}


def _write(folder: Path, bomb: Bomb) -> None:
    for path, content in {**with_environments(ready_files()), **bomb.files}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "bomb")):
        subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)


def _told(text: str) -> str:
    """The texts of the verdict, without JSON's escapes; what is no JSON as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"')
    except ValueError:
        return text


def main(arguments: list[str]) -> int:
    """0 when every bomb ends within the limits, with its reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.security.bombs")
    parser.add_argument("--only", default="", help="bombs whose case or name holds this")
    options = parser.parse_args(arguments)
    failed = count = 0
    print(HEAD)
    for bomb in (bomb for bomb in BOMBS if options.only in f"{bomb.case} {bomb.name}"):
        cost = measure(bomb)
        count += 1
        print(row(cost), flush=True)
        if cost.wrong:
            failed += 1
            print(f"{bomb.case} {bomb.name}: {cost.wrong}: {cost.seconds:.1f} s, {cost.megabytes:.0f} MB\n{cost.told}", flush=True)
    print(f"\n{count} bombs, {failed} not as they must be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
