"""Texts cross from one process to another, whatever that one does to the memory."""

from __future__ import annotations

import mmap
import os

from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.isolation.worker import run
from bbws_gate.terraform.cache import Syntax, Text, Tray

ONE, TWO = Text(b"a = 1", Syntax.NATIVE), Text(b"", Syntax.JSON_VALUES)


def test_tray__a_worker_leaves_texts_for_its_supervisor() -> None:
    tray = Tray()

    def work() -> bytes:
        for text in (ONE, TWO, ONE):
            tray.put(text)
        return str(os.getpid()).encode()

    assert int(run(work)) != os.getpid()
    assert tray.take() == [ONE, TWO]


def test_tray__what_has_no_room_is_left_out() -> None:
    tray = Tray(mmap.PAGESIZE)
    big = Text(b"x" * mmap.PAGESIZE, Syntax.JSON)
    tray.put(big)
    tray.put(ONE)
    assert tray.take() == [ONE]


@given(st.lists(st.builds(Text, st.binary(max_size=30), st.sampled_from(Syntax)), max_size=400))
def test_tray__gives_what_fits_in_order_and_once(texts: list[Text]) -> None:
    tray = Tray(mmap.PAGESIZE)
    for text in texts:
        tray.put(text)
    taken = tray.take()
    assert taken == list(dict.fromkeys(texts))[: len(taken)]
    assert len(taken) == len(dict.fromkeys(texts)) or sum(len(text.data) + 5 for text in texts) >= mmap.PAGESIZE - 40


@given(st.binary(min_size=1, max_size=50))
def test_tray__any_memory_gives_texts(content: bytes) -> None:
    tray = Tray(mmap.PAGESIZE)
    tray._memory[:] = (content * mmap.PAGESIZE)[: mmap.PAGESIZE]
    taken = tray.take()
    assert sum(len(text.data) for text in taken) < mmap.PAGESIZE


def test_tray__full_of_nothing_ends() -> None:
    tray = Tray(mmap.PAGESIZE)
    tray._memory[:] = (b"\x01" + bytes(4)) * (mmap.PAGESIZE // 5) + b"\x01" * (mmap.PAGESIZE % 5)
    assert tray.take() == [Text(b"", Syntax.NATIVE)]
