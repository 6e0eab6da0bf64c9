"""Hashes and identifiers: Terraform's funcs/crypto.go."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Final

from bbws_gate.deferred import regex
from bbws_gate.terraform.cty.types import NUMBER, STRING, Type
from bbws_gate.terraform.cty.values import Value, string, unknown
from bbws_gate.terraform.functions import base64
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.files import path_of, read

_Digest = Callable[[bytes], str]

_NAMESPACES: Final = {"dns": uuid.NAMESPACE_DNS, "url": uuid.NAMESPACE_URL, "oid": uuid.NAMESPACE_OID, "x500": uuid.NAMESPACE_X500}
_UUID: Final = regex(r"(urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", re.IGNORECASE)


def _hexadecimal(algorithm: str) -> _Digest:
    return lambda data: hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def _base64(algorithm: str) -> _Digest:
    return lambda data: base64.encode(hashlib.new(algorithm, data, usedforsecurity=False).digest())


_DIGESTS: Final = {
    "base64sha256": _base64("sha256"),
    "base64sha512": _base64("sha512"),
    "md5": _hexadecimal("md5"),
    "sha1": _hexadecimal("sha1"),
    "sha256": _hexadecimal("sha256"),
    "sha512": _hexadecimal("sha512"),
}


def _of_text(name: str, digest: _Digest) -> Function:
    def implementation(arguments: Arguments, _: Type, _context: Context) -> Value:
        return string(digest(text(arguments[0]).encode()))

    return Function(name, (Parameter("str", STRING),), STRING, implementation)


def _of_file(name: str, digest: _Digest) -> Function:
    def implementation(arguments: Arguments, _: Type, context: Context) -> Value:
        return string(digest(read(context, path_of(arguments[0], context))))

    return Function(name, (Parameter("path", STRING),), STRING, implementation)


def _uuidv5(arguments: Arguments, _: Type, _context: Context) -> Value:
    namespace, name = text(arguments[0]), text(arguments[1])
    return string(str(uuid.uuid5(_namespace(namespace), name)))


def _namespace(written: str) -> uuid.UUID:
    if written in _NAMESPACES:
        return _NAMESPACES[written]
    # Anything may stand where the braces do: Go looks only at the length.
    bare = written[1:-1] if len(written.encode()) == 38 else written
    if not _UUID.fullmatch(bare):
        raise FunctionError(f"uuidv5() doesn't support namespace {written} ({_uuid_fault(written)})")
    return uuid.UUID(bare)


def _uuid_fault(written: str) -> str:
    size = len(written.encode())
    return "invalid UUID format" if size in (32, 36, 38, 45) else f"invalid UUID length: {size}"


def _only_terraform(reason: str) -> Callable[[Arguments, Type, Context], Value]:
    def implementation(_: Arguments, promised: Type, _context: Context) -> Value:
        return unknown(reason, promised)

    return implementation


FUNCTIONS = (
    *(_of_text(name, digest) for name, digest in _DIGESTS.items()),
    *(_of_file(f"file{name}", digest) for name, digest in _DIGESTS.items()),
    Function(
        "bcrypt",
        (Parameter("str", STRING),),
        STRING,
        _only_terraform("bcrypt() salts its result anew at each run"),
        Parameter("cost", NUMBER),
    ),
    Function(
        "rsadecrypt",
        (Parameter("ciphertext", STRING), Parameter("privatekey", STRING)),
        STRING,
        _only_terraform("rsadecrypt() needs a private key, which is not used here"),
    ),
    Function("uuid", (), STRING, _only_terraform("uuid() is different at each run")),
    Function("uuidv5", (Parameter("namespace", STRING), Parameter("name", STRING)), STRING, _uuidv5),
)
