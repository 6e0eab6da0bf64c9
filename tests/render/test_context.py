"""docs/documents.md shows the names that templates may use. ``BBWS_GATE_UPDATE_SNAPSHOTS=1`` writes them there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bbws_gate.render.context import NAMES, values
from bbws_gate.render.templates import FILTERS
from tests.render.sample import ALL

PAGE = Path(__file__).parents[2] / "docs" / "documents.md"
BEGIN, END = "<!-- names -->\n", "<!-- end of names -->"


@pytest.mark.parametrize("name", ALL)
def test_names__are_those_that_there_are(name: str) -> None:
    assert set(values(ALL[name], None)) == set(NAMES)


def test_page__shows_every_name() -> None:
    table = "\n| name | what it is |\n| --- | --- |\n" + "".join(f"| `{name}` | {text} |\n" for name, text in NAMES.items()) + "\n"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    shown, _, after = rest.partition(END)
    if os.environ.get("BBWS_GATE_UPDATE_SNAPSHOTS") == "1":
        shown = table
        PAGE.write_text(f"{before}{BEGIN}{shown}{END}{after}", encoding="utf-8")
    assert shown == table


def test_page__shows_every_filter() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("| filter | for |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(FILTERS)
