"""Where a module's files are: a folder of this checkout, a downloaded copy, or somewhere that is not read."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.repository import Refused, Repository
from bbws_gate.repository.base import normalise

MANIFEST = ".terraform/modules/modules.json"
_MANIFEST_ENTRIES = 10_000


class Located(NamedTuple):
    """A module's folder, or why there is none."""

    directory: str | None
    code: str = ""
    why: str = ""


def is_local(source: str) -> bool:
    """Whether a source names a folder relative to the module that calls it."""
    return source.startswith(("./", "../")) or source in {".", ".."}


def locate(source: str, caller: str, key: str, manifest: Mapping[str, tuple[str, str]], repository: Repository) -> Located:
    """The folder of a module that the module in ``caller`` names ``source``; ``key`` is its dotted address in the manifest."""
    if is_local(source):
        return _local(posixpath.join(caller, source), source, repository)
    known = manifest.get(key)
    if known is not None and _is_same(source, known[0]):
        return _local(known[1], source, repository)
    return Located(None, "MOD001", f'its source "{source}" is not in this checkout')


def _local(path: str, source: str, repository: Repository) -> Located:
    try:
        directory = normalise(path)
        entries = repository.list(directory)
    except Refused as refused:
        return Located(None, "MOD002" if refused.code == "FIL001" else refused.code, f'its source "{source}" is {refused.why}')
    if not any(entry.path.endswith((".tf", ".tf.json")) for entry in entries):
        return Located(None, "MOD001", f'its source "{source}" holds no Terraform files in this checkout')
    return Located(directory)


def _is_same(written: str, recorded: str) -> bool:
    """Registry sources are recorded with their host, git ones with a prefix; a stale record names something else."""
    return recorded == written or recorded.endswith((f"/{written}", f"::{written}"))


def read_manifest(root: str, read_file: Callable[[str], bytes], repository: Repository) -> dict[str, tuple[str, str]]:
    """What ``terraform init`` downloaded: source and folder of each module, by dotted address; empty when nothing was."""
    path = posixpath.join(root, MANIFEST)
    if not repository.is_file(path):
        return {}
    try:
        document = json.loads(read_file(path))
        modules = document["Modules"][:_MANIFEST_ENTRIES]
        return {str(entry["Key"]): (str(entry["Source"]), posixpath.join(root, str(entry["Dir"]))) for entry in modules}
    except (Refused, ValueError, KeyError, TypeError, RecursionError):
        return {}
