"""The functions of Terraform's language, as of Terraform 1.15.

In: the name of a function and its arguments. Out: its value, an unknown with the reason where only running Terraform can tell, or
:class:`FunctionError` in Terraform's words. ``try`` and ``can``, which see errors, and ``convert``, which takes a type, are the
evaluator's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from bbws_gate.terraform.cty.values import Value, unknown
from bbws_gate.terraform.functions import (
    cidr,
    conversion,
    csv,
    dates,
    encoding,
    files,
    formatting,
    hashing,
    lookups,
    mappings,
    numeric,
    paths,
    provider,
    regular,
    sensitivity,
    sequences,
    set_operations,
    strings,
    templates,
    yaml,
)
from bbws_gate.terraform.functions.base import Context, FileRefused, Function, FunctionError
from bbws_gate.terraform.functions.calling import invoke
from bbws_gate.terraform.functions.suggestion import nearest

__all__ = ["FUNCTIONS", "Context", "FileRefused", "Function", "FunctionError", "call"]

_FAMILIES = (
    cidr,
    conversion,
    csv,
    dates,
    encoding,
    files,
    formatting,
    hashing,
    lookups,
    mappings,
    numeric,
    paths,
    provider,
    regular,
    sensitivity,
    sequences,
    set_operations,
    strings,
    templates,
    yaml,
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in chain.from_iterable(f.FUNCTIONS for f in _FAMILIES)}

_CORE = "core::"
_PROVIDER = "provider::"


def call(name: str, args: Sequence[Value], context: Context) -> Value:
    """The value of ``name(args...)``.

    Raises:
        FunctionError: Terraform refuses the call, or knows no such function.
        FileRefused: it would read a file that is not read here.
    """
    function = FUNCTIONS.get(name.removeprefix(_CORE))
    if function is not None:
        return invoke(function, name, args, context)
    if name.startswith(_PROVIDER) and not name.startswith(provider.PREFIX):
        return unknown(f"provider-defined function {name} runs only in Terraform")
    raise _no_such_function(name)


def _no_such_function(name: str) -> FunctionError:
    summary = "Call to unknown function"
    namespace, separator, bare = name.rpartition("::")
    if not separator:
        guess = nearest(name, [known for known in FUNCTIONS if "::" not in known])
        hint = f' Did you mean "{guess}"?' if guess else ""
        return FunctionError(f'There is no function named "{name}".{hint}', None, summary)
    if name.startswith(provider.PREFIX):
        return FunctionError(f'The function "{bare}" is not available from the provider "terraform".', None, "Unknown provider function")
    message = f'The function namespace "{namespace}" is not valid. Provider function calls must use the "provider::" namespace prefix.'
    return FunctionError(message, None, "Unknown provider function")
