"""Terraform's function library: every function that a configuration can call, but ``try`` and ``can``, which see unevaluated arguments.

Each family has its module, whose ``FUNCTIONS`` lists what it holds. Facts come from go-cty's stdlib and Terraform's ``internal/lang/funcs``.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Mapping, Sequence

from bbws_gate.terraform.cty.values import Value
from bbws_gate.terraform.functions.base import Context, FileRefused, Function, FunctionError
from bbws_gate.terraform.functions.calling import invoke

__all__ = ["FUNCTIONS", "Context", "FileRefused", "Function", "FunctionError", "call"]

LAZY = ("can", "try")
"""Known names whose arguments are not evaluated first; the evaluator does these."""


def _collect() -> dict[str, Function]:
    found: dict[str, Function] = {}
    for module in pkgutil.iter_modules(__path__):
        functions: tuple[Function, ...] = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FUNCTIONS", ())
        for function in functions:
            if function.name in found:
                raise RuntimeError(f"two functions are called {function.name}")
            found[function.name] = function
    return found


FUNCTIONS: Mapping[str, Function] = _collect()


def call(name: str, arguments: Sequence[Value], context: Context) -> Value:
    """The value of ``name(arguments...)``; unknown, with the reason, when an argument that matters is.

    Raises:
        FunctionError: as Terraform words it: no such function, wrong arguments, or a refusal of the function itself.
    """
    function = FUNCTIONS.get(name.removeprefix("core::"))
    if function is None:
        close = difflib.get_close_matches(name, [*FUNCTIONS, *LAZY], n=1, cutoff=0.7)
        hint = f' Did you mean "{close[0]}"?' if close else ""
        raise FunctionError(f'There is no function named "{name}".{hint}', summary="Call to unknown function")
    return invoke(function, name, arguments, context)
