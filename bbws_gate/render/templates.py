"""The Jinja templates: the bundled ones, or a team's own of the same names.

A template is trusted to lay a page out, not to escape: a value that reaches the page without one of the filters of :mod:`escape` is an
error, never unescaped text. Values are data; nothing in them is ever compiled as a template.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bbws_gate.errors import UsageError
from bbws_gate.render import escape

_PACKAGE = Path(__file__).resolve().parents[1]

FILTERS: dict[str, Callable[..., str]] = {
    "inline": escape.markdown_inline,
    "cell": escape.markdown_cell,
    "code": escape.markdown_code,
    "code_cell": lambda text, limit=0: escape.pipes(escape.markdown_code(text, limit)),
    "block": escape.markdown_block,
    "html": escape.html_inline,
    "text": escape.html_text,
}


def bundled_folder() -> Path:
    """Where the templates stand: inside the installed package, or beside it in a source checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def bundled_names() -> tuple[str, ...]:
    """The names of the bundled templates."""
    return tuple(sorted(path.name for path in bundled_folder().glob("*.j2")))


class Templates:
    """A set of compiled templates."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Load the bundled templates, and instead of some of them a team's own.

        Args:
            own: file name to text; read it from the base branch, so that a pull request cannot rewrite its own verdict.

        Raises:
            UsageError: a name that no bundled template has; the nearest one is named.
        """
        for name in own or {}:
            if name not in bundled_names():
                near = difflib.get_close_matches(name, bundled_names(), n=1, cutoff=0.0)
                raise UsageError("no page is made from a template of that name", where=name, mend=f"did you mean {near[0]}?")
        self._environment = _environment(DictLoader(dict(own or {})))

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The text of one template.

        Raises:
            UsageError: the template is wrong: syntax, an unknown name, a value without a filter.
        """
        try:
            return self._environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            raise UsageError(error.message or "syntax error", where=f"{error.name}:{error.lineno}", mend="correct the template") from error
        except TemplateError as error:
            raise UsageError(error.message or type(error).__name__, where=name, mend="correct the template") from error


@lru_cache(maxsize=1)
def bundled() -> Templates:
    """The bundled templates, compiled once in a process."""
    return Templates()


def _environment(own: DictLoader) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([own, FileSystemLoader(bundled_folder())]),
        undefined=StrictUndefined,
        # Escaping for HTML is not what keeps Markdown safe: it makes macros return what `_filtered` recognises.
        autoescape=True,
        finalize=_filtered,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for name, function in FILTERS.items():
        environment.filters[name] = _safe(function)
    return environment


def _safe(function: Callable[..., str]) -> Callable[..., Markup]:
    def escaped(text: str, *arguments: int | str) -> Markup:
        return Markup(function(text, *arguments))  # noqa: S704 - the functions of `escape` are what makes it safe

    return escaped


def _filtered(value: object) -> object:
    if isinstance(value, (Markup, StrictUndefined)) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TemplateError(f"a {type(value).__name__} reaches the page without a filter: pass it through one of {', '.join(FILTERS)}")
