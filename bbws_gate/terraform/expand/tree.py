"""The tree of modules under a root: every call is followed to its folder once, before anything is evaluated."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Final, final

from bbws_gate.model import Place
from bbws_gate.repository import Repository
from bbws_gate.terraform.configuration.literal import argument, literal_string
from bbws_gate.terraform.configuration.load import ReadFile, load_module
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.configuration.source import Located, is_local, locate
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Block

_DEEPEST: Final = 32
_MOST: Final = 10_000

ModulePath = tuple[str, ...]
"""Names of the calls from the root to a module."""


@final
class Node:
    """One module call (or the root), whatever its count or for_each."""

    __slots__ = ("address", "call", "children", "module", "parent", "path", "unread")

    def __init__(self, path: ModulePath, module: Module, call: Block | None, parent: Node | None, unread: str = "") -> None:
        self.path = path
        self.address = ".".join([f"module.{name}" for name in path])
        """``module.a.module.b``; empty for the root."""
        self.module = module
        """Empty when its files are not read."""
        self.call = call
        """None for the root."""
        self.parent = parent
        self.unread = unread
        """Why its files are not read; empty when they are."""
        self.children: dict[str, Node] = {}


class TreeBuilder:
    """Follows module calls. Modules are parsed once for each folder."""

    def __init__(self, repository: Repository, root: str, manifest: Mapping[str, tuple[str, str]], read_file: ReadFile) -> None:
        self._repository = repository
        self._root = root
        self._manifest = manifest
        self._read_file = read_file
        self._modules: dict[str, Module] = {}
        self._local: dict[tuple[str, str], Located] = {}
        self.nodes: list[Node] = []
        """Every node, a caller before what it calls."""
        self.problems: list[Problem] = []

    def build(self) -> Node:
        """The root's node, all calls below it followed."""
        root = Node((), self._module(self._root), None, None)
        self.nodes.append(root)
        for node in self.nodes:
            for name, call in node.module.calls.items():
                child = self._follow(node, name, call)
                node.children[name] = child
                self.nodes.append(child)
            if len(self.nodes) > _MOST:
                self._give_up(root)
        return root

    def _give_up(self, root: Node) -> None:
        """Reads no module at all: a part of so large a tree would be taken for the whole."""
        why = f"there are more than {_MOST:,} module calls"
        self.nodes[1:] = [Node(child.path, Module(""), child.call, root, why) for child in root.children.values()]
        root.children = {child.path[0]: child for child in self.nodes[1:]}
        self.problems.append(Problem("EVL004", f"{why}; what depends on modules is unknown", Place(self._root or ".", 0, 0)))

    @property
    def paths(self) -> dict[str, str]:
        """``path.module`` of every module that was read, by its folder: the folder as seen from the root, where Terraform runs."""
        return {directory: posixpath.relpath(f"/{directory}", f"/{self._root}") for directory in self._modules}

    def _module(self, directory: str) -> Module:
        known = self._modules.get(directory)
        if known is None:
            known = self._modules[directory] = load_module(self._repository, directory, self._read_file)
            self.problems.extend(known.problems)
        return known

    def _follow(self, caller: Node, name: str, call: Block) -> Node:
        path = (*caller.path, name)
        located = self._locate(caller, path, call)
        if located.directory is not None:
            return Node(path, self._module(located.directory), call, caller)
        node = Node(path, Module(""), call, caller, located.why)
        attribute = call.body.attribute("source")
        place = (attribute.span if attribute is not None else call.header).place
        self.problems.append(Problem(located.code, f"{node.address}: {located.why}; what depends on it is unknown", place))
        return node

    def _locate(self, caller: Node, path: ModulePath, call: Block) -> Located:
        source = literal_string(argument(call.body, "source"))
        if source is None:
            return Located(None, "MOD001", "it has no literal source")
        found = self._located(source, caller.module.directory, ".".join(path))
        if found.directory is None:
            return found
        circle = _circle(caller, found.directory)
        if circle:
            return Located(None, "MOD002", f"its source runs in a circle: {' -> '.join(circle)}")
        if len(path) > _DEEPEST:
            return Located(None, "EVL004", f"module calls are more than {_DEEPEST} deep")
        return found

    def _located(self, source: str, caller: str, key: str) -> Located:
        """What :func:`locate` finds; where a local folder is does not depend on the call."""
        if not is_local(source):
            return locate(source, caller, key, self._manifest, self._repository)
        known = self._local.get((source, caller))
        if known is None:
            known = self._local[source, caller] = locate(source, caller, key, self._manifest, self._repository)
        return known


def _circle(caller: Node, directory: str) -> list[str]:
    """The folders from where ``directory`` is already being read down to it again; empty when it is not."""
    folders = [directory or "."]
    node: Node | None = caller
    while node is not None:
        folders.append(node.module.directory or ".")
        if node.module.directory == directory:
            return folders[::-1]
        node = node.parent
    return []
