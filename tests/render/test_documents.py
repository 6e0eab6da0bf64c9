from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bbws_gate.model import Assessment
from bbws_gate.render.documents import check_output, comment, documents, issue, job_summary
from tests.render.sample import ALL, BLOCKED, FAILED, ITEMS, link


def pages(assessment: Assessment) -> dict[str, str]:
    found = {**documents(assessment), "comment": comment(assessment), "job": job_summary(assessment)}
    return found | {item.id: issue(assessment, item)[1] for item in assessment.action_items}


@pytest.mark.parametrize("name", ALL)
def test_pages__have_no_empty_section(name: str) -> None:
    for page in pages(ALL[name]).values():
        headings = [(len(found[1]), found.start(), found.end()) for found in re.finditer(r"(?m)^(#{1,6}) .*$", page)]
        for (level, _, end), (after, start, _) in zip(headings, [*headings[1:], (0, len(page), 0)], strict=True):
            assert page[end:start].strip() or after > level
        assert not re.search(r"<summary>[^\n]*\n\n</details>", page)


@pytest.mark.parametrize("name", ALL)
def test_pages__are_tidy(name: str) -> None:
    for page in pages(ALL[name]).values():
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        assert not re.search(r"\n{3,}|[ \t]+\n|None|Undefined|Markup", page)


def test_documents__are_named_for_environment_and_project() -> None:
    assert list(documents(BLOCKED)) == [
        "sit_bbws_dynamodb_schemas_index.md",
        "sit_bbws_dynamodb_schemas_exec_brief.md",
        "sit_bbws_dynamodb_schemas_summary.md",
        "sit_bbws_dynamodb_schemas_action_items.md",
        "sit_bbws_dynamodb_schemas_readiness_report.md",
    ]


@pytest.mark.parametrize("project", ["../../etc/passwd", "a/b", "a\\b", "a\0b", ".", "x" * 500, "é 🙂"])
def test_documents__names_stay_in_the_folder(project: str) -> None:
    for name in documents(replace(BLOCKED, project=project)):
        assert re.fullmatch(r"sit_[A-Za-z0-9._-]{1,130}", name)


def test_documents__of_a_run_that_failed_say_why() -> None:
    texts = documents(FAILED)
    assert next(iter(texts)) == "assessment_index.md"
    assert "unknown key 'requierd'" in texts["assessment_summary.md"]


def test_documents__index_links_to_the_others() -> None:
    index, *others = documents(BLOCKED).items()
    assert re.findall(r"\]\(([^)]*)\)", index[1]) == [*(name for name, _ in others), "sit_bbws_dynamodb_schemas.html"]


def test_counts__agree_on_every_page() -> None:
    for page in (comment(BLOCKED), *documents(BLOCKED).values()):
        assert "5 findings block the promotion." in page
        assert set(re.findall(r"([0-9]+) of 11 (?:checklist )?lines? unverified", page)) <= {"1"}
        assert set(re.findall(r"Score ([0-9]+) of 100", page)) <= {"28"}


def test_comment__places_are_links_only_where_a_line_is_known() -> None:
    page = comment(BLOCKED, link=link)
    assert f"[`terraform/dynamodb/main.tf:123`](https://example.test/blob/{BLOCKED.commit}/terraform/dynamodb/main.tf#L123)" in page
    assert "`scripts/validate_dynamodb_sit.py`" in page
    assert "[`scripts/validate_dynamodb_sit.py`]" not in page


def test_comment__without_links_has_none() -> None:
    assert "](" not in comment(BLOCKED)


def test_comment__tells_where_the_rest_is() -> None:
    crowd = replace(BLOCKED, findings=tuple(replace(BLOCKED.findings[2], subject=f"table/{n}", impact="x" * 390) for n in range(20)))
    scores = tuple(replace(BLOCKED.score.categories[0], category=f"C{n}") for n in range(20))
    many = tuple(replace(each, category=f"C{n % 20}") for n, each in enumerate(crowd.findings * 20))
    crowd = replace(crowd, findings=many, score=replace(BLOCKED.score, categories=scores))
    assert "All of it is in [the run](https://example.test/run)." in comment(crowd, report="[the run](https://example.test/run)")


def test_issue__title_names_project_and_environment() -> None:
    assert issue(BLOCKED, ITEMS[0])[0] == "Add the missing tables (bbws_dynamodb_schemas, sit)"


def test_issue__tasks_are_boxes() -> None:
    text = issue(BLOCKED, ITEMS[0])[1]
    assert "- [ ] Add table orders with its indexes\n- [ ] Extend the schemas\n" in text


def test_check_output__is_the_same_verdict() -> None:
    output = check_output(BLOCKED)
    assert output.title == "BLOCKED: 5 findings block the promotion."
    assert output.summary.startswith("## ⛔ BLOCKED")
    assert "<details>" not in output.summary
    assert output.text.startswith("**All findings**")
