"""The functions of Terraform's language, as of Terraform 1.15.

In: the name of a function and its arguments. Out: its value, an unknown with the reason where only running Terraform can tell, or
:class:`FunctionError` in Terraform's words. ``try`` and ``can``, which see errors, and ``convert``, which takes a type, are the
evaluator's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bbws_gate.terraform.cty.values import Value, unknown
from bbws_gate.terraform.functions.base import Context, FileRefused, Function, FunctionError
from bbws_gate.terraform.functions.calling import invoke
from bbws_gate.terraform.functions.library import Library

__all__ = ["FUNCTIONS", "Context", "FileRefused", "Function", "FunctionError", "call"]

FUNCTIONS: Mapping[str, Function] = Library()

_CORE = "core::"
_PROVIDERS = "provider::"
_OWN_PROVIDER = "provider::terraform::"


def call(name: str, args: Sequence[Value], context: Context) -> Value:
    """The value of ``name(args...)``.

    Raises:
        FunctionError: Terraform refuses the call, or knows no such function.
        FileRefused: it would read a file that is not read here.
    """
    function = FUNCTIONS.get(name.removeprefix(_CORE))
    if function is not None:
        return invoke(function, name, args, context)
    if name.startswith(_PROVIDERS) and not name.startswith(_OWN_PROVIDER):
        return unknown(f"provider-defined function {name} runs only in Terraform")
    raise _no_such_function(name)


def _no_such_function(name: str) -> FunctionError:
    from bbws_gate.terraform.functions.suggestion import nearest

    summary = "Call to unknown function"
    namespace, separator, bare = name.rpartition("::")
    if not separator:
        guess = nearest(name, [known for known in FUNCTIONS if "::" not in known])
        hint = f' Did you mean "{guess}"?' if guess else ""
        return FunctionError(f'There is no function named "{name}".{hint}', None, summary)
    if name.startswith(_OWN_PROVIDER):
        return FunctionError(f'The function "{bare}" is not available from the provider "terraform".', None, "Unknown provider function")
    message = f'The function namespace "{namespace}" is not valid. Provider function calls must use the "provider::" namespace prefix.'
    return FunctionError(message, None, "Unknown provider function")
