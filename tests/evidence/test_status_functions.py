from __future__ import annotations

import pytest

from bbws_gate.evidence.status_functions import outlives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github.ref == 'refs/heads/main'", False),
        ("success()", False),
        ("success() && github.ref == 'x'", False),
        ("${{ success() && (github.ref == 'x' || inputs.force) }}", False),
        ("(github.ref == 'x' || inputs.force) && (success())", False),
        ("success() && a || success() && b", False),
        ("Success( ) && a", False),
        ("contains(github.ref, 'always()')", False),
        ("success() && ${{ inputs.force }}", False),
        ("always()", True),
        ("Always()", True),
        ("always( )", True),
        ("${{ !cancelled() }}", True),
        ("FAILURE ()", True),
        ("success() || github.ref != 'x'", True),
        ("${{ !success() }}", True),
        ("!(success() && a)", True),
        ("(success() || a) && b", True),
        ("success() == false", True),
        ("${{ success() && a }}\n", True),
        ("${{ always() }} && a", True),
        ("(" * 1000 + "success()" + ")" * 1000, True),
    ],
)
def test_outlives__unless_success_must_be_true(text: str, expected: bool) -> None:
    assert outlives(text) is expected
