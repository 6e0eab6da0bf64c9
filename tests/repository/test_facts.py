from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.repository import facts
from tests.repository.conftest import Commit, git


def test_head_commit__is_what_is_checked_out(checkout: Path, commit: Commit) -> None:
    assert facts.head_commit(checkout) is None
    assert facts.head_commit(checkout) != commit({"a": ""})
    assert facts.head_commit(checkout) == git(checkout, "rev-parse", "HEAD")


def test_head_commit__none_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert facts.head_commit(tmp_path) is None
    monkeypatch.setenv("PATH", "/nonexistent")
    assert facts.head_commit(tmp_path) is None


def test_tags__light_and_annotated_lead_to_the_commit(checkout: Path, commit: Commit) -> None:
    sha = commit({"a": ""})
    git(checkout, "tag", "v1.0.0-sit")
    git(checkout, "tag", "--annotate", "v2", "--message", "second")
    assert facts.tags(checkout) == {"v1.0.0-sit": sha, "v2": sha}


def test_tags__none_without_git(tmp_path: Path) -> None:
    assert facts.tags(tmp_path) is None


def test_resolve__names_of_all_kinds(checkout: Path, commit: Commit) -> None:
    sha = commit({"a": ""})
    git(checkout, "tag", "--annotate", "v1", "--message", "first")
    assert {facts.resolve(checkout, name) for name in ("main", "HEAD", "v1", sha, sha[:8])} == {sha}


@pytest.mark.parametrize("name", ["none", "", "--all", "$(touch canary)", "main:a", "a\0b", "-n1"])
def test_resolve__what_is_no_commit(checkout: Path, commit: Commit, name: str) -> None:
    commit({"a": ""})
    with pytest.raises(UsageError, match="no branch, tag or commit"):
        facts.resolve(checkout, name)
    assert not (checkout / "canary").exists()


def test_merge_base__where_two_commits_parted(checkout: Path, commit: Commit) -> None:
    base = commit({"a": "1"})
    main = commit({"a": "2"})
    git(checkout, "checkout", "--quiet", "-b", "feature", base)
    feature = commit({"b": "1"})
    assert facts.merge_base(checkout, main, feature) == base
    assert facts.is_ancestor(checkout, base, feature)
    assert not facts.is_ancestor(checkout, main, feature)


def test_merge_base__none_for_unrelated_histories(checkout: Path, commit: Commit) -> None:
    first = commit({"a": "1"})
    other = git(checkout, "commit-tree", f"{first}^{{tree}}", "-m", "unrelated")
    assert facts.merge_base(checkout, first, other) is None


def test_merge_base__takes_full_ids_only(checkout: Path) -> None:
    with pytest.raises(UsageError, match="full commit id"):
        facts.merge_base(checkout, "main", "HEAD")


def test_is_shallow__tells_a_cut_history(checkout: Path, commit: Commit, tmp_path: Path) -> None:
    commit({"a": "1"})
    commit({"a": "2"})
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{checkout}", "shallow")
    assert not facts.is_shallow(checkout)
    assert facts.is_shallow(tmp_path / "shallow")
