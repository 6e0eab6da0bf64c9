"""``yamldecode`` and ``yamlencode``; their workings are imported when they are called for."""

from __future__ import annotations

from typing import Final

from bbws_gate.terraform.cty.types import DYNAMIC, STRING, Type
from bbws_gate.terraform.cty.values import Value, string, unknown
from bbws_gate.terraform.functions.arguments import text, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, Parameter
from bbws_gate.terraform.functions.strings import normal

_BREAKS_OF_YAML_1_1: Final = ("\x85", "\u2028", "\u2029")


def _yamldecode(arguments: Arguments, _: Type, context: Context) -> Value:
    from bbws_gate.terraform.functions.yaml_decoder import decode

    source = text(arguments[0])
    if any(line_break in source for line_break in _BREAKS_OF_YAML_1_1):
        return unknown("yamldecode() of text with line separators of YAML 1.1 is not computed here")
    # The scanner takes ten microseconds and more for every character.
    context.spend(1 + 4 * len(source))
    return decode(source, context)


def _yamlencode(arguments: Arguments, promised: Type, context: Context) -> Value:
    from bbws_gate.terraform.functions.yaml_encoder import encode

    unclear = undecided(arguments[0], promised)
    return string(normal(encode(arguments[0], context.spend))) if unclear is None else unclear


FUNCTIONS = (
    Function("yamldecode", (Parameter("src", STRING),), DYNAMIC, _yamldecode),
    Function("yamlencode", (Parameter("value", DYNAMIC, null=True, dynamic=True),), STRING, _yamlencode),
)
