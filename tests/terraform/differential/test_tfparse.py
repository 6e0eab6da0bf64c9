"""AWS resources beside tfparse, which is HashiCorp's evaluation library in another engine: where both know a value, it is the same.

tfparse shows one nested block as an object, gives blocks an ``id`` of its own, and shows nothing or null for what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bbws_gate.terraform.stack import UnknownValue
from tests.terraform.differential.aws import FIXTURES
from tests.terraform.reading import read

pytestmark = pytest.mark.differential


def theirs(files: dict[str, str], folder: Path) -> dict[str, dict[str, Any]]:
    """Managed resources by address."""
    tfparse = pytest.importorskip("tfparse")
    for path, text in files.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_text(text, encoding="utf-8")
    given = [path for path in files if path.endswith(".tfvars")]
    parsed = tfparse.load_from_path(str(folder), vars_paths=given or None)
    return {block["__tfmeta"]["path"]: block for kind in parsed.values() for block in kind if block["__tfmeta"].get("type") == "resource"}


def differing(name: str, ours: object, other: Any) -> Iterator[str]:
    """The parts that are not the same, or that we do not know."""
    if other is None:
        return
    if isinstance(ours, UnknownValue):
        yield f"{name}: {ours.reason}, they say {other!r}"
    elif isinstance(ours, list):
        items = [other] if isinstance(other, dict) else other
        if len(items) != len(ours):
            yield f"{name}: {ours!r}, they say {other!r}"
        for index, (one, item) in enumerate(zip(ours, items, strict=False)):
            yield from differing(f"{name}[{index}]", one, item)
    elif isinstance(ours, dict):
        for key, value in ours.items():
            yield from differing(f"{name}.{key}", value, other.get(key))
    elif isinstance(ours, (int, Decimal)) and not isinstance(ours, bool):
        if float(ours) != float(other):
            yield f"{name}: {ours!r}, they say {other!r}"
    elif ours != other:
        yield f"{name}: {ours!r}, they say {other!r}"


@pytest.mark.parametrize("name", FIXTURES)
def test_resources__are_what_tfparse_makes_of_them(name: str, tmp_path: Path) -> None:
    witness = theirs(FIXTURES[name], tmp_path)
    stack = read({f"tf/{path}": text for path, text in FIXTURES[name].items()})
    assert stack.problems == ()
    managed = {resource.address: dict(resource.attributes) for resource in stack.resources if resource.mode == "managed"}
    assert set(managed) == set(witness)
    assert [part for address, attributes in managed.items() for part in differing(address, attributes, witness[address])] == []
    shown = sum(len([key for key in attributes if witness[address].get(key) is not None]) for address, attributes in managed.items())
    assert shown >= len(managed), "the witness knows nothing, so that nothing was compared"
