"""The declarations of one module: what its files say together, before anything is evaluated."""

from __future__ import annotations

from bbws_gate.deferred import dataclass, field
from bbws_gate.terraform.configuration.literal import literal_string
from bbws_gate.terraform.problem import Problem
from bbws_gate.terraform.syntax import Attribute, Block, Expression, ObjectCons


@dataclass(slots=True)
class Module:
    """One folder's declarations. Built by :func:`~bbws_gate.terraform.configuration.load.load_module`, then only read."""

    directory: str
    files: list[str] = field(default_factory=list)
    variables: dict[str, Block] = field(default_factory=dict)
    overridden: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    """The variables that override files change: as first declared, then each change of it."""
    locals: dict[str, Attribute] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    resources: dict[tuple[str, str, str], Block] = field(default_factory=dict)
    """By mode (``managed``, ``data``, ``ephemeral``), type and name."""
    calls: dict[str, Block] = field(default_factory=dict)
    providers: dict[tuple[str, str | None], Block] = field(default_factory=dict)
    """By local name and alias."""
    statements: list[Block] = field(default_factory=list)
    """``moved``, ``removed`` and ``import`` blocks."""
    checks: list[Block] = field(default_factory=list)
    backend: Block | None = None
    """The ``backend`` or ``cloud`` block."""
    required_version: list[Attribute] = field(default_factory=list)
    required_providers: dict[str, Attribute] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def resource(self, words: tuple[str, ...]) -> tuple[str, str, str] | None:
        """The key in :attr:`resources` that the words of a reference mean, or None."""
        if len(words) == 3:
            key = (words[0], words[1], words[2])
        elif len(words) == 2:
            key = ("managed", words[0], words[1])
        else:
            return None
        return key if key in self.resources else None

    @property
    def declares_anything(self) -> bool:
        """Whether a plan of it could hold anything."""
        return bool(self.resources or self.calls or self.outputs or self.statements or self.checks)

    def version_constraint(self) -> str | None:
        """What ``required_version`` asks for, all of them together, each once."""
        written = [text for attribute in self.required_version if (text := literal_string(attribute.value)) is not None]
        return ", ".join(dict.fromkeys(written)) if written else None

    def provider_constraints(self) -> dict[str, str]:
        """Version constraints of the required providers by local name; empty text where none is written."""
        return {name: _constraint(attribute.value) for name, attribute in self.required_providers.items()}


def _constraint(expression: Expression) -> str:
    if isinstance(expression, ObjectCons):
        for key, value in expression.items:
            if literal_string(key) == "version":
                return literal_string(value) or ""
    return literal_string(expression) or ""
