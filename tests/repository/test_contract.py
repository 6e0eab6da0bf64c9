"""What every kind of repository answers alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bbws_gate.repository import Entry, GitTree, Kind, MemoryRepository, Refused, Repository, WorkTree, budget, indexed, worktree
from tests.repository.conftest import Commit

FILES = {"main.tf": "a = 1\n", "modules/x/main.tf": "b = 2\n", "modules/x-y/main.tf": "", "docs/plan.md": "# Plan\n"}
LINKS = {"secret.tfvars": "/proc/self/environ", "modules/etc": "/etc", "inside": "modules/x"}

Build = Callable[[], Repository]


@pytest.fixture(params=["memory", "work tree", "git tree"])
def build(request: pytest.FixtureRequest, checkout: Path, commit: Commit) -> Build:
    def make() -> Repository:
        if request.param == "memory":
            return MemoryRepository(FILES, links=LINKS)
        for name, target in LINKS.items():
            (checkout / name).parent.mkdir(exist_ok=True)
            (checkout / name).symlink_to(target)
        sha = commit(FILES)
        return WorkTree(checkout) if request.param == "work tree" else GitTree(checkout, sha)

    return make


@pytest.fixture
def repository(build: Build) -> Repository:
    return build()


def test_read__gives_the_bytes(repository: Repository) -> None:
    assert repository.read("modules/x/main.tf") == b"b = 2\n"
    assert repository.read("./modules//x/../x/main.tf") == b"b = 2\n"


def test_read__empty_file(repository: Repository) -> None:
    assert repository.read("modules/x-y/main.tf") == b""


def test_entry__says_what_stands_there(repository: Repository) -> None:
    assert repository.entry("") == Entry("", Kind.DIRECTORY, 0)
    assert repository.entry("docs") == Entry("docs", Kind.DIRECTORY, 0)
    assert repository.entry("docs/plan.md") == Entry("docs/plan.md", Kind.FILE, 7)
    assert repository.entry("secret.tfvars") == Entry("secret.tfvars", Kind.SYMLINK, 0)
    assert repository.entry("docs/none.md") is None
    assert repository.entry("main.tf/none") is None
    assert repository.entry("none/none") is None


def test_list__is_sorted_and_shows_links(repository: Repository) -> None:
    assert [(entry.path, entry.kind) for entry in repository.list("")] == [
        ("docs", Kind.DIRECTORY),
        ("inside", Kind.SYMLINK),
        ("main.tf", Kind.FILE),
        ("modules", Kind.DIRECTORY),
        ("secret.tfvars", Kind.SYMLINK),
    ]
    assert [entry.path for entry in repository.list("modules")] == ["modules/etc", "modules/x", "modules/x-y"]


@pytest.mark.parametrize("path", ["none", "main.tf", "docs/none", "main.tf/x"])
def test_list__no_such_folder_is_empty(repository: Repository, path: str) -> None:
    assert repository.list(path) == ()
    assert repository.walk(path) == ()


def test_walk__is_every_file_in_path_order(repository: Repository) -> None:
    assert [entry.path for entry in repository.walk()] == [
        "docs/plan.md",
        "inside",
        "main.tf",
        "modules/etc",
        "modules/x-y/main.tf",
        "modules/x/main.tf",
        "secret.tfvars",
    ]
    assert [entry.path for entry in repository.walk("modules/x")] == ["modules/x/main.tf"]


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "../x", "docs/../../x", "..", "a\\..\\b", "a\0b"])
def test_every_question__outside_is_refused(repository: Repository, path: str) -> None:
    for question in (repository.entry, repository.list, repository.read, repository.walk):
        with pytest.raises(Refused) as refusal:
            question(path)
        assert refusal.value.code == "FIL001"


@pytest.mark.parametrize("path", ["secret.tfvars", "modules/etc", "inside"])
def test_read__link_is_refused(repository: Repository, path: str) -> None:
    with pytest.raises(Refused) as refusal:
        repository.read(path)
    assert refusal.value.code == "FIL002"
    assert "symbolic link" in refusal.value.why


@pytest.mark.parametrize("path", ["modules/etc/passwd", "inside/main.tf"])
def test_every_question__through_a_link_is_refused(repository: Repository, path: str) -> None:
    for question in (repository.entry, repository.list, repository.read, repository.walk):
        with pytest.raises(Refused) as refusal:
            question(path)
        assert refusal.value.code == "FIL002"


@pytest.mark.parametrize("path", ["modules/etc", "inside"])
def test_list__a_link_itself_is_refused(repository: Repository, path: str) -> None:
    for question in (repository.list, repository.walk):
        with pytest.raises(Refused) as refusal:
            question(path)
        assert refusal.value.code == "FIL002"


@pytest.mark.parametrize("path", ["", "docs", "none.tf", "docs/none.md", "none/none.tf", "main.tf/none"])
def test_read__what_is_no_file_is_refused(repository: Repository, path: str) -> None:
    with pytest.raises(Refused) as refusal:
        repository.read(path)
    assert refusal.value.code == "FIL003"


def test_is_file__false_for_whatever_is_refused(repository: Repository) -> None:
    assert repository.is_file("main.tf")
    assert [repository.is_file(path) for path in ("docs", "none", "../x", "inside", "inside/main.tf")] == [False] * 5


def test_read__large_file_is_refused(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (budget, worktree):
        monkeypatch.setattr(module, "MAX_FILE_BYTES", 5)
    with pytest.raises(Refused) as refusal:
        build().read("main.tf")
    assert refusal.value.code == "HCL006"


def test_read__all_reads_together_are_bounded(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_READ_BYTES", 12)
    repository = build()
    repository.read("main.tf")
    repository.read("modules/x/main.tf")
    assert repository.read("main.tf") == b"a = 1\n"
    with pytest.raises(Refused) as refusal:
        repository.read("docs/plan.md")
    assert refusal.value.code == "HCL006"


def test_walk__number_of_files_is_bounded(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (indexed, worktree):
        monkeypatch.setattr(module, "MAX_FILES", 6)
    repository = build()
    assert len(repository.walk("modules")) == 3
    with pytest.raises(Refused) as refusal:
        repository.walk()
    assert refusal.value.code == "HCL006"
