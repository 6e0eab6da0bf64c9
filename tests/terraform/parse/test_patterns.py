"""What the regular expressions of the package must not contain."""

from __future__ import annotations

import re
from pathlib import Path

import bbws_gate


def test_patterns__no_possessive_group_which_old_pythons_match_wrongly() -> None:
    for path in sorted(Path(bbws_gate.__file__).parent.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = line if "``" not in line else ""
            assert re.search(r"\)[*+?]\+", code) is None, f"{path.name}:{number}"
