"""Addresses as Terraform writes and sorts them."""

from __future__ import annotations

import json
from typing import TypeAlias

Key: TypeAlias = "str | int | None"

SortKey: TypeAlias = tuple[tuple[int, int, str], ...]


def keyed(address: str, key: Key) -> str:
    """``address["k"]``, ``address[0]`` or ``address``."""
    if key is None:
        return address
    return f"{address}[{key}]" if isinstance(key, int) else f"{address}[{quoted(key)}]"


def quoted(text: str) -> str:
    """A string as Terraform's addresses quote it."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def joined(module: str, rest: str) -> str:
    """``module.a.rest``"""
    return f"{module}.{rest}" if module else rest


def resource_address(mode: str, kind: str, name: str) -> str:
    """``aws_s3_bucket.logs`` or ``data.aws_region.current``."""
    return f"{kind}.{name}" if mode == "managed" else f"{mode}.{kind}.{name}"


def order(key: Key) -> tuple[int, int, str]:
    """Sorts no key before numbers, numbers by size, before strings."""
    if key is None:
        return (0, 0, "")
    return (1, key, "") if isinstance(key, int) else (2, 0, key)
