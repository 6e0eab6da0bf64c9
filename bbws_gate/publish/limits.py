"""GitHub's limits on what is written, and how to stay within them. Measured or documented by GitHub's OpenAPI description."""

from __future__ import annotations

import hashlib

ANNOTATIONS_PER_REQUEST = 50
COMMENT_BYTES = 65_000
"""A comment or issue body may have 65,536 characters; counting UTF-8 bytes stays below that and below the byte limit, too."""
CHECK_BYTES = 65_000
"""Summary and text of a check run may have 65,535 characters each."""
ISSUE_TITLE = 256
CHECK_TITLE = 255
ANNOTATION_BYTES = 60_000
"""64 KB for an annotation's message."""
STATUS_DESCRIPTION = 140
ASSIGNEES = 10
ISSUES = 20
"""Issues per project and environment; what is beyond is listed in one more."""

_CUT = "\n\n*Shortened: the rest did not fit here. The job summary and the reports have all of it.*\n"


def shorten(text: str, limit: int) -> str:
    """A single line of at most ``limit`` characters; a cut one ends in a hash, so that two long texts stay different."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 10]}… {hashlib.sha256(line.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


def fit_markdown(text: str, limit: int) -> str:
    """Markdown of at most ``limit`` UTF-8 bytes, cut between lines; fences and folded parts that the cut leaves open are closed."""
    if len(text.encode("utf-8", "replace")) <= limit:
        return text
    kept: list[str] = []
    fence = ""
    folded = 0
    room = limit - len(_CUT.encode()) - 400
    for line in text.split("\n"):
        size = len(line.encode("utf-8", "replace")) + 1
        if size + 11 > room:
            break
        kept.append(line)
        room -= size
        fence = _fence_after(fence, line)
        if not fence:
            change = line.count("<details") - line.count("</details>")
            folded += change
            room -= 11 * change  # "</details>\n" must fit as well
    if fence:
        kept.append(fence)
    return "\n".join(kept) + _CUT + "</details>\n" * folded


def fit_text(text: str, limit: int) -> str:
    """Plain text of at most ``limit`` UTF-8 bytes."""
    data = text.encode("utf-8", "replace")
    return text if len(data) <= limit else data[: limit - 3].decode("utf-8", "ignore") + "…"


def _fence_after(fence: str, line: str) -> str:
    """The code fence that is open after ``line``; empty when none is."""
    stripped = line.lstrip(" ")
    mark = stripped[:1]
    if mark not in {"`", "~"}:
        return fence
    run = stripped[: len(stripped) - len(stripped.lstrip(mark))]
    if not fence:
        return run if len(run) >= 3 and not (mark == "`" and "`" in stripped[len(run) :]) else ""
    closes = mark == fence[0] and len(run) >= len(fence) and not stripped[len(run) :].strip()
    return "" if closes else fence
