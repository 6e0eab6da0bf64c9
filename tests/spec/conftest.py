from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.spec import LoadedSpec, load_spec

SMALL = """\
version: 1
project: orders
environments:
  sit: {account: "111122223333", region: eu-west-1}
  prod: {account: "444455556666", region: af-south-1, promoted_from: sit}
expect:
  tables: {required: [orders]}
roles:
  tech-lead: {users: [octocat]}
"""


def with_small(text: str) -> str:
    """:data:`SMALL` and more top-level keys; a key that is in both is replaced."""
    own = {line.partition(":")[0] for line in text.splitlines() if line and not line.startswith(" ")}
    kept, skipping = [], False
    for line in SMALL.splitlines():
        if not line.startswith(" "):
            skipping = line.partition(":")[0] in own
        if not skipping:
            kept.append(line)
    return "\n".join([*kept, text])


def loaded(text: str) -> LoadedSpec:
    """A small valid spec with more or other top-level keys."""
    return load_spec(with_small(text).encode(), "p.yml")


@pytest.fixture(scope="session")
def documented() -> bytes:
    """The example of the reference documentation."""
    return Path(__file__).with_name("documented.yml").read_bytes()
