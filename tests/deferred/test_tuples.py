"""Compared with the standard library's, whose place they take."""

import copy
import json
import typing
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from bbws_gate import deferred


def make(base: Any) -> Any:
    class Example(base):
        """What is compared."""

        number: int
        word: "str" = "one"
        more: tuple[int, ...] = ()

        @classmethod
        def read(cls, text: str) -> Any:
            return cls(int(text))

        @property
        def doubled(self) -> int:
            return self.number * 2

        def __str__(self) -> str:
            return f"{self.number} {self.word}"

    return Example


KINDS = [make(typing.NamedTuple), make(deferred.NamedTuple)]


def outcome(act: Callable[[Any], object], kind: Any) -> object:
    try:
        return act(kind)
    except (TypeError, AttributeError, ValueError) as error:
        return type(error), str(error)


def matched(value: Any, kind: Any) -> object:
    match value:
        case kind(number, word):
            return number, word
    return None


@pytest.mark.parametrize(
    "act",
    [
        lambda kind: kind(1),
        lambda kind: repr(kind(1, more=(2,))),
        lambda kind: str(kind(1, "x")),
        lambda kind: kind.read("3").doubled,
        lambda kind: kind(),
        lambda kind: kind(1, 2, 3, 4),
        lambda kind: kind(1, other=2),
        lambda kind: kind(1)._replace(word="two"),
        lambda kind: kind(1)._replace(other="two"),
        lambda kind: kind(1)._asdict(),
        lambda kind: kind._make([1, "2", (3,)]),
        lambda kind: kind._make([1]),
        lambda kind: setattr(kind(1), "number", 2),
        lambda kind: kind(1).missing,
        lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__, kind.__doc__, kind.__name__, kind.__module__),
        lambda kind: (hash(kind(1)), kind(1) == (1, "one", ()), kind(2) > kind(1), [*kind(1)], kind(1)[0]),
        lambda kind: tuple.__new__(kind, (1, "2", ())).word,
        lambda kind: json.dumps(kind(1)),
        get_type_hints,
        lambda kind: (copy.copy(kind(1)), copy.deepcopy(kind(1))),
        lambda kind: matched(kind(1), kind),
        lambda kind: hasattr(kind(1), "__dict__"),
    ],
)
def test_named_tuple__as_the_standard_one(act: Callable[[Any], object]) -> None:
    first, second = (outcome(act, kind) for kind in KINDS)
    assert first == second
