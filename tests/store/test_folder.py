"""Only a folder of one's own is used, and in it only files of one's own."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bbws_gate.store import Unusable
from bbws_gate.store import folder as module
from bbws_gate.store.folder import Folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_folder__makes_what_is_missing_for_the_user_alone(tmp_path: Path) -> None:
    with Folder(tmp_path, ("a", "b"), private=True) as folder:
        assert folder.read("x.pack", at_most=100) is None
        folder.write("x.pack", b"one")
        folder.write("x.pack", b"two")
        assert folder.read("x.pack", at_most=100) == b"two"
    assert [mode(tmp_path / "a"), mode(tmp_path / "a/b"), mode(tmp_path / "a/b/x.pack")] == [0o700, 0o700, 0o600]
    assert names(tmp_path / "a/b") == ["x.pack"]


def test_folder__shared_can_be_read_by_whoever_saves_it(tmp_path: Path) -> None:
    with Folder(tmp_path, ("a",), private=False) as folder:
        folder.write("x.pack", b"one")
    assert [mode(tmp_path / "a"), mode(tmp_path / "a/x.pack")] == [0o755, 0o644]


@pytest.mark.parametrize("permissions", [0o777, 0o770, 0o702, 0o1777])
def test_folder__writable_by_others_is_refused(tmp_path: Path, permissions: int) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(permissions)
    with pytest.raises(Unusable, match="writable by others"):
        Folder(tmp_path, ("a",), private=True)
    with Folder(tmp_path, ("a",), private=False) as folder:
        assert folder.read("x.pack", at_most=1) is None


def test_folder__of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir(mode=0o700)
    mine = os.geteuid()
    monkeypatch.setattr(module.os, "geteuid", lambda: mine + 1)
    with pytest.raises(Unusable, match="owned by somebody else"):
        Folder(tmp_path, ("a",), private=True)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("steps", [("link",), ("link", "inner"), ("file",)])
def test_folder__a_link_on_the_way_is_not_followed(tmp_path: Path, steps: tuple[str, ...], private: bool) -> None:
    (tmp_path / "elsewhere/inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unusable):
        Folder(tmp_path, steps, private=private)
    assert names(tmp_path / "elsewhere") == ["inner"]


def test_folder__that_cannot_be_had_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(Unusable):
        Folder(tmp_path / "missing", ("a",), private=True)


@pytest.mark.parametrize("private", [True, False])
def test_read__refuses_links_pipes_folders_and_what_is_too_large(tmp_path: Path, private: bool) -> None:
    (tmp_path / "target").write_bytes(b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(bytes(11))
    with Folder(tmp_path, (), private=private) as folder:
        for name in ("link", "folder", "pipe", "large"):
            with pytest.raises(Unusable):
                folder.read(name, at_most=10)


def test_read__refuses_a_file_that_others_can_write(tmp_path: Path) -> None:
    (tmp_path / "x.pack").write_bytes(b"x")
    (tmp_path / "x.pack").chmod(0o666)
    with Folder(tmp_path, (), private=True) as folder, pytest.raises(Unusable, match="writable by others"):
        folder.read("x.pack", at_most=10)


def test_write__replaces_a_link_instead_of_writing_through_it(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"kept")
    (tmp_path / "x.pack").symlink_to(tmp_path / "target")
    with Folder(tmp_path, (), private=True) as folder:
        folder.write("x.pack", b"new")
        assert folder.read("x.pack", at_most=10) == b"new"
    assert (tmp_path / "target").read_bytes() == b"kept"


def test_write__that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    with Folder(tmp_path, (), private=True) as folder:
        folder.write("x.pack", b"old")
        monkeypatch.setattr(module.os, "rename", full)
        with pytest.raises(OSError, match="No space left"):
            folder.write("x.pack", b"new")
    assert names(tmp_path) == ["x.pack"]
    assert (tmp_path / "x.pack").read_bytes() == b"old"


def test_tidy__removes_the_oldest_until_the_rest_fits(tmp_path: Path) -> None:
    now = time.time()
    for age in range(5):
        (tmp_path / f"{age}.pack").write_bytes(bytes(10))
        os.utime(tmp_path / f"{age}.pack", (now - age, now - age))
    (tmp_path / "of_somebody.txt").write_bytes(bytes(1000))
    with Folder(tmp_path, (), private=True) as folder:
        folder.tidy(at_most=35)
    assert names(tmp_path) == ["0.pack", "1.pack", "2.pack", "of_somebody.txt"]


def test_tidy__removes_what_a_killed_run_left_long_ago(tmp_path: Path) -> None:
    old, new = tmp_path / ".x.pack.1.unfinished", tmp_path / ".x.pack.2.unfinished"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    with Folder(tmp_path, (), private=True) as folder:
        folder.tidy()
    assert names(tmp_path) == [new.name]
