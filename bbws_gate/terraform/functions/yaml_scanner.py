"""ruamel.yaml's scanner where it differs from libyaml's, which Terraform has.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/scannerc.go: tabs separate tokens and stand within plain text, a block scalar that is
the whole document is indented, a slash is not escaped, anchors are ASCII words, and only YAML 1.1 may be asked for.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.scanner import Scanner, ScannerError

from bbws_gate.deferred import regex

_SPACES = " \t"
_BREAKS = "\r\n"
_ANCHOR = regex(r"[0-9A-Za-z_-]+")
_ENDS = "\0 \t\r\n"


class LibyamlScanner(Scanner):
    """Splits YAML into tokens as libyaml does."""

    ESCAPE_REPLACEMENTS = {name: text for name, text in Scanner.ESCAPE_REPLACEMENTS.items() if name != "/"}  # noqa: RUF012

    @property
    def scanner_processing_version(self) -> tuple[int, int]:
        """The version whose rules for flow collections libyaml has."""
        return 1, 1

    def scan_directive(self) -> Any:
        """Reads ``%YAML`` and ``%TAG``; there are no other directives."""
        token = super().scan_directive()
        if token.name not in ("YAML", "TAG"):
            raise ScannerError("while scanning a directive", token.start_mark, "found unknown directive name", token.start_mark)
        if token.name == "YAML" and tuple(token.value) != (1, 1):
            raise ScannerError("while scanning a directive", token.start_mark, "found incompatible YAML document", token.start_mark)
        return token

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 (the parent's name)
        """Reads the name of an anchor or alias."""
        token = super().scan_anchor(TokenClass)
        if not _ANCHOR.fullmatch(token.value):
            problem = "did not find expected alphabetic or numeric character"
            raise ScannerError("while scanning an anchor", token.start_mark, problem, token.end_mark)
        return token

    def scan_to_next_token(self) -> None:
        """Skips spaces, comments and line ends; tabs wherever no new key may begin."""
        peek, forward = self.reader.peek, self.reader.forward
        if self.reader.column == 0 and peek() == "\ufeff":
            forward()
        while True:
            while peek() == " " or (peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                forward()
            if peek() == "#":
                while peek() not in "\0\r\n":
                    forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: object) -> list[str] | None:
        """What stands between two words of plain text: spaces and tabs, or line ends, folded; None before a document's marker."""
        gap = ""
        breaks: list[str] = []
        while self.reader.peek() in _SPACES + _BREAKS:
            if self.reader.peek() in _BREAKS:
                breaks.append(self.scan_line_break())
                self.allow_simple_key = True
                if self.reader.prefix(3) in ("---", "...") and self.reader.peek(3) in _ENDS:
                    return None
                continue
            if breaks and self.reader.peek() == "\t" and self.reader.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start_mark, problem, self.reader.get_mark())
            if not breaks:
                gap += self.reader.peek()
            self.reader.forward()
        if not breaks:
            return [gap] if gap else []
        return breaks[1:] or [" "]

    def scan_block_scalar(self, style: str, rt: bool | None = False) -> object:
        """Reads a literal or folded block; one that is the document is indented by at least one space."""
        indent = self.indent
        self.indent = max(indent, 0)
        try:
            return super().scan_block_scalar(style, rt)
        finally:
            self.indent = indent

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """Skips blank lines before a block scalar's text; gives them, the widest indentation, and where they end."""
        breaks: list[str] = []
        widest = 0
        end = self.reader.get_mark()
        while self.reader.peek() in " \r\n":
            if self.reader.peek() == " ":
                self.reader.forward()
                widest = max(widest, self.reader.column)
            else:
                breaks.append(self.scan_line_break())
                end = self.reader.get_mark()
        if self.reader.peek() == "\t":
            problem = "found a tab character where an indentation space is expected"
            raise ScannerError("while scanning a block scalar", end, problem, self.reader.get_mark())
        return breaks, widest, end
