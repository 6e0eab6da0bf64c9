"""Finds the root modules of a repository: folders that Terraform is started in.

A root configures a provider, a backend or a version and is no module of another folder
(https://developer.hashicorp.com/terraform/language/modules#the-root-module). Only a draft depends on this guess, and its author sees it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

from bbws_gate.deferred import NamedTuple, regex
from bbws_gate.draft.environments import mentions
from bbws_gate.errors import UsageError
from bbws_gate.repository import Refused, Repository

MAX_LISTED = 20
MAX_LOOKED_AT = 2_000
_ROOT_SIGN = regex(
    rb'^[ \t]*(?:(?:provider|backend)[ \t]+"[^"\n]*"[ \t]*\{|required_version[ \t]*=|cloud[ \t]*\{)'
    rb'|"(?:provider|backend|required_version)"[ \t]*:',
    re.MULTILINE,
)
_BACKEND = regex(rb'^[ \t]*(?:backend[ \t]+"|cloud[ \t]*\{)|"backend"[ \t]*:', re.MULTILINE)
_LOCAL_SOURCE = regex(rb'\bsource"?[ \t]*[=:][ \t]*"(\.\.?/[^"\n]{0,300})"')
_ASIDE = frozenset({"modules", "module", "examples", "example", "test", "tests", "testing", "fixtures", "templates", "bootstrap"})


class _Folder(NamedTuple):
    """What a folder with Terraform files shows at a glance."""

    path: str
    is_configured: bool
    has_backend: bool
    calls: frozenset[str]
    """Folders that it uses as modules."""


def choose_root(repository: Repository, files: Iterable[str], environments: Iterable[str]) -> str | None:
    """The folder of the root module; None when there is no Terraform.

    Args:
        repository: where files are read from.
        files: every file of the repository.
        environments: names that the caller asked for; folders named after one of them are preferred.

    Raises:
        UsageError: several folders may be meant; the message lists them.
    """
    paths = sorted(files)
    folders = _folders(repository, paths)
    if not folders:
        return None
    called = {module for folder in folders for module in folder.calls}
    free = [folder for folder in folders if folder.path not in called] or folders
    candidates = [folder for folder in free if folder.is_configured] or _topmost(free)
    inputs = [path for path in paths if path.endswith((".tfvars", ".tfvars.json"))]
    known = {folder.path for folder in candidates}
    owners = {_owner(path, known) for path in inputs}
    wanted = tuple(environments)
    preferences: tuple[Callable[[_Folder], bool], ...] = (
        lambda folder: not _ASIDE & set(folder.path.split("/")),
        lambda folder: any(mentions(folder.path, environment) for environment in wanted),
        lambda folder: folder.path in owners,
        lambda folder: folder.has_backend,
    )
    for prefers in preferences:
        candidates = [folder for folder in candidates if prefers(folder)] or candidates
    if len(candidates) > 1:
        listed = ", ".join(folder.path or "." for folder in candidates[:MAX_LISTED])
        more = f" and {len(candidates) - MAX_LISTED} more" if len(candidates) > MAX_LISTED else ""
        raise UsageError(f"several Terraform roots: {listed}{more}", mend="name one with --root")
    return candidates[0].path


def _folders(repository: Repository, paths: list[str]) -> list[_Folder]:
    found: dict[str, list[bytes]] = {}
    for path in [path for path in paths if path.endswith((".tf", ".tf.json")) and not _is_hidden(path)][:MAX_LOOKED_AT]:
        try:
            found.setdefault(posixpath.dirname(path), []).append(repository.read(path))
        except Refused:
            found.setdefault(posixpath.dirname(path), [])
    return [_folder(path, texts) for path, texts in sorted(found.items())]


def _folder(path: str, texts: list[bytes]) -> _Folder:
    sources = [match.decode("utf-8", "replace") for text in texts for match in _LOCAL_SOURCE.findall(text)]
    return _Folder(
        path,
        is_configured=any(_ROOT_SIGN.search(text) for text in texts),
        has_backend=any(_BACKEND.search(text) for text in texts),
        calls=frozenset(posixpath.normpath(posixpath.join(path, source)).removeprefix("./") for source in sources) - {path},
    )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/")[:-1])


def _topmost(folders: list[_Folder]) -> list[_Folder]:
    paths = {folder.path for folder in folders}
    return [folder for folder in folders if not any(above in paths for above in _above(folder.path))]


def _above(path: str) -> list[str]:
    parts = path.split("/") if path else []
    return ["/".join(parts[:length]) for length in range(len(parts))]


def _owner(path: str, roots: set[str]) -> str | None:
    """The root that an input file belongs to: the nearest one above it."""
    folder = posixpath.dirname(path)
    return next((above for above in [folder, *reversed(_above(folder))] if above in roots), None)
