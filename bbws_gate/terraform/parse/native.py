"""Terraform's native syntax."""

from __future__ import annotations

from bbws_gate.terraform.parse.direct import Unread, read_body
from bbws_gate.terraform.parse.source import ParsedFile, ParseError, check_text, without_bom


def parse_native(text: bytes, path: str) -> ParsedFile:
    """One ``.tf`` or ``.tfvars`` file; ``body`` is None when it cannot be read. Raises nothing."""
    try:
        check_text(text, path)
    except ParseError as error:
        return ParsedFile(None, (error.problem,))
    try:
        return ParsedFile(read_body(path, text.decode("latin-1"), without_bom(text)), ())
    except (Unread, ParseError):
        # Imported here, because most runs need no tables.
        from bbws_gate.terraform.parse.derive import parse_by_tables

        return parse_by_tables(text, path)
