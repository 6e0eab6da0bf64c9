from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.render import bundled
from bbws_gate.render.bundled import bundled_names
from bbws_gate.render.documents import comment, documents
from bbws_gate.render.overrides import FOLDER, read_templates
from bbws_gate.render.templates import Templates
from bbws_gate.repository.memory import MemoryRepository
from tests.render.sample import BLOCKED, hostile


def test_own_template__takes_the_place_of_the_bundled_one() -> None:
    own = Templates({"comment.md.j2": "{{ a.project|code }} is {{ a.status.value|inline }}: {{ a.score.value }}"})
    assert comment(BLOCKED, templates=own) == "`bbws_dynamodb_schemas` is BLOCKED: 28\n"


def test_own_template__may_include_bundled_ones() -> None:
    own = Templates({"_closing.md.j2": "our own end"})
    assert comment(BLOCKED, templates=own).endswith("our own end\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ a.project }}", "comment.md.j2:1: a str reaches the page without a filter: pass it through one of inline, cell"),
        ("{{ 'x' ~ a.project }}", "a str reaches the page without a filter"),
        ("{{ a.target_date == 'x' }}", "a bool reaches the page without a filter"),
        ("{{ a.nothing|code }}", "has no attribute 'nothing'"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{% if %}", "comment.md.j2:1: Expected an expression"),
        ("{{ a.__class__.__mro__|code }}", "access to attribute '__class__' of 'Assessment' object is unsafe"),
        ("{% include 'other.md.j2' %}", "other.md.j2"),
    ],
)
def test_own_template__that_is_wrong_is_an_error_of_its_author(text: str, message: str) -> None:
    with pytest.raises(UsageError, match="correct the template") as raised:
        comment(BLOCKED, templates=Templates({"comment.md.j2": text}))
    assert message in str(raised.value)


def test_own_template__of_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match=r"coment.md.j2: .*did you mean comment.md.j2\?"):
        Templates({"coment.md.j2": ""})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}", "comment.md.j2:1: more than 300,000 turns"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "RecursionError"),
        ("{% include 'comment.md.j2' %}", "RecursionError"),
        ("{% macro m(x) %}{% set y %}{{ x }}{{ x }}{% endset %}{{ m(y) }}{% endmacro %}{{ m('ab'|inline) }}", "20,000,000 characters"),
        ("{{ ('x' * 999999999)|code }}", "* is not for a str and a int"),
        ("{{ (9 ** 9)|string|code }}", "not calculated here"),
        ("{{ ('%999999999d' % 1)|code }}", "% is not for a str and a int"),
        ("{{ 'x'.center(999999999)|code }}", "'center'"),
        ("{{ '{:>999999999}'.format(1)|code }}", "'format'"),
        ("{{ 'x'.join(['y'])|code }}", "'join'"),
        ("{{ range(99999999)|length }}", "range() of more"),
        ("{{ 'x'|center(999999999) }}", "No filter named 'center'"),
        ("{{ 'x'|safe }}", "No filter named 'safe'"),
        ("{{ lipsum(999999) }}", "'lipsum' is undefined"),
        ("{{ a.schedule.start.strftime('%999999999d')|code }}", "comment.md.j2:1"),
        ("line one\nline two\n{{ a.commit.nothing|code }}", "comment.md.j2:3: "),
        ("{{ 1 // 0 }}", "ZeroDivisionError"),
    ],
)
def test_own_template__cannot_run_away(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        comment(BLOCKED, templates=Templates({"comment.md.j2": text}))
    assert message in str(raised.value)


def test_lenient__a_wrong_template_is_told_and_the_bundled_one_used() -> None:
    own = Templates({"comment.md.j2": "one\n{{ nothing }}", "coment.md.j2": ""}, folder=".github/bbws-gate/templates", lenient=True)
    page = comment(BLOCKED, templates=own)
    assert page.startswith("## \u26d4 BLOCKED")
    assert "A template of this repository was not used: `.github/bbws-gate/templates/comment.md.j2:2`: 'nothing' is undefined" in page
    assert any("did you mean comment.md.j2?" in problem for problem in own.problems)
    assert any("comment.md.j2:2: 'nothing' is undefined" in problem for problem in own.problems)


def test_lenient__the_other_pages_keep_their_own_templates() -> None:
    own = Templates({"index.md.j2": "{{ nothing }}", "summary.md.j2": "ours"}, lenient=True)
    texts = documents(BLOCKED, templates=own)
    assert texts["sit_bbws_dynamodb_schemas_summary.md"] == "ours\n"
    assert texts["sit_bbws_dynamodb_schemas_index.md"].startswith("# `bbws_dynamodb_schemas` to `sit`")


def test_read_templates__from_the_repository_given() -> None:
    repository = MemoryRepository(
        {
            f"{FOLDER}/summary.md.j2": b"ours",
            f"{FOLDER}/index.md.j2": b"\xff",
            f"{FOLDER}/issue.md.j2": b"x" * 200_001,
            f"{FOLDER}/notes.txt": b"",
            "templates/comment.md.j2": b"not there",
        }
    )
    found = read_templates(repository)
    assert documents(BLOCKED, templates=found)["sit_bbws_dynamodb_schemas_summary.md"] == "ours\n"
    assert comment(BLOCKED, templates=found).startswith("## ")
    assert found.problems == [f"{FOLDER}/index.md.j2: not UTF-8", f"{FOLDER}/issue.md.j2: larger than 200,000 bytes"]


def test_values__are_never_templates() -> None:
    page = comment(hostile("{{ 9**9 }}{% for x in range(3) %}"))
    assert "387420489" not in page
    assert "{{ `9**9` }}" not in page
    assert "`{{`" in page


def test_bundled__are_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(bundled.bundled_folder(), tmp_path / "templates")
    (tmp_path / "templates" / "index.md.j2").write_text("from the package", encoding="utf-8")
    monkeypatch.setattr(bundled, "_PACKAGE", tmp_path)
    assert documents(BLOCKED, templates=Templates())["sit_bbws_dynamodb_schemas_index.md"] == "from the package\n"


def test_bundled__every_page_has_its_template() -> None:
    assert {name for name in bundled_names() if not name.startswith("_")} == {
        "action_items.md.j2",
        "check_summary.md.j2",
        "comment.md.j2",
        "executive_brief.md.j2",
        "index.md.j2",
        "issue.md.j2",
        "job_summary.md.j2",
        "page.html.j2",
        "portfolio.html.j2",
        "portfolio.md.j2",
        "readiness_report.md.j2",
        "summary.md.j2",
    }
