from __future__ import annotations

import os
from pathlib import Path

import pytest

from bbws_gate.errors import SourceError, UsageError
from bbws_gate.repository import GitTree, Kind, Refused, WorkTree
from tests.repository.conftest import Commit, git

GONE = "0123456789abcdef0123456789abcdef01234567"


def tree_of(checkout: Path, listing: str) -> str:
    """A commit of a tree written by hand, as ``git mktree`` takes it."""
    tree = git(checkout, "mktree", "--missing", text=listing)
    return git(checkout, "commit-tree", tree, "-m", "by hand")


@pytest.mark.parametrize("name", ["main", "HEAD", "v1", "0123abc", GONE.upper(), GONE + "0", "--all", "$(id)", 'zzz";echo${IFS}hi;#', ""])
def test_constructor__only_a_full_id_is_taken(checkout: Path, name: str) -> None:
    with pytest.raises(UsageError, match="full commit id"):
        GitTree(checkout, name)


def test_constructor__absent_commit_says_how_to_mend_it(checkout: Path) -> None:
    with pytest.raises(SourceError, match="fetch-depth: 0"):
        GitTree(checkout, GONE)


def test_constructor__id_of_another_object_is_no_commit(checkout: Path, commit: Commit) -> None:
    commit({"a": "x"})
    with pytest.raises(SourceError, match="not in the checkout"):
        GitTree(checkout, git(checkout, "rev-parse", "HEAD:a"))


def test_constructor__no_git_repository(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not in the checkout"):
        GitTree(tmp_path, GONE)


def test_constructor__git_not_installed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SourceError, match="git is not installed"):
        GitTree(checkout, GONE)


def test_read__the_commit_not_the_work_tree(checkout: Path, commit: Commit) -> None:
    first = commit({"a.tf": "one"})
    second = commit({"a.tf": "two", "b.tf": "new"})
    (checkout / "a.tf").write_text("three")
    assert GitTree(checkout, first).read("a.tf") == b"one"
    assert GitTree(checkout, first).entry("b.tf") is None
    assert GitTree(checkout, second).read("a.tf") == b"two"
    assert GitTree(checkout, second).tracked() == {"a.tf", "b.tf"}


def test_read__many_files_through_one_child(checkout: Path, commit: Commit) -> None:
    files = {f"{number}.tf": "line\n" * number for number in range(30)}
    repository = GitTree(checkout, commit(files))
    assert {path: repository.read(path).decode() for path in files} == files


def test_read__directory_given_is_below_the_top_level(checkout: Path, commit: Commit) -> None:
    sha = commit({"sub/a.tf": "x", "b.tf": "y"})
    assert [entry.path for entry in GitTree(checkout / "sub", sha).walk()] == ["b.tf", "sub/a.tf"]


def test_submodule__is_shown_and_not_entered(checkout: Path) -> None:
    repository = GitTree(checkout, tree_of(checkout, f"160000 commit {GONE}\tvendor\n"))
    assert [(entry.path, entry.kind) for entry in repository.walk()] == [("vendor", Kind.SUBMODULE)]
    with pytest.raises(Refused) as refusal:
        repository.read("vendor/main.tf")
    assert refusal.value.code == "FIL002"


def test_read__blob_that_is_not_in_the_checkout(checkout: Path, commit: Commit) -> None:
    sha = commit({"a.tf": "some content"})
    blob = git(checkout, "rev-parse", "HEAD:a.tf")
    repository = GitTree(checkout, sha)
    (checkout / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Refused, match="not in the checkout") as refusal:
        repository.read("a.tf")
    assert refusal.value.code == "FIL003"


def test_read__filters_are_not_run(checkout: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    git(checkout, "config", "filter.evil.smudge", f"touch {canary}")
    git(checkout, "config", "core.fsmonitor", f"touch {canary}; false")
    canary.unlink(missing_ok=True)
    attributes = git(checkout, "hash-object", "-w", "--stdin", text="*.tf filter=evil working-tree-encoding=UTF-16 export-subst\n")
    source = git(checkout, "hash-object", "-w", "--stdin", text="x $Format:%H$")
    sha = tree_of(checkout, f"100644 blob {attributes}\t.gitattributes\n100644 blob {source}\ta.tf\n")
    git(checkout, "update-ref", "HEAD", sha)
    assert GitTree(checkout, sha).read("a.tf") == b"x $Format:%H$"
    assert WorkTree(checkout).tracked() == frozenset()
    assert not canary.exists()


def test_read__replacement_objects_are_not_believed(checkout: Path, commit: Commit) -> None:
    good = commit({"a.tf": "good"})
    evil = commit({"a.tf": "evil"})
    git(checkout, "replace", good, evil)
    assert GitTree(checkout, good).read("a.tf") == b"good"


def test_embedded_bare_repository__is_data(checkout: Path, commit: Commit, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    sha = commit(
        {
            "evil/HEAD": "ref: refs/heads/main\n",
            "evil/objects/x": "",
            "evil/refs/x": "",
            "evil/config": f"[core]\n\tbare = true\n\tfsmonitor = touch {canary}\n",
        }
    )
    assert GitTree(checkout, sha).read("evil/HEAD") == b"ref: refs/heads/main\n"
    with pytest.raises(SourceError):
        GitTree(checkout / "evil", sha)
    assert not canary.exists()


def test_names__hostile_ones_are_only_names(checkout: Path, commit: Commit) -> None:
    names = ["$(touch canary)", 'zzz";echo${IFS}hi;#', "a;b.tf", "new\nline.tf", "--all", " ", "pr\u043ed.tf"]
    repository = GitTree(checkout, commit(dict.fromkeys(names, "x")))
    assert sorted(entry.path for entry in repository.walk()) == sorted(names)
    assert all(repository.read(name) == b"x" for name in names)
    assert not (checkout / "canary").exists()


def test_names__those_that_cannot_be_asked_for_are_shown_as_special(checkout: Path, commit: Commit) -> None:
    (checkout / os.fsdecode(b"\xff.tf")).write_text("x")
    repository = GitTree(checkout, commit({"a\\b.tf": "x"}))
    assert [(entry.path, entry.kind) for entry in repository.walk()] == [("\\xff.tf", Kind.OTHER), ("a\\b.tf", Kind.OTHER)]


def test_close__ends_the_child(checkout: Path, commit: Commit) -> None:
    repository = GitTree(checkout, commit({"a": "x"}))
    repository.close()
    assert repository._objects._child.returncode is not None
