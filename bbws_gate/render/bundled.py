"""Where the bundled templates run: plain Jinja without a sandbox, for they are our own code, and compiled before anybody runs them.

Text that came from a repository is guarded here exactly as it is in a team's own templates: what reaches a page without one of the filters
of :mod:`escape` is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from bbws_gate.render import precompiled
from bbws_gate.render.sandbox import LAYOUT, furnish

_PACKAGE = Path(__file__).resolve().parents[1]


def bundled_folder() -> Path:
    """Where the templates stand: inside the installed package, or beside it in a source checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def bundled_names() -> tuple[str, ...]:
    """The names of the bundled templates."""
    return tuple(sorted(path.name for path in bundled_folder().glob("*.j2")))


class _Code(CodeGenerator):
    """Python for templates that ask for no attribute they may not have, and whose values have no items of an attribute's name."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """``one.title`` as Python has it; an attribute that is missing is an error, as an undefined value is."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        """A function's call; none that we give to templates wants Jinja's context."""
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What guards a value on its way to the page. One that is escaped last of all need not be asked whether it is."""
        del frame
        if not self._is_escaped(node):
            self.write(finalize.src or "")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        del frame, finalize
        if not self._is_escaped(node):
            self.write(")")

    def _is_escaped(self, node: nodes.Expr) -> bool:
        environment = self.environment
        return isinstance(node, nodes.Filter) and isinstance(environment, BundledEnvironment) and node.name in environment.escaping


class _Loader(FileSystemLoader):
    """The bundled templates' code: as it was compiled before, as long as that was from the very text that stands there now."""

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        source, _, uptodate = self.get_source(environment, name)
        code = precompiled.code(name, source)
        if code is None:
            return super().load(environment, name, globals)
        return environment.template_class.from_code(environment, code, {} if globals is None else globals, uptodate)


class BundledEnvironment(Environment):
    """The environment of the bundled templates; they take what the size of the repository takes."""

    code_generator_class = _Code

    def __init__(self, filters: Mapping[str, Callable[..., Markup]]) -> None:
        """``filters`` are those that escape."""
        self.escaping = frozenset(filters)
        super().__init__(loader=_Loader(bundled_folder()), finalize=_guarded, **LAYOUT)
        furnish(self, filters)


def _guarded(value: object) -> str:
    if type(value) is Markup:
        return value
    if isinstance(value, StrictUndefined) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)  # which an undefined value refuses
    raise TemplateError(f"a {type(value).__name__} reaches the page without a filter")
