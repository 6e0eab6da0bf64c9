"""File patterns as ``fileset`` has them (https://github.com/bmatcuk/doublestar/blob/v1.1.5/doublestar.go), over a repository's files.

``*`` and ``?`` match within one name, ``**`` as a whole name any number of folders, ``[a-z]`` and ``[^a-z]`` one character,
``{a,b}`` alternatives, and a backslash takes the next character's meaning away.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Final

from bbws_gate.repository.base import Kind
from bbws_gate.terraform.functions.base import Context, FileRefused

_MAGIC: Final = frozenset("*?[{\\")
_MOST_CHOICES: Final = 64
"""Stars and braces in one name's pattern; each is a choice to try."""


class BadPattern(ValueError):
    """A pattern that is malformed."""

    def __init__(self) -> None:
        super().__init__("syntax error in pattern")


class Glob:
    """One search. A link that the pattern meets stays in ``link``: what lies behind it cannot be told."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.link: str | None = None

    def matches(self, base: str, components: Sequence[str]) -> set[str]:
        """Files below the folder ``base`` that the components match one after the other."""
        plain = 0
        while plain < len(components) and _MAGIC.isdisjoint(components[plain]):
            plain += 1
        folder = posixpath.normpath(posixpath.join(base, *components[:plain]))
        folder = "" if folder == "." else folder
        rest = components[plain:]
        found = self._context.repository.entry(folder) if folder else None
        if found is not None and found.kind in (Kind.SYMLINK, Kind.SUBMODULE):
            self.link = self.link or found.path
            return set()
        if not rest:
            return {folder} if found is not None and found.kind is Kind.FILE else set()
        return self._in_folder(folder, rest)

    def _in_folder(self, folder: str, components: Sequence[str]) -> set[str]:
        matched: set[str] = set()
        entries = self._context.repository.list(folder)
        self._context.spend(1 + len(entries))
        if components[0] == "**":
            last = len(components) == 1
            for entry in entries:
                if entry.kind is Kind.FILE:
                    matched |= {entry.path} if last else set()
                elif entry.kind is Kind.DIRECTORY:
                    matched |= self._in_folder(entry.path, components)
                else:
                    self.link = self.link or entry.path
            components = components[1:]
        if not components:
            return matched
        for entry in entries:
            if not NamePattern(components[0], self._context).matches(posixpath.basename(entry.path)):
                continue
            if len(components) > 1 or entry.kind is not Kind.FILE:
                matched |= self._below(entry.path, entry.kind, components[1:])
            else:
                matched.add(entry.path)
        return matched

    def _below(self, path: str, kind: Kind, components: Sequence[str]) -> set[str]:
        if kind is Kind.DIRECTORY:
            return self.matches(path, components) if components else set()
        if kind is not Kind.FILE:
            self.link = self.link or path
        return set()


class NamePattern:
    """The pattern of one name, with every way of matching tried once."""

    def __init__(self, pattern: str, context: Context) -> None:
        if sum(pattern.count(sign) for sign in "*{,") > _MOST_CHOICES:
            raise FileRefused("a file pattern with this many choices is not tried", None, "HCL006")
        self._pattern = pattern
        self._context = context
        self._tried: dict[tuple[str, str], bool] = {}

    def matches(self, name: str) -> bool:
        """Whether the whole of ``name`` matches.

        Raises:
            BadPattern: the pattern is malformed where the name leads to.
        """
        return self._match(self._pattern, name)

    def _match(self, pattern: str, name: str) -> bool:
        known = self._tried.get((pattern, name))
        if known is None:
            self._context.spend(1)
            known = self._tried[pattern, name] = self._compare(pattern, name)
        return known

    def _compare(self, pattern: str, name: str) -> bool:
        if not pattern or not name:
            return pattern == name or (not name and pattern == "*")
        while pattern and name:
            sign = pattern[0]
            if sign == "*":
                return len(pattern) == 1 or self._after_star(pattern[1:], name)
            if sign == "{":
                return self._alternative(pattern[1:], name)
            if sign == "[":
                matched, pattern = _in_class(pattern[1:], name[0])
            elif sign == "\\":
                if len(pattern) == 1:
                    raise BadPattern
                matched, pattern = pattern[1] == name[0], pattern[2:]
            else:
                matched, pattern = sign in ("?", name[0]), pattern[1:]
            if not matched:
                return False
            name = name[1:]
        return (not pattern and not name) or (not name and pattern == "*") or pattern == "**"

    def _after_star(self, pattern: str, name: str) -> bool:
        for start in range(len(name)):
            try:
                if self._match(pattern, name[start:]):
                    return True
            except BadPattern:
                continue
        return False

    def _alternative(self, pattern: str, name: str) -> bool:
        end = _unescaped(pattern, "}")
        if end < 0:
            raise BadPattern
        return any(self._match(option + pattern[end + 1 :], name) for option in _split(pattern[:end]))


def _unescaped(text: str, sign: str) -> int:
    match = re.search(rf"(?<!\\){re.escape(sign)}", text)
    return -1 if match is None else match.start()


def _split(options: str) -> list[str]:
    return re.split(r"(?<!\\),", options)


def _in_class(pattern: str, character: str) -> tuple[bool, str]:
    """Whether a bracket expression holds the character, and the pattern after it."""
    end = _unescaped(pattern, "]")
    if end <= 0:
        raise BadPattern
    signs = list(pattern[:end])
    inverted = signs[0] == "^"
    rest = signs[inverted:]
    held = False
    while rest:
        low = _bound(rest)
        high = low
        if rest and rest[0] == "-":
            rest.pop(0)
            high = _bound(rest)
        held = held or low <= character <= high
    return held != inverted, pattern[end + 1 :]


def _bound(signs: list[str]) -> str:
    if not signs or signs[0] == "-":
        raise BadPattern
    sign = signs.pop(0)
    if sign != "\\":
        return sign
    if not signs:
        raise BadPattern
    return signs.pop(0)
