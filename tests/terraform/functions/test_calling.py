"""What is checked of every call, whatever the function."""

from __future__ import annotations

import pytest

from bbws_gate.repository.memory import MemoryRepository
from bbws_gate.terraform.cty.values import NULL, Value, number, string
from bbws_gate.terraform.functions import Context, FunctionError, call


def nothing(*_: object) -> Value:
    raise AssertionError("not called here")


CONTEXT = Context(MemoryRepository({}), "", nothing, lambda _: None, lambda _: b"")
A = string("a")

WORDED = [
    ("upper", [], None, "Not enough function arguments", 'Function "upper" expects 1 argument(s). Missing value for "str".'),
    ("join", [], None, "Not enough function arguments", 'Function "join" expects at least 1 argument(s). Missing value for "separator".'),
    ("upper", [A, A], 1, "Too many function arguments", 'Function "upper" expects only 1 argument(s).'),
    ("upper", [NULL], 0, "Invalid function argument", 'Invalid value for "str" parameter: argument must not be null.'),
    ("substr", [A, string("x"), A], 1, "Invalid function argument", 'Invalid value for "offset" parameter: a number is required.'),
    ("max", [number(1), NULL], 1, "Invalid function argument", 'Invalid value for "numbers" parameter: argument must not be null.'),
    ("indent", [number(-1), A], None, "Error in function call", 'Call to function "indent" failed: '),
    ("uper", [A], None, "Call to unknown function", 'There is no function named "uper". Did you mean "upper"?'),
    ("urldecode", [A], None, "Call to unknown function", 'There is no function named "urldecode".'),
    ("core::nope", [A], None, "Unknown provider function", 'The function namespace "core" is not valid.'),
    ("provider::terraform::x", [], None, "Unknown provider function", 'The function "x" is not available from the provider "terraform".'),
]


@pytest.mark.parametrize(("name", "arguments", "position", "summary", "message"), WORDED)
def test_refused_call__is_worded_as_terraform_does(
    name: str, arguments: list[Value], position: int | None, summary: str, message: str
) -> None:
    with pytest.raises(FunctionError) as refusal:
        call(name, arguments, CONTEXT)
    assert refusal.value.summary == summary
    assert message in refusal.value.message
    assert refusal.value.argument == position


def test_core_namespace__is_the_same_function() -> None:
    assert call("core::upper", [A], CONTEXT).raw == "A"


def test_argument__is_converted_to_the_parameters_type() -> None:
    assert call("upper", [number(12)], CONTEXT).raw == "12"
