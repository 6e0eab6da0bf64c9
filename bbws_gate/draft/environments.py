"""Names of environments in paths and texts, and the files that belong to one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence

from bbws_gate.deferred import regex
from bbws_gate.evidence.matching import USUAL_ENVIRONMENTS

_SAME = (
    frozenset({"dev", "development"}),
    frozenset({"test", "tst"}),
    frozenset({"stage", "staging", "stg"}),
    frozenset({"preprod", "pre", "preproduction"}),
    frozenset({"prod", "prd", "production"}),
)
"""Words for the same environment."""
_USUAL = USUAL_ENVIRONMENTS.union(*_SAME) - {"pre", "test"}
"""What is an environment wherever it stands; ``test`` may as well be a folder of tests."""
_FOLDERS = frozenset({"environments", "environment", "envs", "env", "tfvars", "vars", "variables", "config", "stages"})
_NAME = regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
_GENERIC = frozenset({"terraform", "variables", "vars", "main", "values", "inputs"})
_NO_ENVIRONMENT = _GENERIC | frozenset(
    {"common", "global", "shared", "default", "defaults", "example", "sample", "template", "secrets", "local", "backend"}
)


def words(text: str) -> tuple[str, ...]:
    """The words of a path or name, in lower case."""
    return tuple(word.casefold() for word in re.split(r"[^A-Za-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text)) if word)


def mentions(text: str, environment: str) -> bool:
    """Whether a path or name speaks of an environment, under its own name or another word for it."""
    name = environment.casefold()
    alike = next((group for group in _SAME if name in group), frozenset({name}))
    said = words(text)
    return any(word in said for word in alike) or (len(words(name)) > 1 and name in text.casefold())


def environments_in(paths: Iterable[str], root: str) -> tuple[str, ...]:
    """Environments that the root, or else input files below it, are named after, in the order in which things are promoted."""
    own = next((part for part in reversed(root.split("/")) if part.casefold() in _USUAL), None)
    found = [own] if own is not None else [name for path in sorted(paths) if (name := _environment_of(path, root)) is not None]
    return in_order(found)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Development first, production last, whatever is unknown between them by name."""
    ranks = (
        "dev",
        "development",
        "test",
        "tst",
        "sit",
        "qa",
        "uat",
        "stage",
        "staging",
        "stg",
        "preprod",
        "",
        "prod",
        "prd",
        "production",
        "dr",
    )

    def rank(name: str) -> tuple[int, str]:
        word = name.casefold()
        return (ranks.index(word) if word in ranks else ranks.index(""), name)

    return tuple(sorted(dict.fromkeys(names), key=rank))


def _environment_of(path: str, root: str) -> str | None:
    if not _is_input(path) or not _is_below(path, root):
        return None
    folder, stem = posixpath.dirname(path), _stem(path)
    above = posixpath.basename(folder)
    for name in (stem, stem.rpartition(".")[2], above if stem in _GENERIC else ""):
        if name.casefold() in _USUAL:
            return name
    if above.casefold() in _FOLDERS and _NAME.fullmatch(stem) and stem.casefold() not in _NO_ENVIRONMENT:
        return stem
    return None


def var_files(paths: Iterable[str], root: str, environment: str) -> tuple[str, ...]:
    """The tfvars files that an environment's name points at, best first; relative to the repository root."""
    found = [
        path for path in paths if _is_input(path) and _belongs(path, root) and _names(path, environment) and not _is_read_anyway(path, root)
    ]
    return tuple(sorted(found, key=lambda path: (not _is_below(path, root), not _is_exact(path, environment), path.count("/"), path)))


def own_var_files(paths: Iterable[str], root: str, environment: str) -> tuple[str, ...]:
    """What an environment is given: the best of the files of its name; all of those in the folder of its name, in the order of their names,
    in which Terraform reads files of a folder.
    """
    inputs = [path for path in paths if _is_input(path)]
    best = var_files(inputs, root, environment)[:1]
    folders = {posixpath.dirname(path) for path in best or inputs if _belongs(path, root)}
    own = {folder for folder in folders if mentions(posixpath.basename(folder), environment) and folder != root}
    if len(own) != 1 or (not best and posixpath.basename(posixpath.dirname(next(iter(own)))).casefold() not in _FOLDERS):
        return best
    return tuple(sorted(path for path in inputs if posixpath.dirname(path) in own and not _TO_FILL_IN & set(words(_stem(path)))))


_TO_FILL_IN = frozenset({"example", "sample", "template"})


def backend_files(paths: Iterable[str], root: str, environment: str) -> tuple[str, ...]:
    """The backend configuration files that an environment's name points at, best first."""
    found = [path for path in paths if _is_backend(path) and _belongs(path, root) and mentions(_local(path, root), environment)]
    return tuple(sorted(found, key=lambda path: (not _is_below(path, root), path.count("/"), path)))


def relative(path: str, root: str) -> str:
    """A path as the spec writes it: relative to the Terraform root."""
    return posixpath.relpath(path, root or ".")


def _is_input(path: str) -> bool:
    return path.endswith((".tfvars", ".tfvars.json")) and not _is_backend(path) and not _is_automatic(path)


def _is_automatic(path: str) -> bool:
    return path.endswith((".auto.tfvars", ".auto.tfvars.json"))


def _is_read_anyway(path: str, root: str) -> bool:
    """Whether Terraform reads it without being told (https://developer.hashicorp.com/terraform/language/values/variables)."""
    return posixpath.dirname(path) == root and posixpath.basename(path).removesuffix(".json") == "terraform.tfvars"


def _is_backend(path: str) -> bool:
    if path.endswith(".tfbackend"):
        return True
    return path.endswith((".hcl", ".conf", ".config", ".tfvars")) and "backend" in words(path) and not path.endswith(".lock.hcl")


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".json").removesuffix(".tfvars")


def _names(path: str, environment: str) -> bool:
    stem = _stem(path)
    return mentions(stem, environment) or (
        stem.casefold() in _GENERIC and mentions(posixpath.basename(posixpath.dirname(path)), environment)
    )


def _is_exact(path: str, environment: str) -> bool:
    return _stem(path).casefold() == environment.casefold()


def _is_below(path: str, root: str) -> bool:
    return not root or path.startswith(f"{root}/")


def _belongs(path: str, root: str) -> bool:
    """Below the root, or in a folder of inputs beside it or beside one of the folders above it."""
    if _is_below(path, root):
        return True
    folder: Sequence[str] = posixpath.dirname(path).split("/")
    beside = [part for part in folder if part.casefold() in _FOLDERS]
    if not beside:
        return False
    base = "/".join(folder[: list(folder).index(beside[0])])
    return not base or root.startswith(f"{base}/") or root == base


def _local(path: str, root: str) -> str:
    return path.removeprefix(f"{root}/") if root else path
