"""Answers to where the parts of one evaluated body stand and how they came about, found when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from bbws_gate.model import Place, Step
from bbws_gate.terraform.configuration.literal import argument
from bbws_gate.terraform.expand.content import Content
from bbws_gate.terraform.expand.instance import ModuleInstance
from bbws_gate.terraform.expand.locate import Frame, Site, Spot, locate, module_frame, repetition
from bbws_gate.terraform.expand.walk import NOWHERE, Walked, Walker
from bbws_gate.terraform.stack import Path, Trace
from bbws_gate.terraform.syntax import Body, Literal


class ContentTrace:
    """Answers for one evaluated body: a resource instance or a provider."""

    __slots__ = ("_content", "_found", "_frame", "_header", "_spots", "_walker")

    def __init__(self, content: Content, frame: Frame, header: Place, walker: Walker) -> None:
        self._content = content
        self._frame = frame
        self._header = header
        self._walker = walker
        self._spots: dict[Path, Spot] = {}
        self._found: dict[Path, Walked] = {}

    def trace(self) -> Trace:
        """The same as the stack's type."""
        return Trace(self.place, self.steps, self.references)

    def place(self, path: Path) -> Place:
        """Where the part at ``path`` is written; the nearest enclosing block when it is not."""
        return self._spot(path).place

    def steps(self, path: Path) -> tuple[Step, ...]:
        """What led to the value at ``path``."""
        return self._walked(path).steps

    def references(self, path: Path) -> tuple[str, ...]:
        """The resources that the value at ``path`` leads to; with an empty path those of all arguments."""
        return self._walked(path).references

    def _spot(self, path: Path) -> Spot:
        spot = self._spots.get(path)
        if spot is None:
            spot = self._spots[path] = locate(self._content, path, self._frame, self._header)
        return spot

    def _walked(self, path: Path) -> Walked:
        found = self._found.get(path)
        if found is None:
            sites = self._sites(path)
            found = self._found[path] = self._walker.walked(sites) if sites else NOWHERE
        return found

    def _sites(self, path: Path) -> list[Site]:
        if not path:
            return [(attribute.value, self._frame, ()) for attribute in self._content.body.attributes]
        if path[0] in {"count", "for_each"} and path[0] not in self._content.attributes:
            return list(existence(self._frame.instance, self._content.body))
        if path[-1] == "for_each":
            return list(repetition(self._content, path[:-1], self._frame))
        site = self._spot(path).site
        return [] if site is None or isinstance(site[0], Literal) else [site]


def existence(instance: ModuleInstance, body: Body) -> Iterator[Site]:
    """What decides which instances there are: the block's count or for_each, and those of the module calls above it."""
    while True:
        for name in ("count", "for_each"):
            expression = argument(body, name)
            if expression is not None:
                yield expression, module_frame(instance), ()
        if instance.parent is None or instance.node.call is None:
            return
        body, instance = instance.node.call.body, instance.parent
