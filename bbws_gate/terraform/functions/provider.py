"""Functions of Terraform's own provider: ``provider::terraform::encode_tfvars``, ``decode_tfvars`` and ``encode_expr``.

https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars and its neighbours.
"""

from __future__ import annotations

from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, MapOf, ObjectOf, Type
from bbws_gate.terraform.cty.values import Value, object_of, string, unknown
from bbws_gate.terraform.functions.arguments import entries, text, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.hcl_text import assignment, layout, tokens
from bbws_gate.terraform.functions.identifiers import is_identifier
from bbws_gate.terraform.functions.strings import normal

PREFIX = "provider::terraform::"
_VALUE = Parameter("value", DYNAMIC, unknown=True, dynamic=True)


def _encode_tfvars(arguments: Arguments, promised: Type, context: Context) -> Value:
    given = arguments[0]
    unclear = undecided(given, promised)
    if unclear is not None:
        return unclear
    if not isinstance(given.type, (ObjectOf, MapOf)):
        raise FunctionError("invalid value to encode: must be an object whose attribute names will become the encoded variable names")
    values = entries(given)
    for name in sorted(values):
        if not is_identifier(name):
            raise FunctionError(
                f"invalid variable name {quoted(name)}: must be a valid identifier, per Terraform's rules for input variable declarations"
            )
    return string(normal(layout(token for name in sorted(values) for token in assignment(name, values[name], context.spend))))


def _encode_expr(arguments: Arguments, promised: Type, context: Context) -> Value:
    unclear = undecided(arguments[0], promised)
    return string(normal(layout(tokens(arguments[0], context.spend)))) if unclear is None else unclear


def _decode_tfvars(arguments: Arguments, promised: Type, context: Context) -> Value:
    if context.decode_tfvars is None:
        return unknown("decode_tfvars() cannot be called here", promised)
    try:
        return object_of(dict(context.decode_tfvars(text(arguments[0]))))
    except ValueError as error:
        raise FunctionError(str(error)) from error


FUNCTIONS = (
    Function(f"{PREFIX}decode_tfvars", (Parameter("src", STRING),), DYNAMIC, _decode_tfvars),
    Function(f"{PREFIX}encode_expr", (_VALUE,), STRING, _encode_expr),
    Function(f"{PREFIX}encode_tfvars", (_VALUE,), STRING, _encode_tfvars),
)
