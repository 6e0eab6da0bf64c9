"""Functions that read files: Terraform's funcs/filesystem.go, confined to the repository."""

from __future__ import annotations

import posixpath

from bbws_gate.repository.base import Kind, Refused, normalise
from bbws_gate.terraform.cty.mismatch import quoted
from bbws_gate.terraform.cty.sets import set_of
from bbws_gate.terraform.cty.types import BOOL, STRING, SetOf, Type
from bbws_gate.terraform.cty.values import Unknown, Value, boolean, string, unknown
from bbws_gate.terraform.functions import base64
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, FileRefused, Function, FunctionError, Parameter
from bbws_gate.terraform.functions.glob import BadPattern, Glob
from bbws_gate.terraform.functions.paths import clean
from bbws_gate.terraform.functions.strings import normal

_PATH = Parameter("path", STRING, unknown=True, marked=True)


def path_of(argument: Value, context: Context, position: int = 0) -> str:
    """The place in the repository that a path argument means.

    Raises:
        FileRefused: it is absolute, in a home folder, or leaves the checkout.
    """
    written = text(argument)
    try:
        if written.startswith("~"):
            raise Refused("FIL001", written, "outside the checkout")
        return normalise(posixpath.join(context.directory, written))
    except Refused as error:
        shown = "(sensitive value)" if argument.sensitive else quoted(written)
        raise FileRefused(f"path outside the checkout: {shown}", position, error.code) from error


def read(context: Context, path: str) -> bytes:
    """The bytes of a file.

    Raises:
        FileRefused: it is a link, or too large.
        FunctionError: there is no such file, in the words of Go.
    """
    found = context.repository.entry(path)
    if found is None:
        raise FunctionError(f"open {path}: no such file or directory")
    if found.kind is Kind.DIRECTORY:
        raise FunctionError(f"read {path}: is a directory")
    if found.kind is not Kind.FILE:
        raise FileRefused(f"{path} is a {found.kind.value}, which is not followed", None, "FIL002")
    try:
        return context.read_file(path)
    except Refused as error:
        raise FileRefused(f"{error.path}: {error.why}", None, error.code) from error


def source_of(argument: Value, context: Context) -> bytes:
    """The bytes of the file that a path argument means, with the hint that Terraform gives when there is none."""
    path = path_of(argument, context)
    if context.repository.entry(path) is None:
        shown = "(sensitive value)" if argument.sensitive else quoted(text(argument))
        raise FunctionError(
            f"no file exists at {shown}; this function works only with files that are distributed as part of the configuration source "
            "code, so if this file will be created by a resource in this configuration you must instead obtain this result from an "
            "attribute of that resource",
            0,
        )
    return read(context, path)


def text_of(argument: Value, context: Context) -> str:
    """The text of the file that a path argument means."""
    try:
        return normal(source_of(argument, context).decode())
    except UnicodeDecodeError as error:
        shown = "(sensitive value)" if argument.sensitive else quoted(text(argument))
        raise FunctionError(
            f"contents of {shown} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents or the other "
            "file functions (e.g. filemd5, filesha256) to obtain file hashing results instead"
        ) from error


def _file(arguments: Arguments, promised: Type, context: Context) -> Value:
    path = arguments[0]
    if isinstance(path.raw, Unknown):
        return Value(promised, path.raw, path.sensitive)
    return Value(promised, text_of(path, context), path.sensitive)


def _filebase64(arguments: Arguments, promised: Type, context: Context) -> Value:
    path = arguments[0]
    if isinstance(path.raw, Unknown):
        return Value(promised, path.raw, path.sensitive)
    return Value(promised, base64.encode(source_of(path, context)), path.sensitive)


def _fileexists(arguments: Arguments, promised: Type, context: Context) -> Value:
    path = arguments[0]
    if isinstance(path.raw, Unknown):
        return Value(promised, path.raw, path.sensitive)
    place = path_of(path, context)
    found = context.repository.entry(place)
    if found is not None and found.kind is Kind.DIRECTORY:
        shown = "(sensitive value)" if path.sensitive else quoted(place)
        raise FunctionError(f"{shown} is a directory, not a file", 0)
    if found is not None and found.kind is not Kind.FILE:
        return unknown(f"{place} is a {found.kind.value}, which is not followed", promised)
    result = boolean(found is not None)
    return result.marked() if path.sensitive else result


def _fileset(arguments: Arguments, promised: Type, context: Context) -> Value:
    path, pattern = arguments
    sensitive = path.sensitive or pattern.sensitive
    for argument in arguments:
        if isinstance(argument.raw, Unknown):
            return Value(promised, argument.raw, sensitive)
    start = path_of(path, context)
    joined = clean(posixpath.join(text(path), text(pattern).lstrip("/")))
    # The root module's folder is not part of the pattern, whatever its name is made of.
    parts = joined.split("/")
    above = sum(1 for part in parts if part == "..")
    try:
        base = normalise(posixpath.join(context.directory, *parts[:above]))
        glob = Glob(context)
        found = glob.matches(base, parts[above:])
    except Refused as error:
        raise FileRefused(f"path outside the checkout: {quoted(text(pattern))}", 1, error.code) from error
    except BadPattern as error:
        shown = "(sensitive value)" if sensitive else quoted(joined)
        raise FunctionError(f"failed to glob pattern {shown}: {error}") from error
    if glob.link is not None:
        return Value(promised, Unknown(f"fileset() meets {glob.link}, a link, which is not followed"), sensitive)
    names = [string(normal(posixpath.relpath(f"/{match}", f"/{start}"))) for match in sorted(found)]
    result = set_of(STRING, names)
    return result.marked() if sensitive else result


FUNCTIONS = (
    Function("file", (_PATH,), STRING, _file),
    Function("filebase64", (_PATH,), STRING, _filebase64),
    Function("fileexists", (_PATH,), BOOL, _fileexists),
    Function("fileset", (_PATH, Parameter("pattern", STRING, unknown=True, marked=True)), SetOf(STRING), _fileset),
)
