"""The failing and the passing example of each check: what the documentation and ``bbws-gate explain`` show, and what a test runs.

An example is a file of ``examples/``, named for the code, with these keys:

========================  ============================================================================================
``expect``                what the spec expects (the lines under ``expect:``)
``environment``, ``dev``  what the spec says of the target ``sit``, and of ``dev`` below it
``more``                  further keys of the spec
``files``                 files of both repositories, by path; ``null`` is a symbolic link
``base``                  files of the pull request's base, where the check compares
``fails``, ``passes``     files of the failing and of the passing one
``finds``, ``doubts``     the one finding, or the one doubt, that the failing one gives: its id, and its place
``plan``                  which of the files is the output of ``terraform show -json``
``tags``                  which of the files is the output of ``git show-ref --tags``; the commit is ``aaaa...``
========================  ============================================================================================
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache

from bbws_gate.deferred import dataclass
from bbws_gate.notation import yaml
from bbws_gate.notation.node import Plain, plain

SPEC = ".github/promotion.yml"
_DEV = 'account: "111122223333"\nregion: eu-west-1\n'
_SIT = 'account: "444455556666"\n'
_EXPECT = "documents: [README.md]\n"
_TEXTS = ("expect", "environment", "dev", "more", "plan", "tags")
_FILES = ("files", "base", "fails", "passes")
_RESULTS = ("finds", "doubts")

Files = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Example:
    """Two small repositories under one spec: in one the check fails, in the other it passes."""

    code: str
    texts: Mapping[str, str]
    shared: Files
    base: Files
    fails: Files
    passes: Files
    id: str
    """The finding's id."""
    place: str
    """Where it is: ``infra/main.tf:3``."""
    is_doubt: bool
    """Whether the failing one is a line that cannot be verified, not a finding."""

    @property
    def plan(self) -> str | None:
        """The file that is the plan's witness."""
        return self.texts.get("plan")

    @property
    def tags(self) -> str | None:
        """The file that is git's list of tags."""
        return self.texts.get("tags")

    @property
    def spec(self) -> str:
        """The whole spec of both repositories."""
        return "".join(
            (
                "version: 1\nproject: shop\nterraform: {root: infra}\n",
                "environments:\n",
                _section("  dev", self.texts.get("dev", _DEV)),
                _section("  sit", self.texts.get("environment", _SIT)),
                _section("expect", self.texts.get("expect", _EXPECT)),
                self.texts.get("more", ""),
            )
        )

    @property
    def excerpt(self) -> str:
        """The lines of the spec that the example is about; empty where any spec will do."""
        environments = [
            _section(f"  {name}", self.texts[key]) for name, key in (("dev", "dev"), ("sit", "environment")) if key in self.texts
        ]
        return "".join(
            (
                self.texts.get("more", ""),
                *(("environments:\n", *environments) if environments else ()),
                _section("expect", self.texts["expect"]) if "expect" in self.texts else "",
            )
        )


def _section(key: str, text: str) -> str:
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    return f"{key}:\n{textwrap.indent(text, indent)}"


@cache
def example_of(code: str) -> Example | None:
    """The example of one check; None when nobody has written it.

    Raises:
        ValueError: the file is not an example: a key is unknown, missing or of another type.
        Malformed: it is not YAML.
    """
    from importlib import resources  # who only checks needs none

    file = resources.files("bbws_gate.checks").joinpath("examples", f"{code}.yaml")
    return read_example(code, file.read_bytes()) if file.is_file() else None


def read_example(code: str, text: bytes) -> Example:
    """An example from its YAML; raises as :func:`example_of` does."""
    whole = plain(yaml.parse(text, f"{code}.yaml"))
    if not isinstance(whole, dict) or not {"fails", "passes"} <= set(whole) <= {*_TEXTS, *_FILES, *_RESULTS}:
        raise ValueError(f"{code}.yaml is not an example")
    results = [(key, found, place) for key in _RESULTS for found, place in _strings(code, whole.get(key)).items()]
    if len(results) != 1 or results[0][2] is None or not results[0][1].startswith(f"{code}/"):
        raise ValueError(f"{code}.yaml must name one finding of {code}, and its place")
    key, found, place = results[0]
    shared, base, fails, passes = (_strings(code, whole.get(name)) for name in _FILES)
    texts = {name: text for name, text in _strings(code, {name: whole[name] for name in _TEXTS if name in whole}).items() if text}
    return Example(code, texts, shared, base, fails, passes, found, place or "", key == "doubts")


def _strings(code: str, value: Plain) -> dict[str, str | None]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return {key: text if text is None else str(text) for key, text in value.items()}
    raise ValueError(f"{code}.yaml: {value!r:.40} is no mapping")
