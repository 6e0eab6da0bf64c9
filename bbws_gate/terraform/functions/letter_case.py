"""Upper, lower and title case as Go maps them: one character to one character, whatever stands around it.

https://pkg.go.dev/unicode. Python maps some characters to several ("ß" to "SS") and looks at the neighbours of a final sigma.
"""

from __future__ import annotations

_WORD_BREAK_SPACES = frozenset("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(point) for point in range(0x2000, 0x200B)}
SPACES = "".join(sorted(_WORD_BREAK_SPACES))
"""Unicode's White_Space, without the separators U+001C to U+001F that Python also counts."""


def upper(text: str) -> str:
    """``strings.ToUpper``"""
    return text.upper() if text.isascii() else "".join([_upper(character) for character in text])


def _upper(character: str) -> str:
    changed = character.upper()
    # Where the full mapping is longer, the title case is the simple upper case, if there is one.
    return changed if len(changed) == 1 else _title(character)


def lower(text: str) -> str:
    """``strings.ToLower``"""
    return text.lower() if text.isascii() else "".join([character.lower()[0] for character in text])


def _title(character: str) -> str:
    changed = character.title()
    return changed if len(changed) == 1 else character


def title(text: str) -> str:
    """``strings.Title``: the first letter after every separator."""
    letters = []
    previous = " "
    for character in text:
        letters.append(_title(character) if _separates(previous) else character)
        previous = character
    return "".join(letters)


def _separates(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return character in _WORD_BREAK_SPACES
