"""What HCL takes as a name (https://github.com/hashicorp/hcl/blob/v2.24.0/hclsyntax/scan_tokens.rl, ``Ident``)."""

from __future__ import annotations


def is_identifier(name: str) -> bool:
    """Whether ``name`` is a letter or underscore followed by letters, digits, underscores and dashes, in Unicode's sense (UAX #31)."""
    return not name.startswith("-") and name.replace("-", "_").isidentifier()
