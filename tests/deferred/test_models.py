"""What is declared with our classes is, for whoever uses it, what it would be with pydantic's."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pydantic
import pytest

from bbws_gate.deferred import models

CONFIG = {"strict": True, "frozen": True, "extra": "forbid"}


def declare(source: Any) -> Any:
    """The same two classes, with pydantic itself or with ours."""

    class Base(source.BaseModel):
        model_config = CONFIG
        name: Annotated[str, source.Field(min_length=1, max_length=5)]
        level: Literal["low", "high", 3] = "low"

        @source.model_validator(mode="after")
        def _not_bad(self) -> Any:
            if self.name == "bad":
                raise ValueError("bad")
            return self

    class Child(Base):
        """Described."""

        numbers: tuple[Annotated[int, source.Field(ge=0, le=9)], ...] = ()
        inner: Annotated[Base | None, source.Field(alias="from")] = None
        table: Mapping[str, bool] = source.Field(default_factory=dict)
        empty: Any = source.Field(default=None)
        other: Base = source.Field(default={"name": "other"}, validate_default=True)
        union: int | str = 0
        must: bool = source.Field(alias="mustBe")

        def shout(self) -> str:
            return self.name.upper()

    return Child


OURS, PYDANTICS = declare(models), declare(pydantic)
LEAST = {"name": "x", "mustBe": True}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"level": "high", "numbers": (0, 9), "from": {"name": "y"}, "table": {"a": True}, "empty": [1], "other": {"name": "z"}},
        {"level": 3},
        {"from": None},
        {"union": "text"},
    ],
)
def test_model__right_values(more: dict[str, Any]) -> None:
    ours, pydantics = (kind.model_validate(LEAST | more) for kind in (OURS, PYDANTICS))
    assert repr(ours) == repr(pydantics).replace("declare.<locals>.", "")
    assert ours.model_fields_set == pydantics.model_fields_set
    assert ours.shout() == "X"
    changed = ours.model_copy(update={"union": 5})
    assert (changed.union, ours.union, changed.model_fields_set) == (5, more.get("union", 0), ours.model_fields_set | {"union"})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": "x"},
        [],
        *(LEAST | more for more in ({"name": ""}, {"name": "longer"}, {"name": 5}, {"name": "bad"}, {"level": "mid"}, {"level": True})),
        *(LEAST | more for more in ({"numbers": [1]}, {"numbers": (1, 10)}, {"numbers": (True,)}, {"from": {}}, {"inner": {"name": "y"}})),
        *(LEAST | more for more in ({"from": {"name": "bad"}}, {"table": {"a": 1}}, {"table": {1: True}}, {"table": ()}, {"more": 1})),
        *(LEAST | more for more in ({"mustBe": 1}, {"mustBe": None}, {"other": None}, {"union": None}, {"union": True}, {5: 5})),
    ],
    ids=repr,
)
def test_model__wrong_values_have_pydantics_errors(values: Any) -> None:
    found = []
    for kind in (OURS, PYDANTICS):
        with pytest.raises(pydantic.ValidationError) as caught:
            kind.model_validate(values)
        found.append(caught.value.errors(include_url=False, include_context=False))
    assert found[0] == found[1]


def test_model__made_from_keywords() -> None:
    assert OURS(name="x", mustBe=True) == OURS.model_validate(LEAST)
    with pytest.raises(pydantic.ValidationError):
        OURS(name="x")


def test_model__is_a_value() -> None:
    class Point(models.BaseModel):
        model_config = CONFIG
        x: int
        y: int = 0

    first, same, other = Point(x=1), Point(x=1, y=0), Point(x=2)
    assert first == same
    assert hash(first) == hash(same)
    assert first != other
    assert first != (1, 0)
    for change in (lambda: setattr(first, "x", 2), lambda: delattr(first, "x")):
        with pytest.raises(AttributeError):
            change()


def test_model__has_pydantics_schema() -> None:
    assert models.pydantic_model(OURS).model_json_schema() == PYDANTICS.model_json_schema()


@pytest.mark.parametrize("declare", [lambda: models.Field(gt=1), lambda: models.model_validator(mode="before")])
def test_declaration__what_is_not_supported_is_refused(declare: Any) -> None:
    with pytest.raises(TypeError, match="supported"):
        declare()


def test_field__bounds_after_the_equals_sign_are_refused() -> None:
    class Bounded(models.BaseModel):
        number: int = models.Field(default=3, ge=1)

    with pytest.raises(TypeError, match="only in Annotated"):
        Bounded.model_validate({"number": -5})
