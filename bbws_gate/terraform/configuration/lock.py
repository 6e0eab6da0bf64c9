"""``.terraform.lock.hcl``: the provider versions that a root is locked to (https://developer.hashicorp.com/terraform/language/files/dependency-lock)."""

from __future__ import annotations

import posixpath

from bbws_gate.repository import Refused, Repository
from bbws_gate.terraform.cache import Syntax, parsed
from bbws_gate.terraform.configuration.files import problem_of
from bbws_gate.terraform.configuration.literal import argument, literal_string
from bbws_gate.terraform.configuration.load import ReadFile
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import LockedProvider

LOCK_FILE = ".terraform.lock.hcl"


def read_lock(repository: Repository, root: str, read_file: ReadFile) -> tuple[dict[str, LockedProvider], list[Problem]]:
    """Locked providers by source address, and what is wrong with the file; nothing when there is none."""
    path = posixpath.join(root, LOCK_FILE)
    try:
        if repository.entry(path) is None:
            return {}, []
        data = read_file(path)
    except Refused as refused:
        return {}, [problem_of(refused)]
    tree = parsed(data, path, Syntax.NATIVE)
    locked: dict[str, LockedProvider] = {}
    for block in () if tree.body is None else tree.body.blocks_of("provider"):
        version = literal_string(argument(block.body, "version"))
        if len(block.labels) == 1 and version is not None:
            constraints = literal_string(argument(block.body, "constraints"))
            locked[block.labels[0]] = LockedProvider(version, constraints, block.header.place)
    return locked, list(tree.problems)
