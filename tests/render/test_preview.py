"""What a change of a team's templates would do to the pages."""

from __future__ import annotations

import pytest

from bbws_gate.model.proposal import PageChange
from bbws_gate.render.bundled import bundled_folder, bundled_names
from bbws_gate.render.overrides import FOLDER, Own, read_own
from bbws_gate.render.preview import EXCERPT, LINE, MAX_LINES, SIDE, page_changes
from bbws_gate.render.templates import Templates, bundled
from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.spec.promotion import OwnTemplates
from tests.render.sample import BLOCKED


def changes(before: dict[str, str] | None = None, **after: str) -> tuple[dict[str, PageChange], tuple[str, ...]]:
    """By page, and what is wrong; names without their ending."""
    own = Own({f"{name}.md.j2": text for name, text in after.items()}, (), FOLDER)
    found, problems = page_changes(BLOCKED, Templates(before or {}, lenient=True), own)
    return {change.page: change for change in found}, problems


def test_folder__is_the_spec_s_own_unless_it_says_otherwise() -> None:
    assert OwnTemplates().folder == FOLDER


def test_page_changes__nothing_differs() -> None:
    texts = {name: (bundled_folder() / name).read_text() for name in bundled_names()}
    assert page_changes(BLOCKED, bundled(), Own(texts, (), FOLDER)) == ((), ())


def test_page_changes__counts_lines_and_names_sections() -> None:
    text = (bundled_folder() / "summary.md.j2").read_text().replace("## Findings\n", "## Findings\n\nRead them all.\n")
    found, problems = changes(summary=text)
    assert problems == ()
    assert list(found) == ["summary"]
    assert (found["summary"].added, found["summary"].removed, found["summary"].sections) == (2, 0, ("Findings",))
    assert "+Read them all." in found["summary"].excerpt.splitlines()


def test_page_changes__against_what_is_in_use_now() -> None:
    found, _ = changes({"summary.md.j2": "ours\n"}, summary="ours\nmore\n")
    assert (found["summary"].added, found["summary"].removed) == (1, 0)
    removed, _ = changes({"summary.md.j2": "ours\n"})
    assert removed["summary"].removed == 1


def test_page_changes__a_part_of_several_pages_shows_on_each() -> None:
    found, _ = changes(_closing="our own end")
    assert list(found) == ["comment", "job summary", "check run"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{% if %}", f"{FOLDER}/summary.md.j2:1: Expected an expression"),
        ("{{ nothing }}", f"{FOLDER}/summary.md.j2:1: 'nothing' is undefined"),
        ("{{ a.project }}", "reaches the page without a filter"),
        ("{% for x in range(9999) %}{% for y in range(9999) %}{% endfor %}{% endfor %}", "more than 300,000 turns"),
        ("{{ a.__class__|code }}", "unsafe"),
    ],
)
def test_page_changes__a_page_that_cannot_be_made(text: str, problem: str) -> None:
    found, problems = changes(summary=text)
    assert list(found) == ["summary"]
    assert problem in found["summary"].problem
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{% if a.error %}{{ eror|block }}{% endif %}", "summary.md.j2: 'eror' is no name that a page has"),
        ("{% macro m(x) %}{{ x|code }}{{ y }}{% endmacro %}", "summary.md.j2: 'y' is no name that a page has"),
    ],
)
def test_page_changes__names_that_this_assessment_does_not_meet(text: str, problem: str) -> None:
    _, problems = changes(summary=text)
    assert len(problems) == 1
    assert problem in problems[0]


def test_page_changes__names_that_templates_give_themselves() -> None:
    text = "{% set one = 1 %}{% for two in [one] %}{{ two }}{% endfor %}{% import '_macros.md.j2' as more with context %}"
    _, problems = changes(summary=text + "{% include '_since.md.j2' %}", _since="{{ one }}{% if 0 %}{{ more }}{% endif %}")
    assert problems == ()


def test_page_changes__names_and_files_that_cannot_be_used() -> None:
    repository = MemoryRepository({f"{FOLDER}/coment.md.j2": "", f"{FOLDER}/index.md.j2": b"\xff", f"{FOLDER}/deeper/issue.md.j2": "x"})
    found, problems = page_changes(BLOCKED, bundled(), read_own(repository))
    assert found == ()
    assert problems == (
        f"{FOLDER}/index.md.j2: not UTF-8",
        f"{FOLDER}/coment.md.j2: no page is made from a template of that name (did you mean comment.md.j2?)",
    )


def test_page_changes__excerpts_are_bounded() -> None:
    long = "\n".join(f"{number} {'x' * 500}" for number in range(900))
    excerpt = changes(summary=long)[0]["summary"].excerpt.splitlines()
    assert len(excerpt) <= EXCERPT + 2 * SIDE + 4
    assert max(map(len, excerpt)) <= LINE + 1
    huge = "{% for n in range(" + str(MAX_LINES + 1) + ") %}{{ n }}\n{% endfor %}"
    change = changes(summary=huge)[0]["summary"]
    assert (change.added, change.excerpt) == (MAX_LINES + 1, "")
