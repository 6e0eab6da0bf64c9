"""The bundled templates' code that is made ahead of time: it gives the same pages, and only ever stands for the text it was made of."""

from __future__ import annotations

import shutil
from pathlib import Path

import jinja2
import pytest

from bbws_gate.errors import UsageError
from bbws_gate.render import bundled, compiled, freeze, precompiled
from bbws_gate.render.documents import check_output, comment, documents, issue, job_summary
from bbws_gate.render.page import html_page
from bbws_gate.render.templates import Templates
from tests.render.sample import ALL, BLOCKED, hostile

TEXT = '"<script>|`@x` &amp; {{ 7*7 }}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled templates, in the place of the bundled ones."""
    shutil.copytree(bundled.bundled_folder(), tmp_path / "templates")
    monkeypatch.setattr(bundled, "_PACKAGE", tmp_path)
    return tmp_path / "templates"


def pages(assessment: object) -> list[object]:
    own = Templates()
    return [
        documents(assessment, templates=own),
        html_page(assessment, templates=own),
        comment(assessment, templates=own),
        job_summary(assessment, templates=own),
        check_output(assessment, templates=own),
        [issue(assessment, item, templates=own) for item in assessment.action_items],
    ]


def test_compiled__is_what_the_templates_make_today() -> None:
    assert freeze.main(["--check"]) == 0


@pytest.mark.parametrize("assessment", [*ALL.values(), hostile(TEXT)], ids=[*ALL, "hostile"])
def test_pages__are_the_same_compiled_before_and_now(assessment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages(assessment)
    monkeypatch.setattr(compiled, "DIGESTS", {})
    assert pages(assessment) == before


def test_code__stands_for_every_bundled_template() -> None:
    for name in bundled.bundled_names():
        source = (bundled.bundled_folder() / name).read_text(encoding="utf-8")
        found = precompiled.code(name, source)
        assert found is not None, name
        assert Path(found.co_filename).parent == precompiled.FOLDER


def test_code__of_a_template_that_was_changed_is_not_used(folder: Path) -> None:
    closing = folder / "_closing.md.j2"
    closing.write_text("changed since\n", encoding="utf-8")
    assert precompiled.code("_closing.md.j2", "changed since\n") is None
    assert comment(BLOCKED, templates=Templates()).endswith("changed since\n")


def test_code__of_another_jinja_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (bundled.bundled_folder() / "comment.md.j2").read_text(encoding="utf-8")
    monkeypatch.setattr(jinja2, "__version__", "0.0")
    assert precompiled.code("comment.md.j2", source) is None


def test_code__that_is_missing_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = comment(BLOCKED)
    monkeypatch.setattr(precompiled, "module", lambda template: f"gone_{template[:-6].replace('.', '_')}")
    assert comment(BLOCKED, templates=Templates()) == expected


def test_code__is_not_used_where_a_team_has_its_own_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    def code(name: str, source: str) -> None:
        raise AssertionError(f"{name} was not made for the sandbox")

    monkeypatch.setattr(precompiled, "code", code)
    own = Templates({"_closing.md.j2": "our own end"})
    assert comment(BLOCKED, templates=own).endswith("our own end\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ a.project }}", "_closing.md.j2:1: a str reaches the page without a filter"),
        ("\n{{ a.nothing|code }}", "_closing.md.j2:2: AttributeError"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ 'x'|safe }}", "No filter named 'safe'"),
    ],
)
def test_bundled__a_wrong_template_is_an_error_too(folder: Path, text: str, message: str) -> None:
    (folder / "_closing.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        comment(BLOCKED, templates=Templates())
    assert message in str(raised.value)


def test_bundled__an_error_is_told_at_the_templates_line() -> None:
    with pytest.raises(UsageError, match=r"^[a-z_]+\.md\.j2:\d+: "):
        Templates().render("comment.md.j2", {"a": None, "section": None})


def test_check__tells_what_is_stale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "index.md.j2").write_text("other\n", encoding="utf-8")
    assert freeze.main(["--check"]) == 1
    assert "index_md.py is stale: run `make docs`" in capsys.readouterr().err
