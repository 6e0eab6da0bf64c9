"""What to say when no rule of the grammar takes a token."""

from __future__ import annotations

from bbws_gate.model import Place
from bbws_gate.terraform.parse.driver import Unexpected
from bbws_gate.terraform.parse.grammar import Grammar
from bbws_gate.terraform.parse.source import ParseError
from bbws_gate.terraform.parse.tokens import CHARS, END, KEYWORDS, NAME, NEWLINE, NUMBER, QUOTE, STRING, TERMINALS, Tokens

_SHOWN = {
    "$END": "the end of the file",
    "NAME": "a name",
    "STRING": "a string",
    "ATTRIBUTE": "'.'",
    "NL_OR_COMMENT": "a new line",
    "INT_LITERAL": "a number",
    "DBLQUOTE": "a string",
    "STRING_CHARS": "text",
    "EQ": "'='",
    "COMMA": "','",
    "COLON": "':'",
    "LBRACE": "'{'",
    "RBRACE": "'}'",
    "RPAR": "')'",
    "RSQB": "']'",
    "IN": "'in'",
    "FOR_OBJECT_ARROW": "'=>'",
    "LPAR": "'('",
}
_LONGEST = 40


def unexpected(grammar: Grammar, tokens: Tokens, error: Unexpected) -> ParseError:
    """One line: what was found, and what could have been there."""
    index = error.index
    line = tokens.lines[index]
    found = _found(tokens, index)
    start = tokens.starts[index]
    if "<<" in tokens.text[max(start - 1, 0) : start + 2] and found == "'<'":
        return ParseError(
            "'<<' begins a heredoc only with a marker right after it and nothing else on the line", Place(tokens.path, line, line)
        )
    return ParseError(f"found {found} where {_expected(grammar, error.state)} should be", Place(tokens.path, line, line))


def _found(tokens: Tokens, index: int) -> str:
    kind = tokens.kinds[index]
    if kind in (END, NEWLINE):
        return "the end of the file" if kind == END else "the end of the line"
    if kind in (STRING, QUOTE, CHARS):
        return "a string"
    text = tokens.source(index)
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "...")


def _expected(grammar: Grammar, state: int) -> str:
    kinds = set(grammar.rows[state])
    shown = []
    if NUMBER in kinds and STRING in kinds:
        shown = ["an expression"]
        kinds = {kind for kind in kinds if TERMINALS[kind] in ("RBRACE", "RPAR", "RSQB")}
    elif NAME in kinds:
        kinds -= set(KEYWORDS.values())
    shown += sorted({_SHOWN[TERMINALS[kind]] for kind in kinds if TERMINALS[kind] in _SHOWN})
    return " or ".join(shown) if len(shown) <= 5 else "something else"
