from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.render import tidy
from bbws_gate.render.tidy import tidied

PIECES = st.lists(st.text(alphabet="ab \n\t", max_size=8), max_size=8)


def whole(text: str, empty: int) -> str:
    """The same of a page that is in memory as a whole."""
    longest = "\n" * (empty + 1)
    return re.sub(rf"\n{{{empty + 2},}}", longest, re.sub(r"[ \t]+\n", "\n", text)).strip("\n") + "\n"


@given(PIECES, st.integers(1, 9), st.sampled_from([0, 1]))
def test_tidied__wherever_a_page_is_cut(pieces: list[str], size: int, empty: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidy, "CHUNK", size)
        assert "".join(tidied(pieces, empty=empty)) == whole("".join(pieces), empty)


def test_tidied__gives_a_page_away_as_it_comes() -> None:
    asked = []

    def pieces() -> list[str]:
        for number in range(100):
            asked.append(number)
            yield "line\n" * 1000

    first = next(tidied(pieces()))
    assert len(first) < 100_000
    assert len(asked) < 30
