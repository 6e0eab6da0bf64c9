from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbws_gate.evidence.matrix import MAX_LEGS, legs
from bbws_gate.notation import Mapping, yaml

PATH = ".github/workflows/a.yml"


def read(text: str) -> list[dict[str, str]]:
    root = yaml.parse(f"matrix: {text}\n".encode(), PATH)
    assert isinstance(root, Mapping)
    return [{name: fact.value for name, fact in leg.items()} for leg in legs(root.get("matrix"), PATH)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{e: [dev, sit]}", [{"e": "dev"}, {"e": "sit"}]),
        ("{e: [dev, sit], r: [1, 2], exclude: [{e: dev, r: 2}]}", [{"e": "dev", "r": "1"}, {"e": "sit", "r": "1"}, {"e": "sit", "r": "2"}]),
        ("{include: [{e: dev, r: a}, {e: sit}]}", [{"e": "dev", "r": "a"}, {"e": "sit"}]),
        ("{e: [dev, sit], include: [{e: sit, r: a}]}", [{"e": "dev"}, {"e": "sit", "r": "a"}]),
        ("{e: [dev], include: [{r: a}, {e: prod}]}", [{"e": "dev", "r": "a"}, {"e": "prod"}]),
        ("{t: [{name: dev, region: x}, {name: sit}]}", [{"t.name": "dev", "t.region": "x"}, {"t.name": "sit"}]),
        ("'${{ fromJSON(needs.a.outputs.b) }}'", []),
        ("{e: '${{ fromJSON(inputs.all) }}'}", []),
        ("{e: [dev, '${{ inputs.more }}']}", []),
        ("{e: [dev], include: '${{ fromJSON(inputs.all) }}'}", []),
        ("[dev, sit]", []),
        ("{e: [dev, sit], r: [a], exclude: [{e: sit, r: [z]}]}", []),
        ("{e: [dev, sit], r: [a], exclude: [{e: sit, r: {x: [z]}}]}", []),
        ("{e: [dev, sit], r: [a], exclude: [{e: sit, r: a}]}", [{"e": "dev", "r": "a"}]),
        ("{e: [dev, sit], r: [a], include: [{e: sit, r: [z]}]}", []),
        ("{include: [{e: dev, layers: [net, app]}, {e: sit}]}", [{"e": "dev"}, {"e": "sit"}]),
    ],
)
def test_legs__are_those_of_github(text: str, expected: list[dict[str, str]]) -> None:
    assert read(text) == expected


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=4))
def test_legs__are_bounded(sizes: list[int]) -> None:
    text = ", ".join(f"d{number}: [{', '.join(str(each) for each in range(size))}]" for number, size in enumerate(sizes))
    product = 1
    for size in sizes:
        product *= size
    assert len(read(f"{{{text}}}")) == (product if product <= MAX_LEGS else 0)
