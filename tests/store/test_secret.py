"""The secret is the user's own, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bbws_gate.errors import UsageError
from bbws_gate.store import Unusable, given_secret, own_secret


def test_own_secret__is_made_once_and_readable_by_the_user_alone(tmp_path: Path) -> None:
    secret = own_secret(tmp_path / "state")
    file = tmp_path / "state/bbws-gate/cache.secret"
    assert own_secret(tmp_path / "state") == secret == file.read_bytes()
    assert len(secret) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert own_secret(tmp_path / "other") != secret


def test_own_secret__cut_short_is_made_anew(tmp_path: Path) -> None:
    first = own_secret(tmp_path)
    (tmp_path / "bbws-gate/cache.secret").write_bytes(first[:7])
    assert len(own_secret(tmp_path)) == 32


def test_own_secret__that_others_can_write_is_not_used(tmp_path: Path) -> None:
    own_secret(tmp_path)
    (tmp_path / "bbws-gate/cache.secret").chmod(0o622)
    with pytest.raises(Unusable, match="writable by others"):
        own_secret(tmp_path)


def test_own_secret__that_others_can_read_is_not_used(tmp_path: Path) -> None:
    own_secret(tmp_path)
    (tmp_path / "bbws-gate/cache.secret").chmod(0o644)
    with pytest.raises(Unusable, match="readable by others"):
        own_secret(tmp_path)


def test_own_secret__where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unusable):
        own_secret(tmp_path / "file")


def test_given_secret__must_be_hard_to_guess() -> None:
    with pytest.raises(UsageError, match="cache-key has fewer than 32 characters"):
        given_secret("short", "cache-key")
    one, other = given_secret("a" * 32, "cache-key"), given_secret("b" * 32, "cache-key")
    assert len(one) == 32
    assert one != other
