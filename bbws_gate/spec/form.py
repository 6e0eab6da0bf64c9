"""The base of every part of the spec, and how a value may be written in more than one way.

The modules with parts do without ``from __future__ import annotations``: each annotation would have to be compiled from its text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bbws_gate.deferred import dataclass
from bbws_gate.deferred.models import BaseModel, ConfigDict, Field
from bbws_gate.deferred.reading import Read

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

JsonSchema = dict[str, Any]


def _without_plugins() -> None:
    """Pydantic reads the metadata of every installed package to find plug-ins. A spec means the same whatever else is installed.

    The documented switch, the variable PYDANTIC_DISABLE_PLUGINS, is read after that and is not in a worker's environment.
    """
    loader = ModuleType("pydantic.plugin._loader")
    loader.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(loader.__name__, loader)


_without_plugins()


class Part(BaseModel):
    """A mapping of the spec: frozen, strict, no unknown keys. Sequences are tuples throughout."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True, protected_namespaces=(), defer_build=True
    )

    @property
    def is_empty(self) -> bool:
        """Whether the spec's author wrote nothing in it."""
        return not self.model_fields_set


@dataclass(frozen=True, slots=True)
class Form:
    """Reads a value by one function that raises ValueError with words for the author; ``schema`` says the same to editors."""

    read: Callable[[Any], object]
    schema: Callable[[], JsonSchema]

    def around(self, _: Read) -> Read:
        """The function alone, as for pydantic."""
        return self.read

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The function alone: pydantic's own idea of the annotated type plays no part."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        """What :attr:`schema` says."""
        return self.schema()


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A shorter way to write a part: ``expand`` turns it into the long one and leaves everything else as it is."""

    expand: Callable[[Any], object]
    schema: Callable[[], JsonSchema]

    def around(self, read: Read) -> Read:
        """Expansion before the long form's own reading."""
        return lambda value: read(self.expand(value))

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Expansion before the long form's own validation."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        """Either way."""
        return {"anyOf": [self.schema(), handler(schema)]}


def names_to_keys(value: object) -> object:
    """``[a, b]`` is ``{a: {}, b: {}}``; a key without a value has ``{}``.

    Raises:
        ValueError: a name that is not text, or twice in the list.
    """
    if isinstance(value, dict):
        return {key: {} if inner is None else inner for key, inner in value.items()}
    if not isinstance(value, tuple):
        return value
    for name in value:
        if not isinstance(name, str):
            raise ValueError(f"{name!r} is not a name")  # noqa: TRY004 (pydantic turns ValueError into a message)
        if value.count(name) > 1:
            raise ValueError(f"{name!r} is listed twice")
    return {name: {} for name in value}


NAMES = Shorthand(names_to_keys, lambda: {"type": "array", "items": {"type": "string"}, "uniqueItems": True})
"""Marks a mapping that may also be written as a list of its keys."""


def none_to_empty(value: object) -> object:
    """A key without a value is an empty mapping: ``orders:``."""
    return {} if value is None else value


MAYBE_EMPTY = Shorthand(none_to_empty, lambda: {"type": "null"})

EMPTY: Any = Field(default={}, validate_default=True)
"""The default of a field that is a part: nothing written in it. Cheaper than an instance, which would need a schema of its own."""
