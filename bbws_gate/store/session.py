"""A store around one run: opened before, filled after."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from bbws_gate.deferred import dataclass, field
from bbws_gate.store.folder import SUFFIX, Folder, Unusable
from bbws_gate.store.pack import MAX_BYTES, opened, sealed
from bbws_gate.store.secret import own_secret
from bbws_gate.terraform.cache import Kept, Tray, using

_NAME_BYTES: Final = 16
_STEPS: Final[tuple[str, ...]] = ("bbws-gate", "trees")


@dataclass(frozen=True, slots=True)
class Store:
    """Where a run finds entries and leaves them."""

    start: Path
    """An existing folder; made if it is the user's own cache folder."""
    steps: tuple[str, ...]
    """Names from there, which are not followed if they are links."""
    private: bool
    """Whether it must belong to the user alone."""
    name: str
    """Of the pack: one for each repository."""
    secret: Callable[[], bytes] = field(repr=False)
    """Asked for when it is needed and not kept: the process that reads hostile files is a copy of this one. Raises Unusable."""
    fill: bool = True
    """Whether new entries are made."""


def of_user(repository: str, environ: Mapping[str, str], *, folder: Path | None = None, fill: bool = True) -> Store:
    """The user's own store.

    Args:
        repository: what tells one repository from another.
        environ: ``XDG_CACHE_HOME``, ``XDG_STATE_HOME``, ``HOME`` (https://specifications.freedesktop.org/basedir-spec/latest/).
        folder: another folder for the packs.
        fill: whether new entries are made.

    Raises:
        Unusable: no home.
    """
    state = _base(environ, "XDG_STATE_HOME", ".local/state")
    if folder is None:
        start, steps = _base(environ, "XDG_CACHE_HOME", ".cache"), _STEPS
    else:
        start, steps = folder.absolute().parent, (folder.absolute().name,)
    return Store(start, steps, True, _pack_name(repository), lambda: own_secret(state), fill)


def in_folder(start: Path, steps: tuple[str, ...], repository: str, secret: bytes) -> Store:
    """A store in a folder that others may write, with a secret that they do not have."""
    return Store(start, steps, False, _pack_name(repository), lambda: secret)


@contextmanager
def with_store(store: Store | None, tell: Callable[[str], None] = lambda _why: None) -> Iterator[None]:
    """Within, Terraform files are looked up there before they are parsed; at the end of what went well, new ones are added.

    Args:
        store: None for a run without.
        tell: is told why a store is left alone.
    """
    if store is None:
        yield
        return
    try:
        entries = _entries(store)
    except Unusable as unusable:
        tell(str(unusable))
        yield
        return
    tray = Tray()
    with using(Kept(entries, tray)):
        yield
    texts = tray.take() if store.fill else []
    if texts:
        with suppress(OSError, Unusable):  # no room, no right: the next run tries again
            from bbws_gate.store import fill

            _add(store, fill.entries_for(texts, seconds=fill.SECONDS))


def _entries(store: Store) -> dict[bytes, bytes]:
    """What is kept; nothing when the pack is not sound: it is then replaced.

    Raises:
        Unusable: the folder or the secret.
    """
    secret = store.secret()
    with _folder(store) as folder:
        try:
            pack = folder.read(store.name, at_most=MAX_BYTES)
            return {} if pack is None else opened(pack, secret)
        except Unusable:
            return {}


def _add(store: Store, made: Mapping[bytes, bytes]) -> None:
    """Put new entries beside those that are there by now.

    Raises:
        OSError, Unusable: it cannot be written.
    """
    if not made:
        return
    known = {key: payload for key, payload in _entries(store).items() if key not in made}
    with _folder(store) as folder:
        folder.write(store.name, sealed({**known, **made}, store.secret()))
        folder.tidy()


def _folder(store: Store) -> Folder:
    if store.private:
        try:
            store.start.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(error.strerror or "cannot be made") from error
    return Folder(store.start, store.steps, private=store.private)


def _pack_name(repository: str) -> str:
    return hashlib.blake2b(os.fsencode(repository), digest_size=_NAME_BYTES).hexdigest() + SUFFIX


def _base(environ: Mapping[str, str], variable: str, below_home: str) -> Path:
    """A base folder; a relative one counts as not set, by the XDG rules."""
    given = environ.get(variable, "")
    if given.startswith("/"):
        return Path(given)
    home = environ.get("HOME", "")
    if not home.startswith("/"):
        raise Unusable("no home folder")
    return Path(home) / below_home
