"""Under which key a text's tree is kept: the text, how it is read, and everything that reads it."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
_TERRAFORM: Final = Path(__file__).resolve().parents[1]
_FOLDERS: Final = ("parse", "parse/direct", "cache")
_FILES: Final = (
    "syntax.py",
    "problem.py",
    *(f"cty/{name}.py" for name in ("numbers", "precision", "shortest", "types", "values")),
    "../repository/base.py",
    "../model/place.py",
)
"""What those folders use of others, relative to this package's parent: a test follows their imports."""


class Syntax(Enum):
    """The ways of reading a file."""

    NATIVE = "native"
    JSON = "json"
    JSON_VALUES = "json values"


def key_of(data: bytes, syntax: Syntax) -> bytes:
    """The key of a text: two texts, or two versions of what reads them, never share one.

    Raises:
        OSError: the parser's own files cannot be read, so that nobody can say which version of it this is.
    """
    digest = hashlib.blake2b(parser_digest(), digest_size=KEY_BYTES, person=b"bbws-gate key")
    digest.update(f"{syntax.value}\n".encode())
    digest.update(data)
    return digest.digest()


@lru_cache(maxsize=1)
def parser_digest() -> bytes:
    """Of the grammar's tables and of the code that makes trees, keeps them, and decides what a number or a letter is.

    Their contents, not a version number: that somebody could forget to raise.
    """
    digest = hashlib.blake2b(digest_size=KEY_BYTES, person=b"bbws-gate parser")
    digest.update(f"{sys.implementation.cache_tag} {unicodedata.unidata_version}\n".encode())
    for path in parser_files():
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_TERRAFORM.parent).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.digest()


def parser_files() -> list[Path]:
    """What :func:`parser_digest` reads, in a fixed order."""
    # Not what lies below: looking through folders of compiled files takes as long as all the rest.
    inside = [path for folder in _FOLDERS for path in (_TERRAFORM / folder).iterdir() if path.suffix in {".py", ".json"}]
    return sorted([*inside, *((_TERRAFORM / name).resolve() for name in _FILES)])
