"""Every page over an assessment written by hand, and the documents of the bundled examples.

``BBWS_GATE_UPDATE_SNAPSHOTS=1`` rewrites the expected files: read the difference.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from bbws_gate.model import Assessment
from bbws_gate.render.documents import check_output, comment, documents, issue, job_summary
from bbws_gate.render.json import to_json
from bbws_gate.render.page import html_page
from bbws_gate.render.sarif import to_sarif
from bbws_gate.render.text import print_assessment
from tests.render.sample import ALL, BLOCKED, link
from tests.render.test_agreement import EVERY, NAMES

FOLDER = Path(__file__).parent / "snapshots"


def terminal(assessment: Assessment) -> str:
    out = io.StringIO()
    print_assessment(assessment, Console(file=out, width=80, highlight=False))
    return out.getvalue()


def check_run(assessment: Assessment) -> str:
    output = check_output(assessment)
    remarks = "\n".join("\n".join(f"{name}: {value}" for name, value in each._asdict().items()) + "\n" for each in output.annotations)
    return f"{output.title}\n\n===== summary\n{output.summary}\n===== text\n{output.text}\n===== annotations\n{remarks}"


def issue_page(assessment: Assessment, item: str) -> str:
    title, text = issue(assessment, next(each for each in assessment.action_items if each.id == item), link=link)
    return f"{title}\n\n{text}"


def pages() -> dict[str, str]:
    found = {f"{name}_comment.md": comment(assessment, link=link) for name, assessment in ALL.items()}
    found |= {f"{name}_terminal.txt": terminal(assessment) for name, assessment in ALL.items()}
    found |= {f"blocked_{name}": text for name, text in documents(BLOCKED).items()}
    found |= {f"ready_{name}": text for name, text in documents(ALL["ready"]).items()}
    return found | {
        "blocked_job_summary.md": job_summary(BLOCKED),
        "blocked_check_run.md": check_run(BLOCKED),
        "blocked_issue.md": issue_page(BLOCKED, "unify-names"),
        "blocked_issue_by_hand.md": issue_page(BLOCKED, "manual/security-review"),
        "blocked.json": to_json(BLOCKED),
        "blocked.sarif": to_sarif(BLOCKED),
        **{f"example_{name}": text for example in NAMES for name, text in documents(EVERY[example]).items()},
        **{f"example_{example}_comment.md": comment(EVERY[example]) for example in NAMES},
        "example_bbws_dynamodb_schemas.html": html_page(EVERY["bbws_dynamodb_schemas"]),
    }


PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_page__is_as_expected(name: str) -> None:
    expected = FOLDER / name
    if os.environ.get("BBWS_GATE_UPDATE_SNAPSHOTS") == "1":
        FOLDER.mkdir(exist_ok=True)
        expected.write_text(PAGES[name], encoding="utf-8")
    assert PAGES[name] == expected.read_text(encoding="utf-8")


def test_snapshots__none_is_left_over() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(PAGES)


def test_pages__are_the_same_every_time() -> None:
    assert pages() == PAGES
