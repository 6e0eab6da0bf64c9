from __future__ import annotations

import os
from pathlib import Path

import pytest

from bbws_gate.errors import SourceError
from bbws_gate.repository import Kind, Refused, WorkTree, repository_root, worktree
from tests.repository.conftest import Commit

CANARY = "canary-7d1f"


def test_constructor__no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        WorkTree(tmp_path / "none")


def test_constructor__root_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.tf").write_text("x")
    (tmp_path / "link").symlink_to("real")
    assert WorkTree(tmp_path / "link").read("a.tf") == b"x"


def test_read__special_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tf")
    repository = WorkTree(tmp_path)
    assert [entry.kind for entry in repository.walk()] == [Kind.OTHER]
    with pytest.raises(Refused) as refusal:
        repository.read("pipe.tf")
    assert refusal.value.code == "FIL003"


def test_read__file_swapped_for_a_link_after_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "canary").write_text(CANARY)
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.tf").write_text("x")
    look = worktree._entry

    def swap(folder: int, name: str, path: str) -> object:
        found = look(folder, name, path)
        (root / "a.tf").unlink()
        (root / "a.tf").symlink_to("../canary")
        return found

    monkeypatch.setattr(worktree, "_entry", swap)
    with pytest.raises(Refused) as refusal:
        WorkTree(root).read("a.tf")
    assert refusal.value.code == "FIL003"


@pytest.mark.parametrize("swap", ["pipe", "grown"])
def test_read__file_swapped_for_another_after_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swap: str) -> None:
    (tmp_path / "a.tf").write_text("x")
    look = worktree._entry

    def exchange(folder: int, name: str, path: str) -> object:
        found = look(folder, name, path)
        (tmp_path / "a.tf").unlink()
        if swap == "pipe":
            os.mkfifo(tmp_path / "a.tf")
        else:
            (tmp_path / "a.tf").write_text("x" * 1_000_001)
        return found

    monkeypatch.setattr(worktree, "_entry", exchange)
    with pytest.raises(Refused) as refusal:
        WorkTree(tmp_path).read("a.tf")
    assert refusal.value.code == {"pipe": "FIL003", "grown": "HCL006"}[swap]


def test_read__folder_swapped_for_a_link_while_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.tf").write_text(CANARY)
    root = tmp_path / "root"
    (root / "modules").mkdir(parents=True)
    (root / "modules/a.tf").write_text("x")
    look = worktree._entry

    def swap(folder: int, name: str, path: str) -> object:
        if (root / "modules").is_dir() and not (root / "modules").is_symlink():
            (root / "modules").rename(root / "moved")
            (root / "modules").symlink_to("../outside")
        return look(folder, name, path)

    monkeypatch.setattr(worktree, "_entry", swap)
    assert WorkTree(root).read("modules/a.tf") == b"x"


def test_read__same_bytes_for_the_whole_run(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text("first")
    repository = WorkTree(tmp_path)
    repository.read("a.tf")
    (tmp_path / "a.tf").write_text("second")
    assert repository.read("a.tf") == b"first"


def test_walk__name_that_is_not_utf8_is_shown_as_special(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.tf")).write_text("x")
    assert [(entry.path, entry.kind) for entry in WorkTree(tmp_path).walk()] == [("\\xff.tf", Kind.OTHER)]


def test_walk__tool_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".terraform/providers/x", "dev/.terraform/x", ".git/config", "dev/main.tf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert [entry.path for entry in WorkTree(tmp_path).walk()] == ["dev/main.tf"]


def test_submodule__is_shown_and_not_entered(tmp_path: Path) -> None:
    (tmp_path / "vendor/module").mkdir(parents=True)
    (tmp_path / "vendor/module/.git").write_text("gitdir: ../../.git/modules/module")
    (tmp_path / "vendor/module/main.tf").write_text("")
    repository = WorkTree(tmp_path)
    assert [(entry.path, entry.kind) for entry in repository.walk()] == [("vendor/module", Kind.SUBMODULE)]
    for question in (repository.read, repository.list, repository.entry):
        with pytest.raises(Refused) as refusal:
            question("vendor/module/main.tf")
        assert refusal.value.code == "FIL002"


def test_tracked__is_what_git_tracks(checkout: Path, commit: Commit) -> None:
    commit({"a.tf": "", "sub/b.tf": ""})
    (checkout / "new.tf").write_text("")
    assert WorkTree(checkout).tracked() == {"a.tf", "sub/b.tf"}
    assert WorkTree(checkout / "sub").tracked() == {"b.tf"}


def test_tracked__none_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worktree, "_in_git", lambda _: False)
    assert WorkTree(tmp_path).tracked() is None


def test_tracked__none_when_git_fails_or_is_not_installed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / ".git/HEAD").unlink()
    assert WorkTree(checkout).tracked() is None
    monkeypatch.setenv("PATH", "/nonexistent")
    assert WorkTree(checkout).tracked() is None


def test_repository_root__is_the_git_top_level(checkout: Path) -> None:
    (checkout / "a/b").mkdir(parents=True)
    (checkout / "a/b/file").write_text("")
    assert repository_root(checkout / "a/b") == checkout
    assert repository_root(checkout / "a/b/file") == checkout


def test_repository_root__without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a")
    assert repository_root(tmp_path / "a/b") == tmp_path / "a"
    assert repository_root(tmp_path) == tmp_path


def lowest_free_descriptor() -> int:
    number = os.dup(0)
    os.close(number)
    return number


def test_descriptors__are_given_back(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.tf").write_text("x")
    before = lowest_free_descriptor()
    repository = WorkTree(tmp_path)
    repository.read("a/x.tf")
    repository.walk()
    with pytest.raises(Refused):
        repository.read("a/none.tf")
    repository.close()
    assert lowest_free_descriptor() == before
