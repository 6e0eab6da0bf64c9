"""Running git so that nothing of the repository under assessment is executed, fetched or believed.

Arguments are always a list; hooks, filters, file system monitors, replacement objects, system and user configuration, prompts and
network are off. What each setting does: https://git-scm.com/docs/git-config and https://git-scm.com/docs/git#_environment_variables
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bbws_gate.deferred import regex
from bbws_gate.errors import SourceError, UsageError

MAX_OUTPUT_BYTES = 64_000_000
# The worker's guard lets Popen start git and nothing else start anything; Python 3.13 would start it by posix_spawn.
# https://docs.python.org/3/library/subprocess.html#disabling-use-of-posix-spawn
setattr(subprocess, "_USE_POSIX_SPAWN", False)  # noqa: B010 - type checkers take the name as final

_SHA = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

_SETTINGS = (
    "safe.bareRepository=explicit",  # a folder that looks like a bare repository is data, not a repository
    "safe.directory=*",  # in a container action, the checkout belongs to another user
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.untrackedCache=false",
)

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # git before 2.45 does not know the line above; no transport, no fetch
}


def full_sha(text: str) -> str:
    """``text`` when it is a whole commit id, 40 or 64 lower-case hexadecimal digits.

    Raises:
        UsageError: for a branch, a tag, a short id or anything else.
    """
    if not _SHA.fullmatch(text):
        raise UsageError(f"{text!r} is not a full commit id", mend="give all 40 (or 64) hexadecimal digits")
    return text


def command(directory: Path, *arguments: str) -> list[str]:
    """The argument list that runs git on the repository around ``directory``.

    Raises:
        SourceError: git is not installed.
    """
    program = shutil.which("git")
    if program is None:
        raise SourceError("git is not installed", mend="install git, or give a folder without history")
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return [program, "--no-pager", "-C", str(directory), *settings, *arguments]


def environment() -> dict[str, str]:
    """The whole environment git gets: where programs are, and what is switched off."""
    return {"PATH": os.environ.get("PATH", os.defpath), **_ENVIRONMENT}


def run(directory: Path, *arguments: str) -> bytes | None:
    """What git prints, or None when it fails.

    Raises:
        SourceError: git is not installed, or prints more than :data:`MAX_OUTPUT_BYTES`.
    """
    with subprocess.Popen(  # noqa: S603 (a list of arguments, the program found by its full path, the environment replaced)
        command(directory, *arguments),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        assert child.stdout is not None  # noqa: S101 (a pipe was asked for)
        output = child.stdout.read(MAX_OUTPUT_BYTES + 1)
        if len(output) > MAX_OUTPUT_BYTES:
            child.kill()
            raise SourceError(f"git {arguments[0]} printed more than {MAX_OUTPUT_BYTES:,} bytes", where=str(directory))
    return output if child.returncode == 0 else None
