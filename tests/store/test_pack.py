"""A pack says what was put in it, or nothing: there is no third way, whatever becomes of its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.store import Unusable
from bbws_gate.store.pack import MAGIC, opened, sealed

SECRET, FOREIGN = b"s" * 32, b"f" * 32
ENTRIES = {bytes([number]) * 32: f"payload {number}".encode() * number for number in range(1, 6)}
PACK = sealed(ENTRIES, SECRET)

packs = st.dictionaries(st.binary(min_size=32, max_size=32), st.binary(max_size=40), max_size=8)


@given(packs)
def test_opened__gives_what_was_sealed_in_its_order(entries: dict[bytes, bytes]) -> None:
    assert list(opened(sealed(entries, SECRET), SECRET).items()) == list(entries.items())


@pytest.mark.parametrize("at", range(len(PACK)))
def test_opened__refuses_a_pack_with_a_flipped_bit(at: int) -> None:
    changed = bytearray(PACK)
    changed[at] ^= 1 << at % 8
    with pytest.raises(Unusable):
        opened(bytes(changed), SECRET)


@given(st.integers(0, len(PACK) - 1), st.binary(max_size=3))
@settings(max_examples=200)
def test_opened__refuses_what_is_cut_or_grown(size: int, more: bytes) -> None:
    if PACK[:size] + more == PACK:
        return
    with pytest.raises(Unusable):
        opened(PACK[:size] + more, SECRET)


def test_opened__refuses_swapped_entries() -> None:
    first, second = (sealed({key: payload}, SECRET) for key, payload in list(ENTRIES.items())[:2])
    head = len(MAGIC) + 32
    for forged in (first + second[head:], second[:head] + first[head:], PACK[:head] + PACK[head:][::-1]):
        with pytest.raises(Unusable):
            opened(forged, SECRET)


def test_opened__refuses_another_secret_and_another_version() -> None:
    with pytest.raises(Unusable):
        opened(PACK, FOREIGN)
    with pytest.raises(Unusable):
        opened(PACK.replace(b"trees 1", b"trees 0"), SECRET)
    with pytest.raises(Unusable):
        opened(b"", SECRET)


@given(packs, st.integers(50, 400), st.integers(1, 6))
def test_sealed__keeps_the_newest_within_bounds(entries: dict[bytes, bytes], max_bytes: int, max_entries: int) -> None:
    pack = sealed(entries, SECRET, max_bytes=max_bytes, max_entries=max_entries)
    kept = list(opened(pack, SECRET))
    assert len(pack) <= max_bytes
    assert len(kept) <= max_entries
    assert kept == list(entries)[len(entries) - len(kept) :]
