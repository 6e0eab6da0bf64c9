from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.publish import files
from bbws_gate.publish.files import write_reports
from bbws_gate.render import reports
from bbws_gate.render.documents import documents
from bbws_gate.render.json import to_json
from bbws_gate.render.page import html_page
from bbws_gate.render.templates import Templates
from tests.render.sample import ALL, BLOCKED

NAMES = [
    "sit_bbws_dynamodb_schemas_index.md",
    "sit_bbws_dynamodb_schemas_exec_brief.md",
    "sit_bbws_dynamodb_schemas_summary.md",
    "sit_bbws_dynamodb_schemas_action_items.md",
    "sit_bbws_dynamodb_schemas_readiness_report.md",
    "sit_bbws_dynamodb_schemas.html",
    "assessment.json",
]


def found(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("name", ALL)
def test_write_reports__what_each_page_gives_alone(name: str, tmp_path: Path) -> None:
    written = write_reports(ALL[name], tmp_path)
    texts = [*documents(ALL[name]).values(), html_page(ALL[name]), to_json(ALL[name])]
    assert [path.read_text(encoding="utf-8") for path in written] == texts
    assert set(found(tmp_path)) == {path.name for path in written}


def test_write_reports__in_the_order_in_which_people_read(tmp_path: Path) -> None:
    assert [path.name for path in write_reports(BLOCKED, tmp_path / "a" / "b")] == NAMES


def test_write_reports__over_those_of_the_last_run_and_beside_others(tmp_path: Path) -> None:
    (tmp_path / "assessment.json").write_text("of the last run", encoding="utf-8")
    (tmp_path / "notes.md").write_text("a person's", encoding="utf-8")
    write_reports(BLOCKED, tmp_path)
    texts = found(tmp_path)
    assert texts.pop("notes.md") == "a person's"
    assert texts["assessment.json"] == to_json(BLOCKED)
    assert sorted(texts) == sorted(NAMES)


def fails(*_: object) -> str:
    raise RuntimeError("half way")


def stops(*_: object) -> Iterator[str]:
    yield "<!doctype html>"
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("where", "what", "error"),
    [("to_json", fails, RuntimeError), ("index_text", fails, RuntimeError), ("page.page_pieces", stops, UsageError)],
)
def test_write_reports__that_fail_half_way_change_nothing(
    where: str, what: object, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_reports(BLOCKED, tmp_path)
    before = found(tmp_path)
    monkeypatch.setattr(f"{reports.__name__}.{where}", what)
    with pytest.raises(error):
        write_reports(replace(BLOCKED, assessed_at="2026-02-02T00:00:00Z"), tmp_path)
    assert found(tmp_path) == before


def test_write_reports__of_a_wrong_template_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"index.md.j2:1: 'nothing' is undefined"):
        write_reports(BLOCKED, tmp_path, templates=Templates({"index.md.j2": "{{ nothing }}"}))
    assert found(tmp_path) == {}


def test_write_reports__never_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("kept", encoding="utf-8")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / NAMES[2]).symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="is a symbolic link, not written through"):
        write_reports(BLOCKED, folder)
    assert (tmp_path / "outside").read_text(encoding="utf-8") == "kept"
    assert [path.name for path in folder.iterdir()] == [NAMES[2]]


def test_write_reports__a_name_that_somebody_foresaw_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.secrets, "token_hex", lambda size: "0" * 2 * size)
    (tmp_path / "outside").write_text("kept", encoding="utf-8")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / f".{NAMES[1]}.00000000").symlink_to(tmp_path / "outside")
    with pytest.raises(UsageError, match="give --out a folder that can be written"):
        write_reports(BLOCKED, folder)
    assert (tmp_path / "outside").read_text(encoding="utf-8") == "kept"


def test_write_reports__for_whom_other_files_are_readable(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("", encoding="utf-8")
    for path in write_reports(BLOCKED, tmp_path):
        assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_write_reports__where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="give --out a folder that can be written"):
        write_reports(BLOCKED, tmp_path / "file")
