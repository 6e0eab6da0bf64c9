"""What several commands take from the command line: folders and files that the caller names."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bbws_gate.errors import SourceError, UsageError

if TYPE_CHECKING:
    from bbws_gate.cost.infracost import Report

MAX_BYTES = 50_000_000


def existing_folder(path: Path) -> Path:
    """``path``, when it is a folder.

    Raises:
        SourceError: it is not.
    """
    if not path.is_dir():
        raise SourceError("no such folder", where=str(path), mend="give the folder of a checkout")
    return path


def read_plan(path: Path | None) -> bytes | None:
    """The bytes of a plan file that the caller named, None when none was.

    Raises:
        UsageError: it cannot be read, or is larger than 50 MB.
    """
    return None if path is None else _read(path, mend="give the output of `terraform show -json PLANFILE`")


def read_infracost(path: Path | None) -> Report | None:
    """The Infracost report that the caller named, None when none was.

    Raises:
        UsageError: it cannot be read, is larger than 50 MB, or is no such report.
    """
    if path is None:
        return None
    from bbws_gate.cost.infracost import MEND, read_report

    return read_report(_read(path, mend=MEND), str(path))


def _read(path: Path, *, mend: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # a link may lead to a device without an end
    except OSError as error:
        raise UsageError(error.strerror or "cannot be read", where=str(path), mend=mend) from error
    if len(content) > MAX_BYTES:
        raise UsageError("larger than 50 MB", where=str(path), mend=mend)
    return content


def _named_folder(text: str) -> Path:
    """A folder that has a name: an empty one, such as a variable that is not set, would be the checkout itself."""
    if not text:
        raise argparse.ArgumentTypeError("the folder has no name")
    return Path(text)


def add_cache_options(parser: argparse.ArgumentParser) -> None:
    """The options that :func:`kept_trees` reads."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--cache", type=_named_folder, metavar="DIR", help="keep parsed Terraform files there (default: ~/.cache/bbws-gate/trees)"
    )
    where.add_argument("--no-cache", action="store_true", help="parse every file, and keep nothing for the next run")


@contextmanager
def kept_trees(arguments: argparse.Namespace, folder: Path, *, fill: bool = True) -> Iterator[None]:
    """Within, Terraform files that an earlier run has parsed are not parsed again; at the end, new ones are kept.

    Args:
        arguments: with :func:`add_cache_options`.
        folder: what is read; each repository has entries of its own.
        fill: whether new ones are kept.
    """
    if arguments.no_cache:
        yield
        return
    from bbws_gate.repository import repository_root
    from bbws_gate.store import Unusable, of_user, with_store

    def tell(why: str) -> None:
        if arguments.cache is not None:
            from bbws_gate.render.escape import one_line

            sys.stderr.write(f"bbws-gate: {one_line(str(arguments.cache))}: no cache: {why}\n")

    try:
        store = of_user(str(repository_root(folder)), os.environ, folder=arguments.cache, fill=fill)
    except Unusable as unusable:
        tell(str(unusable))
        store = None
    with with_store(store, tell):
        yield
        sys.stdout.flush()
