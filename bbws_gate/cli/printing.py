"""What is printed may stand in a job's log, where the runner obeys lines that look like commands to it.

``::command::`` at the start of a line, after blanks, and the older ``##[command]`` anywhere in it.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import re
import sys


def write(text: str, form: str) -> None:
    """Print a whole document that may quote anything. ``form``: ``json``, where a character can be spelled out; any other is for people."""
    sys.stdout.write(text.replace("##[", "#\\u0023[") if form == "json" else inert(text))


def inert(text: str) -> str:
    """``text``, in which whatever could command the runner has a blank between."""
    if "::" in text:
        text = re.sub(r"^([^\S\n]*):(?=:)", r"\1: ", text, flags=re.MULTILINE)
    return text.replace("##[", "## [")
