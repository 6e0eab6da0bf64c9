"""What a change of a team's own templates would do to the pages: made twice, as they are and as they would be, and compared.

The changed templates are a stranger's: they run in the sandbox with its bounds, and what they give is only ever shown as a fenced block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher, get_close_matches

from bbws_gate.deferred import regex
from bbws_gate.errors import UsageError
from bbws_gate.model import Assessment
from bbws_gate.model.proposal import PageChange
from bbws_gate.render import documents
from bbws_gate.render.bundled import bundled_names
from bbws_gate.render.context import EVERY_NAME
from bbws_gate.render.escape import cut
from bbws_gate.render.overrides import Own
from bbws_gate.render.page import html_page
from bbws_gate.render.templates import Templates
from bbws_gate.render.view import plural

MAX_LINES = 3_000
"""Of a page; larger ones are counted and not compared line by line."""
EXCERPT = 24
"""Lines of a page's differences that are shown; the last one shown is shown whole."""
SIDE = 8
"""Lines of one difference that are shown of either side."""
LINE = 160
MAX_SECTIONS = 8
MAX_PROBLEMS = 20

_HEADING = regex(r"(?:#{1,6} |<details><summary><b>|<h[1-6][^<>]{0,200}>)([^<\n]{1,200})")


def page_changes(assessment: Assessment, before: Templates, own: Own) -> tuple[tuple[PageChange, ...], tuple[str, ...]]:
    """The pages that would be laid out otherwise, and what is wrong with the templates themselves.

    Args:
        assessment: what the pages are about.
        before: the templates as they are.
        own: the changed ones, as the team's files hold them.
    """
    known = {name: text for name, text in own.texts.items() if name in bundled_names()}
    after = Templates(known, folder=own.folder)
    problems = [*own.problems, *_strangers(own), *after.faults(EVERY_NAME)]
    found = tuple(filter(None, (_compared(title, make, assessment, before, after) for title, make in _PAGES)))
    told = {_file(change.problem) for change in found if change.problem}
    return found, tuple(problem for problem in problems if _file(problem) not in told)[:MAX_PROBLEMS]


def _file(problem: str) -> str:
    """The file that a problem begins with: one of a page says the same of it with the line."""
    return problem.partition(".j2:")[0]


def _strangers(own: Own) -> Iterator[str]:
    for name in own.texts:
        if name not in bundled_names():
            (near,) = get_close_matches(name, bundled_names(), n=1, cutoff=0.0)
            yield f"{own.folder}/{name}: no page is made from a template of that name (did you mean {near}?)"


Make = Callable[[Assessment, Templates], str]


def _document(number: int) -> Make:
    return lambda assessment, templates: documents.render_document(documents.DOCUMENTS[number], assessment, templates=templates)


def _check_run(assessment: Assessment, templates: Templates) -> str:
    output = documents.check_output(assessment, templates=templates)
    return f"{output.summary}\n{output.text}"


def _issue(assessment: Assessment, templates: Templates) -> str:
    """Of the first piece of work; all of them come from one template."""
    items = assessment.action_items[:1]
    return "".join(documents.issue(assessment, item, templates=templates)[1] for item in items)


_PAGES: tuple[tuple[str, Make], ...] = (
    ("comment", lambda assessment, templates: documents.comment(assessment, templates=templates)),
    ("job summary", lambda assessment, templates: documents.job_summary(assessment, templates=templates)),
    ("check run", _check_run),
    *((document.title.lower(), _document(number)) for number, document in enumerate(documents.DOCUMENTS)),
    ("index", lambda assessment, templates: documents.index(assessment, templates=templates)),
    ("issues", _issue),
    ("HTML page", lambda assessment, templates: html_page(assessment, templates=templates)),
)


def _compared(title: str, make: Make, assessment: Assessment, before: Templates, after: Templates) -> PageChange | None:
    old = make(assessment, before)
    try:
        new = make(assessment, after)
    except UsageError as error:
        return PageChange(title, str(error), 0, 0, (), "")
    return None if old == new else _change(title, old.splitlines(), new.splitlines())


def _change(title: str, old: list[str], new: list[str]) -> PageChange:
    more, less = Counter(new) - Counter(old), Counter(old) - Counter(new)
    return PageChange(title, "", more.total(), less.total(), _sections(old, new), _excerpt(old, new))


def _sections(old: list[str], new: list[str]) -> tuple[str, ...]:
    """Headings, of either side, whose text differs; what stands above the first one is the beginning."""
    before, after = _by_heading(old), _by_heading(new)
    titles = dict.fromkeys((*after, *before))
    return tuple(title for title in titles if before.get(title) != after.get(title))[:MAX_SECTIONS]


def _by_heading(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    title = "the beginning"
    for line in lines:
        heading = _HEADING.match(line)
        if heading is not None and len(found) < MAX_LINES:
            title = cut(heading[1].strip(" :"), 80)
        found.setdefault(title, []).append(line)
    return found


def _excerpt(old: list[str], new: list[str]) -> str:
    """The first differences, of each the first lines on either side: a page made anew shows what is in it, not only what was."""
    if max(len(old), len(new)) > MAX_LINES:
        return ""
    shown: list[str] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            continue
        if len(shown) >= EXCERPT:
            return "\n".join([*shown, "…"])
        shown += [f"@@ line {new_from + 1} @@", *_side("-", old[old_from:old_to]), *_side("+", new[new_from:new_to])]
    return "\n".join(shown)


def _side(sign: str, lines: list[str]) -> list[str]:
    more = len(lines) - SIDE
    return [f"{sign}{cut(line, LINE)}" for line in lines[:SIDE]] + ([f"{sign} … {plural(more, 'more line')}"] if more > 0 else [])
