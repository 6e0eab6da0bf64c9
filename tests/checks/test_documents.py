from __future__ import annotations

import pytest

from tests.checks.case import Case, judge

CONTAINS = "documents: [{path: 'docs/{env}.md', contains: ['rollback to {env}']}]"

CASES = [
    Case("DOC001", "there", {"file/README.md": "pass"}, expect="documents: [README.md]", files={"README.md": "# x\n"}),
    Case(
        "DOC001",
        "missing",
        {"file/README.md": "fail", "file/plan.md": "fail"},
        expect="documents: [README.md]",
        spec="plan: {document: plan.md}",
        at=".github/promotion.yml:10",
    ),
    Case(
        "DOC001",
        "contains",
        {"file/docs/sit.md": "pass", "file/docs/sit.md/rollback to sit": "pass"},
        expect=CONTAINS,
        files={"docs/sit.md": "# x\n\nHow to rollback to sit.\n"},
        at="docs/sit.md:3",
    ),
    Case(
        "DOC001",
        "does not contain",
        {"file/docs/sit.md": "pass", "file/docs/sit.md/rollback to sit": "fail"},
        expect=CONTAINS,
        files={"docs/sit.md": "# x\n"},
        says="does not contain",
    ),
    Case(
        "DOC001",
        "contains, in a file that is not read",
        {"file/docs/sit.txt": "pass", "file/docs/sit.txt/x": "unverified"},
        expect="documents: [{path: docs/sit.txt, contains: [x]}]",
        files={"docs/sit.txt": "x"},
    ),
    Case("DOC001", "none asked", {}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check__says_what_is_there(case: Case) -> None:
    judge(case)
