"""What the pieces of HCL look like, over text of one character per byte (bytes from 0x80 belong to names until they are checked).

Every repetition is possessive or cannot overlap with what follows, so that no text makes matching slow.
A repeated group is an atomic group ``(?>(?:...)*)`` and never ``(?:...)*+``, which Python before 3.11.5 matches wrongly
(https://github.com/python/cpython/issues/106052).
"""

from __future__ import annotations

import re
from typing import Final

from bbws_gate.deferred import regex

WORD: Final = r"[A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff-]*+"
_BLOCK_COMMENT = r"/\*(?>(?:[^*]++|\*(?!/))*)\*/"
_COMMENT = rf"(?:\#|//)[^\n]*+|{_BLOCK_COMMENT}"
_ON_LINE = rf"(?>(?:[ \t]++|{_BLOCK_COMMENT})*)"
_ANYWHERE = rf"(?>(?:[ \t]++|\r?\n|{_COMMENT})*)"
_LITERAL_MARKS = r"\$\$\{|%%\{|\$(?!\$?\{)|%(?!%?\{)"
"""``$`` and ``%`` that begin no sequence, and the escapes of those that would."""

TOKEN: Final = regex(
    rf"""[ \t]*+(?:
      (?P<name>{WORD})
    | (?P<attribute>\.[ \t]*+{WORD})
    | (?P<operator>==|!=|<=|>=|=>|&&|\|\||\.\.\.|[=,?.+%>]|:(?!:)|/(?![/*])|<(?!<-?{WORD}\r?\n))
    | (?P<string>"[^"\\$%\r\n]*+")
    | (?P<trivia>(?:\r?\n|{_COMMENT}){_ANYWHERE})
    | (?P<unary>-|!)
    | (?P<special><<-?{WORD}\r?\n|::|\*|/\*)
    | (?P<number>[0-9]++(?>(?:\.++[0-9]++|\.*+[eE][+-]?[0-9]++)*))
    | (?P<open>[({{\[])
    | (?P<close>~?\}}|[)\]])
    | (?P<quote>")
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
"""The next token of an expression or body. ``string`` is one without escapes; ``special`` begins like an operator and may not be one."""
T_NAME, T_ATTRIBUTE, T_OPERATOR, T_STRING, T_TRIVIA, T_UNARY, T_SPECIAL, T_NUMBER, T_OPEN, T_CLOSE, T_QUOTE, T_END = range(1, 13)
"""The groups of :data:`TOKEN`, the frequent ones first."""

COMMENTS: Final = regex(rf"{_BLOCK_COMMENT}|(?:\#|//)[^\n]*")
"""Comments without the newline that ends them."""
FOR_AHEAD: Final = regex(rf"{_ANYWHERE}for(?![0-9A-Za-z_\x80-\xff-])")
# Each twice: where newlines count, and where they do not.
SCOPE: Final = tuple(regex(rf"(?>(?:::{blank}{WORD}{blank})+)(?=\()") for blank in (_ON_LINE, _ANYWHERE))
FULL_SPLAT: Final = tuple(regex(rf"\[{blank}\*{blank}\]") for blank in (_ON_LINE, _ANYWHERE))

WHOLE_STRING: Final = regex(r'"(?>(?:[^"\\$%\r\n]++|\\[^\r\n]|[$%](?!\{))*)"')
"""A quoted string without sequences."""
QUOTED_CHARS: Final = regex(rf'(?>(?:[^"\\$%\r\n]++|\\[^\r\n]|{_LITERAL_MARKS})*)')
LINE_CHARS: Final = regex(rf"(?>(?:[^$%\r\n]++|{_LITERAL_MARKS})*)(?:(?<=(?<![$%])[$%])\r(?=\n)|\r?\n)?")
"""One line of a heredoc or bare template. HCL's scanner cuts between CR and LF after a single mark, which strip markers bring to light."""
SEQUENCE: Final = regex(r"[$%]\{~?")
