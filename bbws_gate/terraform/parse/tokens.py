"""The kinds of token that the scanner hands to the grammar's tables, and the record of all tokens of one text."""

from __future__ import annotations

from typing import Final

TERMINALS: Final = (
    "$END",
    "NAME",
    "STRING",
    "ATTRIBUTE",
    "NL_OR_COMMENT",
    "EQ",
    "COMMA",
    "COLON",
    "DOT",
    "LBRACE",
    "RBRACE",
    "LPAR",
    "RPAR",
    "LSQB",
    "RSQB",
    "INT_LITERAL",
    "DBLQUOTE",
    "STRING_CHARS",
    "INTERP_START",
    "DIRECTIVE_START",
    "ATTR_SPLAT",
    "FULL_SPLAT_START",
    "ELLIPSIS",
    "FOR_OBJECT_ARROW",
    "QMARK",
    "NOT",
    "MINUS",
    "PLUS",
    "ASTERISK",
    "SLASH",
    "PERCENT",
    "LT",
    "GT",
    "LEQ",
    "GEQ",
    "DOUBLE_EQ",
    "NEQ",
    "DOUBLE_AMP",
    "DOUBLE_PIPE",
    "TRUE",
    "FALSE",
    "NULL",
    "IF",
    "IN",
    "FOR",
    "FOR_EACH",
    "ELSE",
    "ENDIF",
    "ENDFOR",
)
"""python-hcl2's names of terminals, and two more (see :mod:`~bbws_gate.terraform.parse.freeze`); a kind of token is an index here."""

END: Final = 0
NAME: Final = 1
STRING: Final = 2
ATTRIBUTE: Final = 3
NEWLINE: Final = 4
EQ: Final = 5
COMMA: Final = 6
COLON: Final = 7
DOT: Final = 8
LBRACE: Final = 9
RBRACE: Final = 10
LPAR: Final = 11
RPAR: Final = 12
LSQB: Final = 13
RSQB: Final = 14
NUMBER: Final = 15
QUOTE: Final = 16
"""Opens or closes a template: a quotation mark, a heredoc's introducer or marker, or nothing at all around a bare template."""
CHARS: Final = 17
INTERPOLATION: Final = 18
DIRECTIVE: Final = 19
ATTR_SPLAT: Final = 20
FULL_SPLAT: Final = 21
NOT: Final = 25
MINUS: Final = 26
TIMES: Final = 28

KEYWORDS: Final = {name.lower(): kind for kind, name in enumerate(TERMINALS) if kind >= TERMINALS.index("TRUE")}
"""Words that mean something in some places only; everywhere else the tables take them as names."""

OPERATORS: Final = {
    text: TERMINALS.index(name)
    for text, name in (
        ("=", "EQ"),
        (",", "COMMA"),
        (":", "COLON"),
        (".", "DOT"),
        ("...", "ELLIPSIS"),
        ("=>", "FOR_OBJECT_ARROW"),
        ("?", "QMARK"),
        ("+", "PLUS"),
        ("/", "SLASH"),
        ("%", "PERCENT"),
        ("<", "LT"),
        (">", "GT"),
        ("<=", "LEQ"),
        (">=", "GEQ"),
        ("==", "DOUBLE_EQ"),
        ("!=", "NEQ"),
        ("&&", "DOUBLE_AMP"),
        ("||", "DOUBLE_PIPE"),
    )
}

ENDS_TERM: Final = frozenset({NAME, STRING, ATTRIBUTE, RBRACE, RPAR, RSQB, NUMBER, QUOTE, ATTR_SPLAT, FULL_SPLAT, *KEYWORDS.values()}) - {
    KEYWORDS[word] for word in ("if", "in", "for")
}
"""A minus after one of these subtracts; after anything else it negates."""


class Tokens:
    """All tokens of one text, in parallel lists, because a large root module has half a million of them.

    ``text`` holds one character per byte of the file (Latin-1), so that positions are byte offsets; :meth:`decoded` gives real text.
    """

    __slots__ = ("ends", "has_runs", "kinds", "last_lines", "lines", "path", "payloads", "starts", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.kinds: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lines: list[int] = []
        self.payloads: dict[int, str] = {}
        """What a token stands for where that is not its text: a decoded string, a full function name, a run of unary operators."""
        self.has_runs = False
        """Whether one token stands for several unary operators."""
        self.last_lines: dict[int, int] = {}
        """The last line of tokens on more than one: heredocs without sequences."""

    def add(self, kind: int, start: int, end: int, line: int) -> None:
        """Append one token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.lines.append(line)

    def source(self, index: int) -> str:
        """What stands in the file for one token."""
        return decoded(self.text[self.starts[index] : self.ends[index]])


def decoded(latin: str) -> str:
    """Real text from one character per byte."""
    return latin if latin.isascii() else latin.encode("latin-1").decode("utf-8")
