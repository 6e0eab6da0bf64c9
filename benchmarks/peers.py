"""Who is measured, and how each is told to do its work. Each peer has a virtual environment of its own under ``.bench/``."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Job

_PARSE = """\
import sys, pathlib, hcl2
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.tf')):
    with path.open() as file:
        hcl2.load(file)
"""
_EVALUATE = "import sys, tfparse; tfparse.load_from_path(sys.argv[1])"
_POLICY = """\
policies:
  - name: table-without-recovery
    resource: terraform.aws_dynamodb_table
    filters:
      - point_in_time_recovery: absent
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to measure against."""

    name: str
    package: str
    """What pip installs."""
    does: str


PEERS = (
    Peer("hcl2", "python-hcl2==8.1.4", "parses every file (`hcl2.load`)"),
    Peer("tfparse", "tfparse==0.6.22", "parses and evaluates (Go)"),
    Peer("checkov", "checkov==3.3.30", "parses, evaluates, runs its checks"),
    Peer("c7n-left", "c7n-left==0.3.39", "parses, evaluates (tfparse), runs one policy"),
)


def install(home: Path, peer: Peer) -> str:
    """Install a peer unless it is there.

    Returns:
        Why it cannot be had; empty when it is there.
    """
    python = home / peer.name / "bin" / "python"
    if (home / peer.name / "ready").exists():
        return ""
    steps: tuple[tuple[str, ...], ...] = (
        (sys.executable, "-m", "venv", str(home / peer.name)),
        (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer.package),
        (str(python), "-m", "compileall", "-q", str(home / peer.name / "lib")),
    )
    for number, step in enumerate(steps):
        done = subprocess.run(step, capture_output=True, text=True, check=False)  # noqa: S603 - this package's own commands
        if done.returncode != 0 and number < len(steps) - 1:  # a file for another Python version may refuse to compile
            return (done.stderr.strip().splitlines() or ["pip failed"])[-1]
    (home / peer.name / "ready").touch()
    return ""


def job(home: Path, peer: Peer, task: str, root: Path) -> Job:
    """A peer's work on one Terraform root."""
    binaries = home / peer.name / "bin"
    python = str(binaries / "python")
    match peer.name:
        case "hcl2":
            return Job(peer.name, task, (python, "-c", _PARSE, str(root)), root)
        case "tfparse":
            return Job(peer.name, task, (python, "-c", _EVALUATE, str(root)), root)
        case "checkov":
            flags = ("--framework", "terraform", "--compact", "--quiet", "--soft-fail", "--skip-download")
            return Job(peer.name, task, (str(binaries / "checkov"), "-d", str(root), *flags), root)
        case _:
            policies = home / "policies"
            policies.mkdir(exist_ok=True)
            (policies / "policy.yml").write_text(_POLICY)
            command = (str(binaries / "c7n-left"), "run", "--policy-dir", str(policies), "--directory", str(root))
            return Job(peer.name, task, command, root, good=frozenset({0, 1}))
