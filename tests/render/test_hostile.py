"""A repository that writes hostile text into every field it can fill changes no page's structure, and nothing of it acts."""

from __future__ import annotations

import io
import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.console import Console

from bbws_gate.model import Assessment
from bbws_gate.render.documents import check_output, comment, documents, issue, job_summary
from bbws_gate.render.text import print_assessment
from tests.render.sample import hostile, link
from tests.render.test_escape import HOSTILE, leaves

GITHUB = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
ALL_TEXTS = [text for text in HOSTILE if text.strip()] + ["[bold red]x[/]", "{{ 9**9 }}", "{% raw %}", "<summary>", "x\n\n# y\n"]
TEXTS = [*("\n".join(ALL_TEXTS[first::9]) for first in range(9)), "</details>", "a | b\n--- | ---", "1. x"]
"""`test_escape` tries each text by itself; here every field of every page is tried."""
OURS = re.compile(r"</?(?:details|summary|b|sub|code|br)>")
ACTS = re.compile(r"@\S|#[0-9]|[A-Za-z]-[0-9]|://|(?i:www\.)|:[a-z_]+:|[$|\\*~\[\]`]|&(?!(?:amp|lt|gt|quot|#x27);)")


def markdown_pages(assessment: Assessment) -> dict[str, str]:
    run = check_output(assessment, link=link)
    pages = {f"document {number}": text for number, text in enumerate(documents(assessment, link=link).values())}
    pages |= {f"issue {number}": issue(assessment, item, link=link)[1] for number, item in enumerate(assessment.action_items)}
    return pages | {"comment": comment(assessment, link=link), "job": job_summary(assessment), "summary": run.summary, "text": run.text}


def structure(text: str) -> list[tuple[str, int]]:
    return [(token.type, token.level) for token in GITHUB.parse(text)]


BASELINE = {name: structure(text) for name, text in markdown_pages(hostile("word")).items()}


@pytest.mark.parametrize("text", TEXTS)
def test_pages__keep_their_structure_and_nothing_acts(text: str) -> None:
    for name, page in markdown_pages(hostile(text)).items():
        parsed = GITHUB.parse(page)
        assert [(token.type, token.level) for token in parsed] == BASELINE[name]
        for token in leaves(parsed):
            assert token.type != "image"
            if token.type == "link_open":
                assert address(token).startswith(("https://example.test/", file_prefix(text)))
            elif token.type in ("html_block", "html_inline"):
                rest = OURS.sub("", re.sub(r"<code>[^<>]*</code>", "", token.content))
                assert "<" not in rest
                assert not ACTS.search(rest), rest
            elif token.type == "text":
                words = token.content.removeprefix("[ ] ").replace("sha256", "")
                assert not ACTS.search(words), words


def address(token: Token) -> str:
    return str(token.attrs["href"])


def file_prefix(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", f"{text}_{text}")[:100]


@pytest.mark.parametrize("text", TEXTS)
def test_tables__rows_keep_their_cells(text: str) -> None:
    for page in markdown_pages(hostile(text)).values():
        for table in re.findall(r"(?m)^(?:\|.*\n)+", page):
            counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
            assert len(counts) == 1, table


@pytest.mark.parametrize("text", TEXTS)
def test_terminal__shows_text_and_no_controls(text: str) -> None:
    out = io.StringIO()
    print_assessment(hostile(text), Console(file=out, width=120, force_terminal=False))
    shown = out.getvalue()
    assert all(character.isprintable() or character == "\n" for character in shown)
    if text.isascii() and text.isprintable() and "  " not in text and len(text) < 20:
        assert text.strip() in shown


@pytest.mark.parametrize("text", TEXTS)
def test_check_run__stays_within_its_fields(text: str) -> None:
    run = check_output(hostile(text * 40))
    assert len(run.title) <= 255
    assert all(len(each.title) <= 255 and len(each.message) <= 64_000 for each in run.annotations)
    assert all(".." not in each.path.split("/") and each.path.isprintable() and len(each.path) <= 255 for each in run.annotations)
    everything = "".join((run.title, run.summary, run.text, *(f"{each.title}{each.message}{each.path}" for each in run.annotations)))
    assert all(ord(character) <= 0xFFFF and not 0xD800 <= ord(character) <= 0xDFFF for character in everything)
