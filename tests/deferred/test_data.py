from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from functools import cached_property
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bbws_gate.deferred import dataclass


def make(decorate: Callable[..., Any], **options: bool) -> Any:
    @decorate(**options)
    class Example:
        """What is compared."""

        number: int
        secret: int = field(repr=False)
        words: tuple[str, ...] = ()
        kind: ClassVar[str] = "example"
        table: dict[str, int] = field(default_factory=dict)
        hidden: str = field(default="", repr=False)

        def doubled(self) -> int:
            return 2 * self.number

    return Example


OPTIONS = ({}, {"slots": True}, {"frozen": True}, {"frozen": True, "slots": True}, {"slots": True, "unsafe_hash": True})


def outcome(act: Callable[[], object]) -> object:
    """What came of it, without the words of the exception: those differ between versions of Python."""
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return type(error)


def described(made: Any) -> list[object]:
    return [
        repr(made),
        made.number,
        made.secret,
        made.words,
        made.table,
        made.hidden,
        made.kind,
        made.doubled(),
        outcome(lambda: hash(made)),
    ]


@pytest.mark.parametrize("options", OPTIONS)
@settings(max_examples=40)
@given(
    positional=st.lists(st.one_of(st.integers(), st.just(()), st.just("text")), max_size=6),
    named=st.dictionaries(st.sampled_from(["number", "secret", "words", "table", "hidden", "other"]), st.integers(0, 3)),
)
def test_instances__are_made_shown_and_hashed_as_the_standard_library_does(
    options: dict[str, bool], positional: list[object], named: dict[str, int]
) -> None:
    ours, theirs = make(dataclass, **options), make(dataclasses.dataclass, **options)
    assert outcome(lambda: described(ours(*positional, **named))) == outcome(lambda: described(theirs(*positional, **named)))


@pytest.mark.parametrize("options", OPTIONS)
def test_class__has_what_the_standard_library_gives_it(options: dict[str, bool]) -> None:
    ours, theirs = make(dataclass, **options), make(dataclasses.dataclass, **options)
    assert (ours.__name__, ours.__qualname__, ours.__module__, ours.__doc__) == (
        theirs.__name__,
        theirs.__qualname__,
        theirs.__module__,
        theirs.__doc__,
    )
    assert ours.__match_args__ == theirs.__match_args__
    assert dataclasses.is_dataclass(ours)
    assert [(each.name, each.type, each.repr) for each in fields(ours)] == [(each.name, each.type, each.repr) for each in fields(theirs)]
    assert hasattr(ours(1, 2), "__dict__") == hasattr(theirs(1, 2), "__dict__")


@pytest.mark.parametrize("options", [each for each in OPTIONS if each.get("frozen")])
def test_frozen__refuses_every_assignment(options: dict[str, bool]) -> None:
    made = make(dataclass, **options)(1, 2)
    with pytest.raises(FrozenInstanceError):
        made.number = 2
    with pytest.raises(FrozenInstanceError):
        made.unheard_of = 2
    with pytest.raises(FrozenInstanceError):
        del made.number
    assert made.number == 1


def test_equality__is_by_class_and_values() -> None:
    first, second = make(dataclass, frozen=True, slots=True), make(dataclass, frozen=True, slots=True)
    assert first(1, 2, ("a",)) == first(1, 2, ("a",))
    assert first(1, 2) != first(2, 2)
    assert first(1, 2) != second(1, 2)
    assert first(1, 2) != (1, 2, (), {}, "")


def test_defaults__made_by_a_factory_are_not_shared() -> None:
    kind = make(dataclass, frozen=True, slots=True)
    kind(1, 2).table["a"] = 1
    assert kind(1, 2).table == {}


def test_own_methods__stay() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        number: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    assert (Own(1) == Own(2), hash(Own(1)), repr(Own(1))) == (True, 7, "own")


def test_replace_match_and_cached_properties__work() -> None:
    @dataclass(frozen=True)
    class Point:
        x: int
        y: int = 2

        @cached_property
        def total(self) -> int:
            return self.x + self.y

    moved = replace(Point(1), x=5)
    match moved:
        case Point(x, y):
            assert (x, y, moved.total) == (5, 2, 7)
        case _:
            pytest.fail("no match")


def test_pydantic__reads_one_as_a_dataclass() -> None:
    kind = make(dataclass, frozen=True, slots=True)
    adapter = TypeAdapter(kind)
    assert adapter.validate_json('{"number": 1, "secret": 2, "words": ["a"]}') == kind(1, 2, ("a",))
    assert adapter.dump_python(kind(1, 2)) == {"number": 1, "secret": 2, "words": (), "table": {}, "hidden": ""}
