"""A store around a run: what it finds, what it leaves, and that a run never needs it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bbws_gate.isolation.worker import run
from bbws_gate.store import Store, Unusable, fill, in_folder, of_user, session, with_store
from bbws_gate.store.fill import entries_for
from bbws_gate.store.pack import opened, sealed
from bbws_gate.terraform.cache import Syntax, Text, key_of, lookup, parse, parsed
from bbws_gate.terraform.cache.encode import encode
from bbws_gate.terraform.parse import native

SECRET = b"s" * 32
ONE, TWO = Text(b"a = 1\n", Syntax.NATIVE), Text(b'{"locals": {"a": 1}}', Syntax.JSON)


def store_in(folder: Path, secret: bytes = SECRET) -> Store:
    return in_folder(folder, ("trees",), "acme/infra", secret)


def pack_of(folder: Path) -> Path:
    (found,) = (folder / "trees").iterdir()
    return found


def read_all(store: Store | None, *texts: Text, tell: Callable[[str], None] = lambda _why: None) -> list[bytes]:
    """Read texts with the store; which of them had to be parsed."""
    seen: list[bytes] = []

    def counted(data: bytes, path: str, kind: Syntax) -> object:
        seen.append(data)
        return parse(data, path, kind)

    with pytest.MonkeyPatch.context() as patch, with_store(store, tell):
        patch.setattr(lookup, "parse", counted)
        for text in texts:
            assert parsed(text.data, "x.tf", text.syntax) == parse(text.data, "x.tf", text.syntax)
    return seen


def test_with_store__the_second_run_parses_only_what_is_new(tmp_path: Path) -> None:
    assert read_all(store_in(tmp_path), ONE) == [ONE.data]
    assert read_all(store_in(tmp_path), ONE, TWO) == [TWO.data]
    assert read_all(store_in(tmp_path), TWO, ONE) == []


def test_with_store__a_run_that_parses_nothing_new_writes_nothing(tmp_path: Path) -> None:
    read_all(store_in(tmp_path), ONE)
    os.utime(pack_of(tmp_path), (1, 1))
    read_all(store_in(tmp_path), ONE)
    assert pack_of(tmp_path).stat().st_mtime == 1


def test_with_store__texts_of_a_worker_count(tmp_path: Path) -> None:
    with with_store(store_in(tmp_path)):
        run(lambda: str(parsed(ONE.data, "x.tf", ONE.syntax)).encode())
    assert read_all(store_in(tmp_path), ONE) == []


def test_with_store__trees_of_a_worker_do_not_count(tmp_path: Path) -> None:
    """A worker that a hostile file has taken over parses whatever it likes: what is kept of a text is the text's own tree."""

    def lying() -> bytes:
        lookup.readers.parse_native = lambda _data, path: native.parse_native(b"a = 2\n", path)
        return str(parsed(ONE.data, "x.tf", ONE.syntax)).encode()

    with with_store(store_in(tmp_path)):
        assert b"value=2" in run(lying)
    assert read_all(store_in(tmp_path), ONE) == []


def test_with_store__a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> None:
        with with_store(store_in(tmp_path)):
            parsed(ONE.data, "x.tf", ONE.syntax)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert list((tmp_path / "trees").iterdir()) == []


BROKEN = {
    "empty": lambda _pack: b"",
    "cut": lambda pack: pack[:-1],
    "first byte": lambda pack: b"B" + pack[1:],
    "digest": lambda pack: pack[:30] + bytes([pack[30] ^ 1]) + pack[31:],
    "key": lambda pack: pack[:60] + bytes([pack[60] ^ 1]) + pack[61:],
    "payload": lambda pack: pack[:-9] + bytes([pack[-9] ^ 1]) + pack[-8:],
    "grown": lambda pack: pack + b"\0",
    "older version": lambda pack: pack.replace(b"trees 1", b"trees 0"),
    "another's": lambda pack: sealed({key_of(*ONE): encode(parse(b"a = 2\n", "", Syntax.NATIVE))}, b"f" * 32),
}


@pytest.mark.parametrize("what", BROKEN)
def test_with_store__a_pack_that_is_not_sound_is_replaced(tmp_path: Path, what: str) -> None:
    read_all(store_in(tmp_path), ONE)
    pack = pack_of(tmp_path)
    pack.write_bytes(BROKEN[what](pack.read_bytes()))
    assert read_all(store_in(tmp_path), ONE) == [ONE.data]
    assert set(opened(pack_of(tmp_path).read_bytes(), SECRET)) == {key_of(*ONE)}
    assert read_all(store_in(tmp_path), ONE) == []


def test_with_store__entries_of_another_parser_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "key_of", lambda *text: key_of(*text)[::-1])
    monkeypatch.setattr(fill, "key_of", lambda *text: key_of(*text)[::-1])
    read_all(store_in(tmp_path), ONE)
    monkeypatch.undo()
    assert read_all(store_in(tmp_path), ONE) == [ONE.data]
    assert len(opened(pack_of(tmp_path).read_bytes(), SECRET)) == 2


def test_with_store__two_runs_at_once_end_with_the_entries_of_both(tmp_path: Path) -> None:
    with with_store(store_in(tmp_path)):
        parsed(ONE.data, "x.tf", ONE.syntax)
        read_all(store_in(tmp_path), TWO)  # begins later, ends sooner
    assert read_all(store_in(tmp_path), ONE, TWO) == []


def test_with_store__many_processes_at_once_leave_a_sound_pack(tmp_path: Path) -> None:
    texts = [Text(f"a = {number}\n".encode(), Syntax.NATIVE) for number in range(6)]
    children = []
    for text in texts:
        child = os.fork()
        if child == 0:
            read_all(store_in(tmp_path), text)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(texts)
    kept = opened(pack_of(tmp_path).read_bytes(), SECRET)
    assert kept
    for key, payload in kept.items():
        assert payload in [encode(parse(text.data, "", text.syntax)) for text in texts if key_of(*text) == key]
    read_all(store_in(tmp_path), *texts)
    assert read_all(store_in(tmp_path), *texts) == []


def test_with_store__a_full_disk_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(session.Folder, "write", full)
        assert read_all(store_in(tmp_path), ONE) == [ONE.data]
    assert read_all(store_in(tmp_path), ONE) == [ONE.data]


def test_with_store__an_unusable_folder_is_told_and_done_without(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "trees").symlink_to("elsewhere")
    told: list[str] = []
    assert read_all(store_in(tmp_path), ONE, tell=told.append) == [ONE.data]
    assert len(told) == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_with_store__without_a_store_nothing_is_kept(tmp_path: Path) -> None:
    assert read_all(None, ONE) == [ONE.data]
    assert read_all(None, ONE) == [ONE.data]
    assert list(tmp_path.iterdir()) == []


def test_entries_for__a_text_that_ends_its_process_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(data: bytes, path: str, kind: Syntax) -> object:
        if data == TWO.data:
            os.kill(os.getpid(), signal.SIGSEGV)
        return parse(data, path, kind)

    monkeypatch.setattr(fill, "parse", deadly)
    assert set(entries_for([TWO, ONE], seconds=60)) == {key_of(*ONE)}


def test_entries_for__stops_in_time() -> None:
    assert entries_for([ONE, TWO], seconds=-1) == {}


def test_of_user__one_pack_for_each_repository_in_the_users_own_folders(tmp_path: Path) -> None:
    environ = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_STATE_HOME": str(tmp_path / "state"), "HOME": "/nowhere"}
    one, other = of_user("/a", environ), of_user("/b", environ)
    read_all(one, ONE)
    assert read_all(other, ONE) == [ONE.data]
    assert len(list((tmp_path / "cache/bbws-gate/trees").iterdir())) == 2
    assert (tmp_path / "state/bbws-gate/cache.secret").stat().st_size == 32


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "relative", "XDG_CACHE_HOME": "relative", "XDG_STATE_HOME": "relative"}])
def test_of_user__without_a_home_there_is_no_store(environ: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        of_user("/a", environ)


def test_store__does_not_show_its_secret() -> None:
    assert "ssss" not in repr(in_folder(Path("/"), (), "acme/infra", SECRET))
