"""Files, expressions and templates by python-hcl2's tables."""

from __future__ import annotations

from typing import Any

from bbws_gate.model import Place
from bbws_gate.terraform.parse import driver, grammar
from bbws_gate.terraform.parse.messages import unexpected
from bbws_gate.terraform.parse.scanner import Scanner
from bbws_gate.terraform.parse.source import ParsedFile, ParseError, without_bom
from bbws_gate.terraform.parse.strings import normalised
from bbws_gate.terraform.parse.tokens import Tokens
from bbws_gate.terraform.parse.tree import Tree
from bbws_gate.terraform.syntax import Expression, Literal, Span


def parse_by_tables(text: bytes, path: str) -> ParsedFile:
    """As :func:`~bbws_gate.terraform.parse.native.parse_native`, for text that passed its first look. Raises nothing."""
    try:
        tokens = Scanner(path, text.decode("latin-1"), without_bom(text)).file()
        tree = Tree(tokens)
        items = _run(tokens, tree)
        body = tree.body_of(items, Span(path, 0, len(text), 1, tokens.lines[-1]))
    except ParseError as error:
        return ParsedFile(None, (error.problem,))
    return ParsedFile(body, tuple(tree.problems))


def parse_expression(text: str, path: str, line: int) -> Expression:
    """One expression, as after ``name =`` but with newlines that mean nothing; ``line`` is that of its first character.

    Raises:
        ParseError: for what Terraform refuses.
    """
    encoded = _encoded(text, path, line)
    return _value(Scanner(path, encoded, without_bom(text.encode()), line).expression())


def parse_template(text: str, path: str, line: int) -> Expression:
    """A whole text as a template, without quotation marks or backslash escapes; a string :class:`Literal` when nothing is in it.

    Raises:
        ParseError: for what Terraform refuses.
    """
    encoded = _encoded(text, path, line)
    if "${" not in text and "%{" not in text:
        return Literal(normalised(text.removeprefix("\ufeff")), Span(path, 0, len(encoded), line, line + text.count("\n")))
    return _value(Scanner(path, encoded, without_bom(text.encode()), line).template())


def _encoded(text: str, path: str, line: int) -> str:
    try:
        return text.encode().decode("latin-1")
    except UnicodeEncodeError:
        raise ParseError("a lone surrogate, which is not Unicode text", Place(path, line, line)) from None


def _value(tokens: Tokens) -> Expression:
    value: Expression = _run(tokens, Tree(tokens))[0].value
    return value


def _run(tokens: Tokens, tree: Tree) -> list[Any]:
    tables = grammar.load()
    try:
        items: list[Any] = driver.run(tables, tokens, tree.actions(tables))
    except driver.Unexpected as error:
        raise unexpected(tables, tokens, error) from None
    return items
