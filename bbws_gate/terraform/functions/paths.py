"""Path functions that touch no file: Go's path/filepath, as on Linux (https://pkg.go.dev/path/filepath)."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from bbws_gate.terraform.cty.types import STRING, Type
from bbws_gate.terraform.cty.values import Value, string, unknown
from bbws_gate.terraform.functions.arguments import text
from bbws_gate.terraform.functions.base import Arguments, Context, Function, FunctionError, Parameter


def clean(path: str) -> str:
    """The shortest path that means the same, without looking at files; ``.`` for nothing."""
    # normpath keeps two leading slashes, which POSIX lets mean something of their own.
    return posixpath.normpath(f"/{path.lstrip('/')}" if path.startswith("/") else path or ".")


def _basename(path: str) -> Value:
    stripped = path.rstrip("/")
    if not stripped:
        return string("/" if path else ".")
    return string(posixpath.basename(stripped))


def _dirname(path: str) -> Value:
    return string(clean(path[: path.rfind("/") + 1]))


def _abspath(path: str) -> Value:
    if path.startswith("/"):
        return string(clean(path))
    return unknown("abspath() depends on the folder in which Terraform runs", STRING)


def _pathexpand(path: str) -> Value:
    if not path.startswith("~"):
        return string(path)
    if len(path) > 1 and path[1] != "/":
        raise FunctionError("cannot expand user-specific home dir")
    return unknown("the home folder of whoever runs Terraform", STRING)


def _of_path(name: str, compute: Callable[[str], Value]) -> Function:
    def implementation(arguments: Arguments, _: Type, _context: Context) -> Value:
        return compute(text(arguments[0]))

    return Function(name, (Parameter("path", STRING),), STRING, implementation)


FUNCTIONS = (
    _of_path("abspath", _abspath),
    _of_path("basename", _basename),
    _of_path("dirname", _dirname),
    _of_path("pathexpand", _pathexpand),
)
