from __future__ import annotations

import re

import pytest

from bbws_gate.deferred import regex


@pytest.mark.parametrize("text", ["", "ab", "AB", "xaby", "a b\nab"])
def test_regex__does_what_re_compile_does(text: str) -> None:
    ours, theirs = regex(r"a(?P<tail>b)", re.IGNORECASE), re.compile(r"a(?P<tail>b)", re.IGNORECASE)
    assert [found.groupdict() for found in ours.finditer(text)] == [found.groupdict() for found in theirs.finditer(text)]
    assert ours.findall(text) == theirs.findall(text)
    assert ours.sub("-", text) == theirs.sub("-", text)
    assert ours.split(text) == theirs.split(text)
    for method in ("match", "fullmatch", "search"):
        mine, other = getattr(ours, method)(text), getattr(theirs, method)(text)
        assert (mine and mine.span()) == (other and other.span())


def test_regex__has_the_attributes_of_a_pattern() -> None:
    made = regex("a(?P<tail>b)")
    assert (made.pattern, made.groups, dict(made.groupindex)) == ("a(?P<tail>b)", 1, {"tail": 1})


def test_regex__is_not_compiled_before_it_is_used() -> None:
    broken = regex("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.match("")
