"""From a folder to a :class:`Module`: files are parsed, blocks sorted by what they declare, overrides merged, shapes checked."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar

from bbws_gate.repository import Refused, Repository
from bbws_gate.terraform.cache import Syntax, parsed
from bbws_gate.terraform.configuration.files import ModuleFile, module_files, problem_of
from bbws_gate.terraform.configuration.json_blocks import with_nested_blocks
from bbws_gate.terraform.configuration.literal import argument, literal_string
from bbws_gate.terraform.configuration.module import Module
from bbws_gate.terraform.configuration.override import merged
from bbws_gate.terraform.parse import ParsedFile
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Block, Body, Span

_LABELS: Final = {
    "terraform": 0,
    "provider": 1,
    "variable": 1,
    "locals": 0,
    "output": 1,
    "module": 1,
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "moved": 0,
    "import": 0,
    "removed": 0,
    "check": 1,
    "action": 2,
}
"""Blocks that a module may hold, and how many labels each takes."""
_REQUIRED: Final = {"moved": ("from", "to"), "import": ("to",), "removed": ("from",)}
_MODES: Final = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}

ReadFile: TypeAlias = Callable[[str], bytes]
_Key = TypeVar("_Key")


def load_module(repository: Repository, directory: str, read_file: ReadFile) -> Module:
    """Reads every configuration file of a folder; what is wrong with them is in the module's problems."""
    files, problems = module_files(repository, directory)
    module = Module(directory, problems=problems)
    for file in files:
        body = _parsed(file, module, read_file)
        if body is not None:
            _Declaring(module, file.override).declare(body)
    return module


def _parsed(file: ModuleFile, module: Module, read_file: ReadFile) -> Body | None:
    try:
        data = read_file(file.path)
    except Refused as refused:
        module.problems.append(problem_of(refused))
        return None
    module.files.append(file.path)
    tree = _tree(data, file.path)
    module.problems.extend(tree.problems)
    return tree.body


@lru_cache(maxsize=2_048)
def _tree(data: bytes, path: str) -> ParsedFile:
    """The tree of one file, kept: environments share their code, and so do most files of two commits."""
    return parsed(data, path, Syntax.JSON if path.endswith(".json") else Syntax.NATIVE)


class _Declaring:
    """Adds the blocks of one file to a module."""

    def __init__(self, module: Module, override: bool) -> None:
        self._module = module
        self._override = override

    def declare(self, body: Body) -> None:
        for attribute in body.attributes:
            self._problem("HCL005", f'an argument named "{attribute.name}" is not expected here, outside any block', attribute.span)
        for block in body.blocks:
            if self._is_well_formed(block):
                self._declare(with_nested_blocks(block) if block.span.path.endswith(".json") else block)

    def _is_well_formed(self, block: Block) -> bool:
        labels = _LABELS.get(block.type)
        if labels is None:
            near = get_close_matches(block.type, _LABELS, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            self._problem("HCL005", f'blocks of type "{block.type}" are not expected here{hint}', block.header)
            return False
        if len(block.labels) != labels:
            self._problem("HCL005", f"a {block.type} block takes {labels} label(s), this one has {len(block.labels)}", block.header)
            return False
        for name in _REQUIRED.get(block.type, ()):
            if block.body.attribute(name) is None:
                self._problem("HCL005", f'a {block.type} block needs the argument "{name}"', block.header)
        return True

    def _declare(self, block: Block) -> None:
        kind = block.type
        module = self._module
        if kind == "variable":
            self._variable(block)
        elif kind == "output":
            self._add(module.outputs, block.labels[0], block)
        elif kind == "module":
            self._add(module.calls, block.labels[0], block)
        elif kind in _MODES:
            self._add(module.resources, (_MODES[kind], block.labels[0], block.labels[1]), block)
        elif kind == "provider":
            self._add(module.providers, (block.labels[0], literal_string(argument(block.body, "alias"))), block)
        elif kind == "locals":
            self._locals(block)
        elif kind == "terraform":
            self._terraform(block)
        elif kind in _REQUIRED:
            module.statements.append(block)
        elif kind == "check":
            module.checks.append(block)

    def _variable(self, block: Block) -> None:
        name = block.labels[0]
        known = self._module.variables.get(name)
        if self._override and known is not None:
            self._module.overridden[name] = (*self._module.overridden.get(name, (known,)), block)
        self._add(self._module.variables, name, block)

    def _add(self, declared: dict[_Key, Block], key: _Key, block: Block) -> None:
        known = declared.get(key)
        label = " ".join([block.type, *(f'"{name}"' for name in block.labels)])
        if self._override:
            if known is None and block.type != "provider":
                self._problem("HCL005", f"{label} is not declared in a file that this override file could change", block.header)
                return
            declared[key] = block if known is None else merged(known, block)
        elif known is not None:
            self._problem("HCL003", f"{label} is already declared at {known.header.place}", block.header)
        else:
            declared[key] = block

    def _locals(self, block: Block) -> None:
        for attribute in block.body.attributes:
            known = self._module.locals.get(attribute.name)
            if known is not None and not self._override:
                self._problem("HCL003", f"local.{attribute.name} is already declared at {known.span.place}", attribute.span)
            else:
                self._module.locals[attribute.name] = attribute
        for nested in block.body.blocks:
            self._problem("HCL005", f'a block of type "{nested.type}" is not expected in locals; use = to assign an object', nested.header)

    def _terraform(self, block: Block) -> None:
        module = self._module
        version = block.body.attribute("required_version")
        if version is not None:
            module.required_version = [version] if self._override else [*module.required_version, version]
        for nested in block.body.blocks:
            if nested.type in {"backend", "cloud"}:
                self._backend(nested)
            elif nested.type == "required_providers":
                self._required_providers(nested)

    def _backend(self, block: Block) -> None:
        known = self._module.backend
        if known is not None and not self._override:
            self._problem("HCL003", f"a backend is already configured at {known.header.place}", block.header)
        else:
            self._module.backend = block

    def _required_providers(self, block: Block) -> None:
        known = self._module.required_providers
        for attribute in block.body.attributes:
            if attribute.name in known and not self._override:
                place = known[attribute.name].span.place
                self._problem("HCL003", f"the required provider {attribute.name} is already declared at {place}", attribute.span)
            else:
                known[attribute.name] = attribute

    def _problem(self, code: str, message: str, span: Span) -> None:
        self._module.problems.append(Problem(code, message, span.place))
