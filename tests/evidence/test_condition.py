from __future__ import annotations

import pytest

from bbws_gate.evidence.condition import MAX_TEXT, certainly_false, certainly_true
from bbws_gate.evidence.expression import Scope


@pytest.mark.parametrize("text", ["'a' == 'b'", "${{ 'a' == 'b' }}", "'a' == 'b'\n", "'a b' != 'a b'"])
def test_certainly_false__literals_that_differ(text: str) -> None:
    assert certainly_false(text, Scope())


@pytest.mark.parametrize(
    "text",
    [
        "${{ 'a' == 'b' }}\n",
        " ${{ 'a' == 'b' }}",
        "${{ 'a' == 'b' }} && ${{ 'a' == 'b' }}",
        "'f(a)' != 'f(b)'",
        "'x&&' != '!=' != '&&y'",
        "'a || ' != 'a || '",
        "'a' == 'b' || 'c",
        "'a' == '" + "b" * MAX_TEXT + "'",
    ],
)
def test_condition__a_text_around_an_expression_and_operators_in_literals_decide_nothing(text: str) -> None:
    assert not certainly_false(text, Scope())
    assert not certainly_true(text, Scope())
