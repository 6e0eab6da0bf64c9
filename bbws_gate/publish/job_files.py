"""The files through which a job step hands over outputs and its summary.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#environment-files
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from bbws_gate.publish.limits import fit_markdown

SUMMARY_BYTES = 1_000_000
"""GitHub drops a step's summary above 1 MiB."""


def write_outputs(path: Path | None, values: Mapping[str, str]) -> None:
    """Append outputs to ``GITHUB_OUTPUT``; each value stands between two lines of a random word that it does not contain."""
    if path is None:
        return
    text = ""
    for name, value in values.items():
        word = f"ghadelimiter_{secrets.token_hex(16)}"
        text += f"{name}<<{word}\n{value}\n{word}\n"
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)


def write_summary(path: Path | None, markdown: str) -> None:
    """Append Markdown to ``GITHUB_STEP_SUMMARY``, cut to what GitHub keeps."""
    if path is None:
        return
    with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(fit_markdown(markdown, SUMMARY_BYTES) + "\n")
