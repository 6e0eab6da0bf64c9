"""The tags that a resource ends up with: its own over the provider's ``default_tags``, as the AWS provider merges them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.model import Place
from bbws_gate.terraform.stack import Path, Plain, Provider, Resource, SensitiveValue, Trace, UnknownValue


class Tag(NamedTuple):
    """One tag's value, and the argument of a resource or provider that sets it."""

    value: Plain
    trace: Trace
    path: Path

    @property
    def place(self) -> Place:
        """Where it is set."""
        return self.trace.place(self.path)


def sourced_tags(resource: Resource) -> dict[str, Tag]:
    """Every tag that files tell, with what sets it. See :func:`undecided_tags` for what they cannot tell."""
    tags: dict[str, Tag] = {}
    for maps, trace, path in _sources(resource):
        if isinstance(maps, Mapping):
            tags.update((name, Tag(value, trace, (*path, name))) for name, value in maps.items() if value is not None)
    return tags


def tag_names(resource: Resource) -> set[str]:
    """The names of :func:`sourced_tags`."""
    return {name for maps, _, _ in _sources(resource) if isinstance(maps, Mapping) for name, value in maps.items() if value is not None}


def effective_tags(resource: Resource) -> dict[str, tuple[Plain, Place]]:
    """Every tag that files tell, with its value and where it is set."""
    return {name: (tag.value, tag.place) for name, tag in sourced_tags(resource).items()}


def undecided_tags(resource: Resource) -> UnknownValue | None:
    """Why more tags than :func:`effective_tags` gives are possible, or None when it gives all."""
    for maps, _, _ in _sources(resource):
        if isinstance(maps, UnknownValue):
            return maps
        if isinstance(maps, SensitiveValue):
            return UnknownValue("the tags are sensitive")
    return None


def _sources(resource: Resource) -> Iterator[tuple[Plain, Trace, Path]]:
    """Maps of tags, the weakest first."""
    if resource.provider is not None:
        yield from _default_tags(resource.provider)
    yield resource.attributes.get("tags"), resource.trace, ("tags",)


def _default_tags(provider: Provider) -> Iterator[tuple[Plain, Trace, Path]]:
    blocks = provider.attributes.get("default_tags")
    for position, block in enumerate(blocks if isinstance(blocks, list) else [blocks]):
        if isinstance(block, Mapping):
            yield block.get("tags"), provider.trace, ("default_tags", position, "tags")
        elif block is not None:
            yield block, provider.trace, ("default_tags",)
