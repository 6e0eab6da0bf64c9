"""Where the state lives: the ``backend`` block with the files that ``-backend-config`` names laid over it."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from bbws_gate.deferred import replace
from bbws_gate.model import Place, Step
from bbws_gate.repository import Repository
from bbws_gate.terraform.configuration.inputs import find_file, values_body
from bbws_gate.terraform.configuration.load import ReadFile
from bbws_gate.terraform.evaluate import Scope
from bbws_gate.terraform.expand.content import Content, Expander
from bbws_gate.terraform.expand.guard import Guard
from bbws_gate.terraform.expand.plain_content import plain_content
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.stack import Backend, Path, Trace
from bbws_gate.terraform.syntax import Attribute, Block


def backend_settings(
    repository: Repository, root: str, files: Sequence[str], read_file: ReadFile
) -> tuple[dict[str, Attribute], list[Problem]]:
    """What the files of ``-backend-config`` set together, the last one winning, and what is wrong with them."""
    settings: dict[str, Attribute] = {}
    problems: list[Problem] = []
    for name in files:
        path = find_file(repository, root, name)
        if path is None:
            place = Place(posixpath.join(root, name), 0, 0)
            problems.append(Problem("FIL003", f"the backend configuration file {name} does not exist", place))
            continue
        body = values_body(path, read_file, problems)
        settings.update({attribute.name: attribute for attribute in (() if body is None else body.attributes)})
    return settings, problems


def evaluated_backend(block: Block | None, laid_over: dict[str, Attribute], constants: Scope, guard: Guard) -> Backend | None:
    """The root's backend (or ``cloud``) settings; None when none is written. Only constants may stand there."""
    if block is None:
        return None
    kept = [attribute for attribute in block.body.attributes if attribute.name not in laid_over]
    body = replace(block.body, attributes=(*kept, *laid_over.values()))
    content = Expander(guard, "backend").content(body, constants)
    kind = block.labels[0] if block.labels else block.type
    return Backend(kind, plain_content(content, "backend", guard), block.header.place, _trace(content, block.header.place, set(laid_over)))


def _trace(content: Content, header: Place, laid_over: set[str]) -> Trace:
    def place(path: Path) -> Place:
        attribute = content.body.attribute(str(path[0])) if path else None
        return header if attribute is None else attribute.span.place

    def steps(path: Path) -> tuple[Step, ...]:
        found = place(path)
        return (Step(f"backend configuration file {found.path}", found),) if path and path[0] in laid_over else ()

    return Trace(place, steps, lambda _: ())
