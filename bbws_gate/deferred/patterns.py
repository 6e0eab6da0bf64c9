"""Regular expressions that are compiled when first used: compiling one takes longer than a module takes to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as _compile

    regex = _compile
else:
    _METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")

    class regex:  # noqa: N801 - stands for re.compile, and reads like it
        """``re.compile``, when first used. Not for what reads hostile patterns: a mistake in one shows only then."""

        __slots__ = ("_flags", "pattern", *_METHODS)

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self.pattern = text
            self._flags = flags

        def __getattr__(self, name: str) -> object:
            """The first method that is asked for: compile, and keep all of them, so that nothing stands between from then on."""
            compiled = re.compile(self.pattern, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
