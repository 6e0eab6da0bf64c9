"""The Jinja templates: the bundled ones, or a team's own of the same names.

A template is trusted to lay a page out, not to escape: a value that reaches the page without one of the filters of :mod:`escape` is an
error, never unescaped text. Values are data; nothing in them is ever compiled as a template.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from traceback import extract_tb

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
)
from markupsafe import Markup

from bbws_gate.errors import UsageError
from bbws_gate.render import escape, precompiled
from bbws_gate.render.bundled import BundledEnvironment, bundled_folder, bundled_names
from bbws_gate.render.sandbox import MAX_OUTPUT, BoundedEnvironment

MEND = "correct the template"

FILTERS: dict[str, Callable[..., str]] = {
    "inline": escape.markdown_inline,
    "cell": escape.markdown_cell,
    "code": escape.markdown_code,
    "code_cell": lambda text, limit=0: escape.pipes(escape.markdown_code(text, limit)),
    "block": escape.markdown_block,
    "html": escape.html_inline,
    "text": escape.html_text,
}


class Templates:
    """A set of compiled templates."""

    def __init__(self, own: Mapping[str, str] | None = None, *, folder: str = "", lenient: bool = False) -> None:
        """Load the bundled templates, and instead of some of them a team's own.

        Args:
            own: file name to text; read it from the base branch, so that a pull request cannot rewrite its own verdict.
            folder: where ``own`` stands, for messages.
            lenient: a wrong template of the team's is told in :attr:`problems` and on the page, which is then made from the bundled one;
                otherwise it raises.

        Raises:
            UsageError: a name that no bundled template has; the nearest one is named. Not when lenient.
        """
        self.problems: list[str] = []
        self._lenient = lenient
        self._folder = folder.rstrip("/") + "/" if folder else ""
        known = {}
        for name, text in (own or {}).items():
            if name in bundled_names():
                known[name] = text
                continue
            near = difflib.get_close_matches(name, bundled_names(), n=1, cutoff=0.0)
            error = UsageError("no page is made from a template of that name", where=self._folder + name, mend=f"did you mean {near[0]}?")
            if not lenient:
                raise error
            self.problems.append(str(error))
        self._own = known
        self._environment = _bounded(FunctionLoader(self._source)) if known else bundled_environment()

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = self._own.get(name)
        return None if text is None else (text, self._folder + name, lambda: True)

    def faults(self, names: Collection[str]) -> tuple[str, ...]:
        """What is wrong with a team's own templates before any page is made from them: syntax, and names that are nowhere.

        Args:
            names: those that pages give their templates. What the bundled template of the same name uses is known as well, and what any
                template assigns itself, which may be used in those that it includes.
        """
        found: list[str] = []
        loaded: dict[str, set[str]] = {}
        assigned = {"m"}  # the macros, which the bundled pages import
        for name, text in self._own.items():
            try:
                tree = self._environment.parse(text, name, self._folder + name)
                bundled_one = self._environment.parse((bundled_folder() / name).read_text(encoding="utf-8"))
                loaded[name] = meta.find_undeclared_variables(tree) - meta.find_undeclared_variables(bundled_one)
                assigned.update(_assigned(tree))
            except TemplateSyntaxError as error:
                where = f"{self._folder}{name}:{error.lineno}"
                found.append(str(UsageError(error.message or "syntax error", where=where, mend=MEND)))
            except (TemplateError, RecursionError) as error:
                found.append(str(UsageError(f"{type(error).__name__}: {error}", where=self._folder + name, mend=MEND)))
        unknown = [(name, each) for name, used in loaded.items() for each in sorted(used - assigned - set(names))]
        found += [str(UsageError(f"'{each}' is no name that a page has", where=self._folder + name, mend=MEND)) for name, each in unknown]
        return tuple(found)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The text of one template.

        Raises:
            UsageError: the template is wrong: syntax, an unknown name, a value without a filter, too much of something. The message names
                file and line.
        """
        try:
            return self._render(name, values)
        except UsageError as error:
            if not self._lenient or not self._own:
                raise
            problem = str(error)
        if problem not in self.problems:
            self.problems.append(problem)
        return bundled().render(name, values) + _told(name, problem)

    def pieces(self, name: str, values: Mapping[str, object]) -> Iterator[str]:
        """The same piece by piece, where no template of a team's own can turn out to be wrong half way."""
        return iter([self.render(name, values)]) if self._own else self._generated(name, values)

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        if not self._own:
            return "".join(self._generated(name, values))
        pieces: list[str] = []
        size = 0
        for piece in self._generated(name, values):
            size += len(piece)
            if size > MAX_OUTPUT:
                raise UsageError(f"a page of more than {MAX_OUTPUT:,} characters", where=self._folder + name, mend=MEND)
            pieces.append(piece)
        return "".join(pieces)

    def _generated(self, name: str, values: Mapping[str, object]) -> Iterator[str]:
        if isinstance(self._environment, BoundedEnvironment):
            self._environment.meter.start()
        try:
            yield from self._environment.get_template(name).generate(values)
        except TemplateSyntaxError as error:
            where = f"{error.filename or error.name}:{error.lineno}"
            raise UsageError(error.message or "syntax error", where=self._short(where), mend=MEND) from error
        except TemplateError as error:
            raise UsageError(error.message or type(error).__name__, where=self._place(error, name), mend=MEND) from error
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, AttributeError) as error:
            raise UsageError(f"{type(error).__name__}: {error}", where=self._place(error, name), mend=MEND) from error

    def _place(self, error: Exception, name: str) -> str:
        """File and line of the innermost template on the way to an error."""
        ours = {self._folder + each: self._folder + each for each in self._own}
        ours |= {str(bundled_folder() / each): each for each in bundled_names()} | precompiled.files()
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename in ours]
        return f"{ours[frames[-1].filename]}:{frames[-1].lineno}" if frames else f"{self._folder if name in self._own else ''}{name}"

    @staticmethod
    def _short(place: str) -> str:
        return place.removeprefix(f"{bundled_folder()}/")


def _assigned(tree: nodes.Template) -> Iterator[str]:
    """Names that a template gives a meaning itself."""
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Name(ctx="store" | "param") | nodes.Macro():
                yield node.name
            case nodes.Import():
                yield node.target
            case nodes.FromImport():
                yield from (each if isinstance(each, str) else each[1] for each in node.names)


def _told(name: str, problem: str) -> str:
    """What the page says of the template that was not used."""
    if name.endswith(".html.j2"):
        return f"<p>A template of this repository was not used: {escape.html_text(problem)}</p>\n"
    return f"\n\n> A template of this repository was not used: {escape.markdown_inline(problem, 600)}\n"


@lru_cache(maxsize=1)
def bundled() -> Templates:
    """The bundled templates, compiled once in a process."""
    return Templates()


def _bounded(own: FunctionLoader) -> BoundedEnvironment:
    return BoundedEnvironment(ChoiceLoader([own, FileSystemLoader(bundled_folder())]), _filters(), _filtered)


def bundled_environment() -> BundledEnvironment:
    """An environment of the bundled templates alone."""
    return BundledEnvironment(_filters())


def _filters() -> dict[str, Callable[..., Markup]]:
    return {name: _safe(function) for name, function in FILTERS.items()}


def _safe(function: Callable[..., str]) -> Callable[..., Markup]:
    # The documents show most texts more than once, and thousands of findings share most of their words.
    @lru_cache(maxsize=1 << 15, typed=True)
    def escaped(text: str, *arguments: int | str) -> Markup:
        return Markup(function(text, *arguments))  # noqa: S704 - the functions of `escape` are what makes it safe

    return escaped


def _filtered(value: object) -> object:
    if isinstance(value, str) and len(value) > MAX_OUTPUT:
        raise TemplateError(f"a text of more than {MAX_OUTPUT:,} characters")
    if isinstance(value, (Markup, StrictUndefined)) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TemplateError(f"a {type(value).__name__} reaches the page without a filter: pass it through one of {', '.join(FILTERS)}")
