from __future__ import annotations

import pytest

from bbws_gate.repository import Kind, MemoryRepository, Refused


def test_constructor__takes_text_and_bytes() -> None:
    repository = MemoryRepository({"a.txt": "é", "b.bin": b"\xff"})
    assert repository.read("a.txt") == b"\xc3\xa9"
    assert repository.read("b.bin") == b"\xff"


def test_submodule__is_shown_and_not_entered() -> None:
    repository = MemoryRepository({}, submodules=["vendor/module"])
    assert [entry.kind for entry in repository.walk()] == [Kind.SUBMODULE]
    for question in (repository.read, repository.list):
        with pytest.raises(Refused) as refusal:
            question("vendor/module")
        assert refusal.value.code == "FIL002"


def test_tracked__is_what_was_given() -> None:
    assert MemoryRepository({"a": ""}).tracked() is None
    assert MemoryRepository({"a": "", "b": ""}, tracked=["a"]).tracked() == {"a"}


def test_constructor__file_and_folder_of_one_name_is_refused() -> None:
    with pytest.raises(ValueError, match="file and a folder"):
        MemoryRepository({"a": "", "a/b": ""})


def test_git_folder__is_left_out() -> None:
    assert MemoryRepository({".git/config": "", "sub/.git/config": "", ".github/x": ""}).walk()[0].path == ".github/x"
