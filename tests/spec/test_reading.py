"""A spec that is right is read without pydantic; what pydantic makes of it is the same, and nothing more is taken for right."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bbws_gate.deferred.models import pydantic_model
from bbws_gate.notation import yaml
from bbws_gate.notation.node import plain
from bbws_gate.spec import PromotionSpec, load_spec
from bbws_gate.spec.form import Part
from tests.spec.conftest import SMALL

HERE = Path(__file__).parent
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("**/promotion.yml"))
OTHERS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 5, 10**30, Decimal("1.5"), "", "x", "ü", "\ud800", "a b", "eu-west-1", "2026-01-01", "2026-02-30"),
    *("sit", "ALL", "high", "TBL001", "{env}", "../x", "2h", (), ("a",), ("a", "a"), ({},), (None,), ([],), [], {}, {"a": None}, {"a": {}}),
    *({"min": 1}, {"min": 3, "max": 1}, {"": 1}, {5: 5}, 1.5, b"x"),
)
"""Values that are right in some places and wrong in most; some come from no reader of ours."""


def values_of(path: Path) -> Any:
    return plain(yaml.parse(path.read_bytes(), path.name))


def seen(value: Any) -> Any:
    """What can be told of a value, so that two can be compared: of a part its fields, and which of them were given."""
    described = pydantic_model(type(value)) if isinstance(value, Part) else type(value)
    if hasattr(described, "model_fields"):
        fields = {name: seen(getattr(value, name)) for name in described.model_fields}
        return described.__qualname__, fields, frozenset(value.model_fields_set)
    if isinstance(value, dict):
        return [(key, seen(inner)) for key, inner in value.items()]
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(seen(inner) for inner in value)
    return type(value), value


def by_pydantic(values: Any) -> Any:
    try:
        return seen(pydantic_model(PromotionSpec).model_validate(values))
    except ValidationError:
        return None


def directly(values: Any) -> Any:
    try:
        return seen(PromotionSpec.read_plain(values))
    except ValueError:
        return None


@pytest.mark.parametrize("path", [HERE / "complete.yml", HERE / "documented.yml", *EXAMPLES], ids=str)
def test_read_plain__gives_what_pydantic_gives(path: Path) -> None:
    found = directly(values_of(path))
    assert found is not None
    assert found == by_pydantic(values_of(path))


def test_read_plain__the_complete_spec_has_every_key() -> None:
    given: dict[str, set[str]] = {}

    def look(value: Any) -> None:
        if isinstance(value, Part):
            names = pydantic_model(type(value)).model_fields
            given.setdefault(type(value).__name__, set()).update(value.model_fields_set)
            assert names.keys() >= value.model_fields_set
            for name in names:
                look(getattr(value, name))
        elif isinstance(value, dict):
            for inner in value.values():
                look(inner)
        elif isinstance(value, tuple):
            for inner in value:
                look(inner)

    look(load_spec((HERE / "complete.yml").read_bytes(), "p.yml").spec)
    schema = pydantic_model(PromotionSpec).model_json_schema()
    for name, part in {"PromotionSpec": schema, **schema["$defs"]}.items():
        assert len(given[name]) == len(part["properties"]), name


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_read_plain__what_is_changed_is_judged_as_pydantic_judges_it(data: st.DataObject) -> None:
    values = values_of(HERE / "complete.yml")
    for _ in range(data.draw(st.integers(1, 3))):
        values = changed(values, data)
    wanted = by_pydantic(values)
    assert directly(values) in (None, wanted)  # where it is not sure, pydantic is asked
    try:
        found = seen(PromotionSpec.model_validate(values))
    except ValidationError:
        found = None
    assert found == wanted


@pytest.mark.parametrize("more", [{"version": True}, {"risks": ({"risk": "\ud800", "mitigation": "x"},)}], ids=repr)
def test_model_validate__what_only_pydantic_takes_for_right_is_the_same_kind_of_thing(more: dict[str, Any]) -> None:
    values = {**values_of(HERE / "complete.yml"), **more}
    assert directly(values) is None
    found = PromotionSpec.model_validate(values)
    assert isinstance(found, PromotionSpec)
    assert seen(found) == by_pydantic(values)
    same = PromotionSpec.model_validate(values_of(HERE / "complete.yml"))
    assert all(getattr(found, name) == getattr(same, name) for name in PromotionSpec.model_fields if name != "risks")


def changed(value: Any, data: st.DataObject) -> Any:
    """Somewhere in the tree another value, a key less, or a key more."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value, key=str)))
        return {**value, key: changed(value[key], data)}
    if isinstance(value, tuple) and value and data.draw(st.integers(0, 9)):
        index = data.draw(st.integers(0, len(value) - 1))
        return (*value[:index], changed(value[index], data), *value[index + 1 :])
    if isinstance(value, dict) and data.draw(st.booleans()):
        if value and data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(sorted(value, key=str)))
            return {key: inner for key, inner in value.items() if key != gone}
        return {**value, data.draw(st.sampled_from(["name", "id", "min", "since", "count", "x", ""])): data.draw(st.sampled_from(OTHERS))}
    return data.draw(st.sampled_from(OTHERS))


def test_load_spec__right_ones_need_no_pydantic() -> None:
    code = "import sys; from bbws_gate.spec import load_spec; load_spec(sys.stdin.buffer.read(), 'p.yml'); print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], input=SMALL.encode(), capture_output=True, check=True)
    assert done.stdout == b"False\n"
