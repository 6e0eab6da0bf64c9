"""The code that was made of the bundled templates ahead of time: ordinary modules of this package, in ``compiled``.

They are as trustworthy as any other file of the package, and Python keeps their bytecode where it keeps that of all others; nothing is read
from a folder that anybody else could fill. Each belongs to one text of its template and one release of Jinja: where either is another, the
template is compiled anew.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.abc import InspectLoader
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

import jinja2

from bbws_gate.render import compiled

FOLDER = Path(compiled.__file__).parent


def digest(source: str) -> str:
    """What a template's code depends on: its text, and the Jinja that reads it."""
    return sha256(f"{jinja2.__version__}\n{source}".encode()).hexdigest()


def module(template: str) -> str:
    """The name of a template's module: ``page_html`` for ``page.html.j2``."""
    return template.removesuffix(".j2").replace(".", "_")


def code(template: str, source: str) -> CodeType | None:
    """The code of a template whose text is ``source``; None where there is none of that very text."""
    if compiled.DIGESTS.get(template) != digest(source):
        return None
    name = f"{compiled.__name__}.{module(template)}"
    spec = find_spec(name)
    return spec.loader.get_code(name) if spec is not None and isinstance(spec.loader, InspectLoader) else None


def files() -> dict[str, str]:
    """The modules' paths, and the templates that they were made of: errors in them are told at the template's line."""
    return {str(FOLDER / f"{module(name)}.py"): name for name in compiled.DIGESTS}
