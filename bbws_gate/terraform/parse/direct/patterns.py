"""What the direct reader matches, over text of one character per byte.

Names are ASCII here, and a carriage return always has its line feed. Each pattern takes the blanks before it along, so that a token costs
one match. Those that exist twice take only blanks in the first form, for where a newline ends an expression, and newlines and comments too
in the second.
"""

from __future__ import annotations

import re
from typing import Final

from bbws_gate.deferred import regex

_WORD: Final = r"[A-Za-z_][0-9A-Za-z_-]*+"
_DOTTED: Final = rf"{_WORD}(?>(?:\.{_WORD})*)"
_CHARS: Final = r'[^"\\$%\r\n]*+'
_BLANK: Final = r"[ \t]*+"
_LINE_COMMENT: Final = r"(?:\#|//)[^\n]*+"
_COMMENT: Final = rf"{_LINE_COMMENT}|/\*(?>(?:[^*]++|\*(?!/))*)\*/"
_ANYWHERE: Final = rf"[ \t\r\n]*+(?:(?=[#/])(?>(?:(?:{_COMMENT})[ \t\r\n]*+)*))?"
_LINE_END: Final = rf"[ \t\r]*+(?:{_LINE_COMMENT})?(?:\n|\Z)"
_WORD_END: Final = r"(?![0-9A-Za-z_\x80-\xff-])"
_ASSIGN: Final = rf"{_BLANK}(?:=(?![=>])|:(?!:)){_BLANK}"

ITEM: Final = regex(
    rf"""{_ANYWHERE}(?:
      ({_WORD}){_BLANK}(?:
        =(?![=>]){_BLANK}(?:(?:"({_CHARS})"|([0-9]++)|({_DOTTED})){_LINE_END}|())
      | ((?>(?:(?:"{_CHARS}"|{_WORD}){_BLANK})*))\{{(?:{_LINE_END}()|())
      )
    | (\}}){_LINE_END}
    | (\Z)
    )""",
    re.VERBOSE,
)
"""An item of a body up to the end of its line, the start of one, or what ends the body."""
I_NAME, I_STRING, I_NUMBER, I_DOTTED, I_EXPRESSION, I_LABELS, I_BLOCK, I_INLINE, I_CLOSE, I_END = range(1, 11)

ANYWHERE: Final = regex(_ANYWHERE)
LINE_END: Final = regex(_LINE_END)
LABEL: Final = regex(rf'"({_CHARS})"|({_WORD})')
INLINE: Final = regex(rf"{_BLANK}(?:({_WORD}){_BLANK}=(?![=>])|(\}}){_LINE_END})")
INLINE_END: Final = regex(rf"{_BLANK}(\}}){_LINE_END}")

FIELD: Final = regex(
    rf"""{_ANYWHERE}(?:
      (?:({_WORD})|"({_CHARS})"){_ASSIGN}(?:
        (?:"({_CHARS})"|([0-9]++)|({_DOTTED}))[ \t\r]*+(?:,|(?:{_LINE_COMMENT})?\n()|(?=\}}))
      | ()
      )
    | (\}})
    )""",
    re.VERBOSE,
)
"""An item of an object up to what separates it from the next, the start of one, or the brace that ends the object."""
F_WORD, F_QUOTED, F_STRING, F_NUMBER, F_DOTTED, F_NEWLINE, F_EXPRESSION, F_CLOSE = range(1, 9)
ASSIGN: Final = regex(_ASSIGN)
SEPARATOR: Final = regex(rf"[ \t\r]*+(?:,|(?:{_LINE_COMMENT})?\n()|(?=\}}))")

_OPERAND: Final = rf"""(?:
      ({_WORD}){_BLANK}\(
    | ({_DOTTED})
    | "({_CHARS})"
    | ([0-9]++(?:\.[0-9]++)?)(?!\.*+[0-9eE])
    | (")
    | (\[)
    | (\{{)
    | (\()
    | ([-!])
    | (<<-?{_WORD}\r?\n)
    )"""
O_CALL, O_DOTTED, O_STRING, O_NUMBER, O_QUOTE, O_TUPLE, O_OBJECT, O_PARENTHESIS, O_UNARY, O_HEREDOC = range(1, 11)
_AFTER: Final = rf"""(?:
      (\|\||&&|==|!=|<=|>=|[+*%>-]|/(?![/*])|<(?!<))
    | (\?)
    | (\.[ \t]*+{_WORD})
    | (\[)
    | (\.[0-9]++)(?!\.*+[0-9eE])
    | (\.\*)
    )"""
A_OPERATOR, A_CONDITIONAL, A_ATTRIBUTE, A_INDEX, A_LEGACY, A_SPLAT = range(1, 7)

OPERAND: Final = tuple(regex(before + _OPERAND, re.VERBOSE) for before in (_BLANK, _ANYWHERE))
"""What an expression begins with."""
AFTER: Final = tuple(regex(before + _AFTER, re.VERBOSE) for before in (_BLANK, _ANYWHERE))
"""What goes on with an expression after an operand."""
FULL_SPLAT: Final = tuple(regex(rf"\[{before}\*{before}\]") for before in (_BLANK, _ANYWHERE))
COLON: Final = tuple(regex(rf"{before}:(?!:)") for before in (_BLANK, _ANYWHERE))

ELEMENT: Final = regex(rf'{_ANYWHERE}(?:"({_CHARS})"|([0-9]++)|({_DOTTED})){_ANYWHERE}(?:,()|(?=[)\]]))')
"""A simple element of a tuple or list of arguments, with the comma after it."""
E_STRING, E_NUMBER, E_DOTTED, E_COMMA = range(1, 5)
INTERPOLATION: Final = regex(rf"\$\{{{_BLANK}({_DOTTED}){_BLANK}\}}")
MARK: Final = regex(rf"{_ANYWHERE}(\.\.\.|=>|:(?!:)|[,)\]}}])")
"""What stands between and after expressions where newlines mean nothing."""
FOR: Final = regex(rf"{_ANYWHERE}for{_WORD_END}(?:{_ANYWHERE}({_WORD})(?:{_ANYWHERE},{_ANYWHERE}({_WORD}))?{_ANYWHERE}in{_WORD_END})?")
"""``for key, value in`` after a bracket; without names when it does not go on like this."""
IF: Final = regex(rf"{_ANYWHERE}if{_WORD_END}")
