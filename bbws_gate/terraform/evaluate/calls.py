"""Function calls: the library's functions, ``try`` and ``can`` (which see errors), and what only running Terraform can tell."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Final, TypeAlias

from bbws_gate.repository import Refused
from bbws_gate.terraform.cty.convert import ConvertError
from bbws_gate.terraform.cty.convert import convert as convert_value
from bbws_gate.terraform.cty.marks import unmarked_deep
from bbws_gate.terraform.cty.typeexpr import TypeExprError, apply_defaults, parse_type
from bbws_gate.terraform.cty.types import BOOL, STRING, ListOf, SetOf, TupleOf, without_optional
from bbws_gate.terraform.cty.values import FALSE, TRUE, Unknown, Value, any_sensitive, first_unknown, unknown
from bbws_gate.terraform.evaluate import access
from bbws_gate.terraform.evaluate.failure import EvaluationError, Uncatchable, UnreadFile
from bbws_gate.terraform.evaluate.partial import opaque, untyped
from bbws_gate.terraform.evaluate.scope import Scope
from bbws_gate.terraform.functions import FUNCTIONS, FileRefused, FunctionError
from bbws_gate.terraform.functions import call as call_function
from bbws_gate.terraform.syntax import Call, Expression, GetAttr, Index, Name, Splat

Evaluate: TypeAlias = Callable[[Expression, Scope], Value]

_SAME_OBJECT: Final = frozenset({"sensitive", "nonsensitive"})
"""Functions whose result is their argument, whatever that is."""


def call(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """``name(arguments)``"""
    if scope.constant:
        raise EvaluationError("functions may not be called here, only constant values are allowed", node.span)
    name = node.name.removeprefix("core::")
    special = _SPECIAL.get(name)
    if special is not None:
        return special(node, scope, evaluate)
    if name == "templatestring" and node.args and not _is_reference(node.args[0]):
        raise EvaluationError("templatestring(): the template must be a reference to a string from elsewhere", node.span)
    arguments = _arguments(node, scope, evaluate)
    if isinstance(arguments, Unknown):
        return unknown(arguments.reason)
    try:
        result = call_function(name, arguments, scope.context)
    except FileRefused as error:
        if error.code == "HCL006" and name in _DIGESTS:
            return unknown(f"{name}(): {error.message}", STRING, not_null=True)
        raise UnreadFile(f"{name}(): {error.message}", node.span, error.code) from error
    except FunctionError as error:
        if name not in FUNCTIONS:
            raise EvaluationError(error.message, node.span, "EVL005") from error
        doubt = next((found for argument in arguments if (found := untyped(argument)) is not None), None)
        if doubt is not None and "function arguments" not in error.summary:
            return unknown(doubt.reason)
        code = "FIL003" if _lacks_file(name, arguments, scope) else "EVL001"
        raise EvaluationError(f"{name}(): {error.message}", node.span, code) from error
    if type(result.raw) is str:
        scope.budget.write(len(result.raw))
    if type(result.raw) is Unknown and name not in _SAME_OBJECT and any(result.raw is argument.raw for argument in arguments):
        return opaque(result)
    return result


_DIGESTS: Final = frozenset({"filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "filesha1", "filesha256", "filesha512"})
"""What large binary files, archives of code above all, are given to: their contents decide nothing but a checksum."""


def _lacks_file(name: str, arguments: list[Value], scope: Scope) -> bool:
    """Whether a call fails for want of a file, which a build step may make: that is no mistake in the configuration."""
    path = arguments[0].raw if name.startswith(("file", "templatefile")) and arguments else None
    if not isinstance(path, str):
        return False
    try:
        return scope.context.repository.entry(posixpath.join(scope.context.directory, path)) is None
    except Refused:
        return False


def _is_reference(expression: Expression) -> bool:
    """Whether Terraform takes this for a template that is written elsewhere (internal/lang/funcs/string.go)."""
    while isinstance(expression, (GetAttr, Index, Splat)):
        expression = expression.source
    return isinstance(expression, Name)


def _arguments(node: Call, scope: Scope, evaluate: Evaluate) -> list[Value] | Unknown:
    arguments = [evaluate(argument, scope) for argument in node.args]
    if not node.expand:
        return arguments
    last = arguments.pop()
    if last.raw is None:
        raise EvaluationError("the expanding argument (indicated by ...) must not be null", node.span)
    if isinstance(last.raw, Unknown):
        return last.raw
    if not isinstance(last.type, (ListOf, SetOf, TupleOf)):
        raise EvaluationError("the expanding argument (indicated by ...) must be of a tuple, list, or set type", node.span)
    items = [item for _, item in access.elements(last) or []]
    return [*arguments, *(access.marked_if(item, last.sensitive) for item in items)]


def _try(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """The first argument without an error (https://github.com/hashicorp/hcl/blob/main/ext/tryfunc/tryfunc.go)."""
    if not node.args:
        raise EvaluationError("try(): at least one argument is required", node.span)
    errors = []
    for argument in node.args:
        try:
            value = evaluate(argument, scope)
        except Uncatchable:
            raise
        except EvaluationError as error:
            errors.append(error.message)
            continue
        doubt = first_unknown(value)
        # An unknown may turn into an error later, so that another argument is chosen: nothing of it is certain.
        return value if doubt is None else unknown(doubt.reason)
    raise EvaluationError(f"try(): no expression succeeded: {'; '.join(errors)}", node.span)


def _can(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """Whether the argument has no error."""
    if len(node.args) != 1:
        raise EvaluationError("can(): exactly one argument is required", node.span)
    try:
        value = evaluate(node.args[0], scope)
    except Uncatchable:
        raise
    except EvaluationError:
        return FALSE
    doubt = first_unknown(value)
    return TRUE if doubt is None else unknown(doubt.reason, BOOL)


def _convert(node: Call, scope: Scope, evaluate: Evaluate) -> Value:
    """``convert(value, type)``, since Terraform 1.15."""
    if len(node.args) != 2 or node.expand:
        raise EvaluationError("convert(): a value and a type are required", node.span)
    try:
        kind, defaults = parse_type(node.args[1])
        value = evaluate(node.args[0], scope)
        if isinstance(value.raw, Unknown):
            # As any function that takes no unknowns: nobody asks whether such a value could be converted.
            return Value(without_optional(kind), Unknown(value.raw.reason), value.sensitive)
        result = unmarked_deep(value)
        result = convert_value(result if defaults is None or result.raw is None else apply_defaults(result, defaults), kind)
        # As a function that knows no marks, it passes the mark of any part on to its whole result.
        return access.marked_if(result, any_sensitive(value))
    except (TypeExprError, ConvertError) as error:
        raise EvaluationError(f"convert(): {error}", node.span) from error


_SPECIAL: Final = {"try": _try, "can": _can, "convert": _convert}
"""Functions that see their arguments before these are evaluated."""
