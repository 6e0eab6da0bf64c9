"""The one way into every function: what Terraform checks of a call before and after the function itself.

Order and words are those of HCL's FunctionCallExpr
(https://github.com/hashicorp/hcl/blob/v2.24.0/hclsyntax/expression.go) and of cty's Function.Call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbws_gate.deferred import dataclass
from bbws_gate.repository.base import Refused
from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.numbers import NumberError
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, Type
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.functions.base import Context, FileRefused, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.marks import unmark_deep

CHARACTERS_PER_STEP = 64
VALUES_PER_STEP = 16
"""What a function merely reads or hands on costs less than what it evaluates."""

_MAY_BE_NULL: Final = frozenset(
    {
        "element",
        "ephemeralasnull",
        "issensitive",
        "jsondecode",
        "lookup",
        "nonsensitive",
        "one",
        "plantimestamp",
        "sensitive",
        "strcontains",
        "templatefile",
        "timeadd",
        "tobool",
        "tolist",
        "tomap",
        "tonumber",
        "toset",
        "tostring",
        "yamldecode",
        "yamlencode",
        "provider::terraform::decode_tfvars",
    }
)
"""Functions of which Terraform does not promise that their result is never null (those without RefineResult)."""


def invoke(function: Function, name: str, arguments: Sequence[Value], context: Context) -> Value:
    """Calls ``function``, which the configuration names ``name``.

    Raises:
        FunctionError: as Terraform words it, with its summary.
    """
    _check_count(function, name, len(arguments))
    try:
        return _checked(function, _converted(function, arguments), context)
    except FunctionError as error:
        if error.summary:
            raise
        raise _worded(function, name, error) from error
    except (NumberError, ConvertError) as error:
        raise _worded(function, name, FunctionError(str(error))) from error
    except Refused as error:
        raise _worded(function, name, FileRefused(f"{error.path}: {error.why}", None, error.code)) from error


def _check_count(function: Function, name: str, given: int) -> None:
    required = len(function.parameters)
    if given < required:
        least = " at least" if function.variadic else ""
        missing = function.parameters[given].name
        raise FunctionError(
            f'Function "{name}" expects{least} {required} argument(s). Missing value for "{missing}".',
            summary="Not enough function arguments",
        )
    if given > required and function.variadic is None:
        raise FunctionError(f'Function "{name}" expects only {required} argument(s).', required, "Too many function arguments")


def _converted(function: Function, arguments: Sequence[Value]) -> list[Value]:
    converted = []
    for position, argument in enumerate(arguments):
        parameter = function.parameter(position)
        if parameter is None or parameter.type is DYNAMIC or argument.type == parameter.type:
            converted.append(argument)
            continue
        try:
            converted.append(convert(argument, parameter.type))
        except ConvertError as error:
            raise FunctionError(str(error), position) from error
    return converted


@dataclass(slots=True)
class _Call:
    """Arguments as the function may see them, and what the checks found on the way."""

    arguments: list[Value]
    sensitive: bool = False
    unknown: Unknown | None = None
    """The first argument that is unknown where the function does not take that."""
    untyped: bool = False
    """An argument without a type where the function needs one: cty then says nothing, not even the result's type."""


def _checked(function: Function, arguments: list[Value], context: Context) -> Value:
    call = _Call(arguments)
    for position, argument in enumerate(arguments):
        parameter = function.parameter(position)
        if parameter is not None:
            _admit(call, position, argument, parameter, context)
    promised = DYNAMIC if call.untyped else _result_type(function, call.arguments)
    if call.unknown is not None:
        result = Value(promised, Unknown(call.unknown.reason))
    elif call.untyped:
        result = Value(DYNAMIC, Unknown(f"{function.name} is given a null of no type"))
    else:
        result = function.implementation(call.arguments, promised, context)
    if isinstance(result.raw, Unknown) and function.name not in _MAY_BE_NULL:
        # Of what has no type, cty promises nothing.
        raw = Unknown(result.raw.reason) if result.type is DYNAMIC else result.raw.as_not_null()
        result = Value(result.type, raw, result.sensitive)
    if result.type is STRING and isinstance(result.raw, str):
        context.spend(1 + len(result.raw) // CHARACTERS_PER_STEP)
    return result.marked() if call.sensitive else result


def _admit(call: _Call, position: int, argument: Value, parameter: Parameter, context: Context) -> None:
    if not parameter.marked:
        if isinstance(argument.raw, (tuple, dict)):
            context.spend(1 + argument.count // VALUES_PER_STEP)
        call.arguments[position], marked = unmark_deep(argument)
        call.sensitive = call.sensitive or marked
    if call.untyped:
        # cty stops checking at the first untyped argument; only marks are still collected.
        return
    if argument.raw is None and not parameter.null:
        raise FunctionError("argument must not be null", position)
    call.untyped = argument.type is DYNAMIC and not parameter.dynamic
    if call.unknown is None and type(argument.raw) is Unknown and (call.untyped or not parameter.unknown):
        call.unknown = argument.raw


def _result_type(function: Function, arguments: Sequence[Value]) -> Type:
    return function.result(arguments) if callable(function.result) else function.result


def _worded(function: Function, name: str, error: FunctionError) -> FunctionError:
    position = error.argument
    parameter = None if position is None else function.parameter(position)
    if parameter is None:
        summary, message = "Error in function call", f"Call to function {quoted(name)} failed: {error.message}."
    else:
        summary, message = "Invalid function argument", f'Invalid value for "{parameter.name}" parameter: {error.message}.'
    if isinstance(error, FileRefused):
        return FileRefused(message, position, error.code, summary)
    return FunctionError(message, position, summary)
