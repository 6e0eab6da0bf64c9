"""What the tests of the store share."""

from __future__ import annotations

import pytest

from bbws_gate.store import fill


@pytest.fixture(autouse=True)
def _time_for_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine, too, one run makes all entries: what is tested is what it makes, not how fast."""
    monkeypatch.setattr(fill, "SECONDS", 60.0)
