"""Text encodings: Terraform's funcs/encoding.go and cty's stdlib/json.go."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote_plus
from zlib import crc32

from bbws_gate.terraform.cty import json
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.types import DYNAMIC, STRING, Type
from bbws_gate.terraform.cty.values import Unknown, Value, string, unknown
from bbws_gate.terraform.functions import base64
from bbws_gate.terraform.functions.arguments import text, undecided
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter, plain
from bbws_gate.terraform.functions.charsets import Charset, NotComputed, charset
from bbws_gate.terraform.functions.deflate import LONGEST_INPUT, deflate
from bbws_gate.terraform.functions.strings import normal

_GZIP_HEADER: Final = bytes.fromhex("1f8b08000000000000ff")
"""No name, no time, an unknown system."""


def _base64decode(arguments: Arguments, promised: Type, _: Context) -> Value:
    given = arguments[0]
    if isinstance(given.raw, Unknown):
        return Value(promised, given.raw, given.sensitive)
    try:
        decoded = base64.decode(text(given)).decode()
    except base64.CorruptInput as error:
        shown = "(sensitive value)" if given.sensitive else quoted(text(given))
        raise FunctionError(f"failed to decode base64 data {shown}") from error
    except UnicodeDecodeError as error:
        raise FunctionError("the result of decoding the provided string is not valid UTF-8") from error
    return Value(promised, normal(decoded), given.sensitive)


def _base64gzip(arguments: Arguments, promised: Type, context: Context) -> Value:
    data = text(arguments[0]).encode()
    if len(data) > LONGEST_INPUT:
        return unknown(f"base64gzip() of more than {LONGEST_INPUT:,} bytes is not computed here", promised)
    context.spend(1 + len(data))
    trailer = crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    return string(base64.encode(_GZIP_HEADER + deflate(data, context.spend) + trailer))


def _charset(argument: Value) -> Charset:
    found = charset(text(argument))
    if found is None:
        raise FunctionError(f"{quoted(text(argument))} is not a supported IANA encoding name or alias in this Terraform version", 1)
    return found


def _textencodebase64(arguments: Arguments, promised: Type, _: Context) -> Value:
    target = _charset(arguments[1])
    try:
        encoded = target.encode(text(arguments[0]))
    except NotComputed as error:
        return unknown(str(error), promised)
    if encoded is None:
        raise FunctionError(f"the given string contains characters that cannot be represented in {target.name}", 0)
    return string(base64.encode(encoded))


def _textdecodebase64(arguments: Arguments, promised: Type, _: Context) -> Value:
    source = _charset(arguments[1])
    try:
        decoded = source.decode(base64.decode(text(arguments[0])))
    except base64.CorruptInput as error:
        raise FunctionError(f"the given value is has an invalid base64 symbol at offset {error.offset}", 0) from error
    except NotComputed as error:
        return unknown(str(error), promised)
    if decoded is None:
        raise FunctionError(f"the given string contains symbols that are not defined for {source.name}", 0)
    return string(normal(decoded))


def _jsonencode(arguments: Arguments, promised: Type, context: Context) -> Value:
    unclear = undecided(arguments[0], promised)
    if unclear is not None:
        return unclear
    try:
        return Value(promised, normal(json.encode(arguments[0], context.spend)))
    except json.JsonError as error:
        raise FunctionError(str(error)) from error


def _jsondecode(arguments: Arguments, _: Type, context: Context) -> Value:
    document = text(arguments[0])
    context.spend(1 + len(document) // 8)
    try:
        return json.decode(document)
    except json.JsonError as error:
        raise FunctionError(str(error)) from error


_ENCODED = (Parameter("string", STRING), Parameter("encoding", STRING))

FUNCTIONS = (
    Function("base64decode", (Parameter("str", STRING, unknown=True, marked=True),), STRING, _base64decode),
    plain("base64encode", {"str": STRING}, STRING, lambda given: base64.encode(given.encode())),
    Function("base64gzip", (Parameter("str", STRING),), STRING, _base64gzip),
    Function("jsondecode", (Parameter("str", STRING),), DYNAMIC, _jsondecode),
    Function("jsonencode", (Parameter("val", DYNAMIC, null=True, unknown=True, dynamic=True),), STRING, _jsonencode),
    Function("textdecodebase64", (Parameter("source", STRING), Parameter("encoding", STRING)), STRING, _textdecodebase64),
    Function("textencodebase64", _ENCODED, STRING, _textencodebase64),
    plain("urlencode", {"str": STRING}, STRING, lambda given: quote_plus(given, safe="~")),
)
