"""``templatefile`` and ``templatestring``: Terraform's funcs/filesystem.go and funcs/string.go; the evaluator renders."""

from __future__ import annotations

from bbws_gate.terraform.cty.convert import ConvertError, convert
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, MapOf, ObjectOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value
from bbws_gate.terraform.functions.arguments import entries, text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.files import text_of
from bbws_gate.terraform.functions.identifiers import is_identifier
from bbws_gate.terraform.functions.marks import unmark_deep


def _check_variables(variables: Value) -> None:
    if not isinstance(variables.type, (MapOf, ObjectOf)):
        raise FunctionError("invalid vars value: must be a map", 1)
    for name in entries(variables):
        if not is_identifier(name):
            raise FunctionError(
                f"invalid template variable name {quoted(name)}: "
                "must start with a letter, followed by zero or more letters, digits, and underscores",
                1,
            )


def _check_result(result: Value) -> None:
    if result.raw is None:
        raise FunctionError("Template result is null: The result of the template is null, which is not a valid result for a template")


def _templatefile(arguments: Arguments, promised: Type, context: Context) -> Value:
    path = arguments[0]
    variables, marked = unmark_deep(arguments[1])
    sensitive = path.sensitive or marked
    for argument in (path, variables):
        if isinstance(argument.raw, Unknown):
            return Value(promised, argument.raw, sensitive)
    template = text_of(path, context)
    _check_variables(variables)
    result = context.render(template, text(path), variables, False)
    _check_result(result)
    return result.marked() if sensitive else result


def _templatestring(arguments: Arguments, promised: Type, context: Context) -> Value:
    template, variables = arguments
    if isinstance(template.raw, Unknown):
        return Value(promised, template.raw, template.sensitive)
    if template.type is not STRING or template.raw is None:
        raise FunctionError("invalid template value: a string is required", 0)
    _check_variables(variables)
    result = context.render(text(template), "<templatestring argument>", variables, True)
    _check_result(result)
    try:
        result = convert(result, STRING)
    except ConvertError as error:
        raise FunctionError(f"invalid template result: {error}") from error
    return result.marked() if template.sensitive else result


FUNCTIONS = (
    Function(
        "templatefile",
        (Parameter("path", STRING, unknown=True, marked=True), Parameter("vars", DYNAMIC, unknown=True, marked=True)),
        DYNAMIC,
        _templatefile,
    ),
    Function(
        "templatestring",
        (Parameter("template", DYNAMIC, null=True, unknown=True, dynamic=True, marked=True), Parameter("vars", DYNAMIC)),
        STRING,
        _templatestring,
    ),
)
