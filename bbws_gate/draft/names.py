"""What names have in common: the environment's part of them, and the rule by which tables are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.matching import USUAL_ENVIRONMENTS
from bbws_gate.spec.placeholders import check_pattern, fill

MAX_NAME = 255
_SEPARATORS = "-_./"
_STAGES = USUAL_ENVIRONMENTS - {"test", "stage", "dr"}
"""Words that hardly mean anything else in a name."""


class Naming(NamedTuple):
    """A rule, and what it leaves of each name."""

    pattern: str
    logical: Mapping[str, str]
    """By address."""


def find_naming(names: Mapping[str, Mapping[str, str]]) -> Naming | None:
    """The rule that all names of all environments follow; None when there is none.

    Args:
        names: by environment, then by address.
    """
    found: Naming | None = None
    for environment, own in names.items():
        if not own:
            continue
        naming = _of_environment(own, environment)
        if naming is None or (found is not None and found.pattern != naming.pattern):
            return None
        if found is not None and any(
            naming.logical[address] != found.logical[address] for address in naming.logical.keys() & found.logical
        ):
            return None
        found = Naming(naming.pattern, {**(found.logical if found is not None else {}), **naming.logical})
    return found if found is not None and _are_distinct(found.logical.values()) else None


def _of_environment(names: Mapping[str, str], environment: str) -> Naming | None:
    first = next(iter(names.values()))
    for before, after in _parts(first, environment):
        if all(name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after) for name in names.values()):
            pattern = f"{_masked(before, environment)}{{name}}{_masked(after, environment)}"
            logical = {address: name[len(before) : len(name) - len(after)] for address, name in names.items()}
            if is_pattern(pattern) and all(
                fill(pattern, {"env": environment}, name=logical[address]) == name for address, name in names.items()
            ):
                return Naming(pattern, logical)
    return None


def _parts(name: str, environment: str) -> list[tuple[str, str]]:
    """The ends of a name that carry the environment: at the end, at the beginning, and with whatever stands outside of it."""
    found: list[tuple[str, str]] = []
    for match in _occurrences(name, environment):
        before, after = name[: match.end() + 1], name[match.start() - 1 :] if match.start() else name
        if match.end() == len(name):
            found.insert(0, ("", after))
        elif match.start() == 0:
            found.append((before, ""))
        else:
            found += [(before, ""), ("", after)]
    return found


def _occurrences(text: str, environment: str) -> Iterable[re.Match[str]]:
    return re.finditer(rf"(?:(?<=^)|(?<=[{_SEPARATORS}])){re.escape(environment)}(?=[{_SEPARATORS}]|$)", text)


def _masked(text: str, environment: str) -> str:
    return re.sub(rf"(?:(?<=^)|(?<=[{_SEPARATORS}])){re.escape(environment)}(?=[{_SEPARATORS}]|$)", "{env}", text)


def one_pattern(names: Mapping[str, str]) -> str | None:
    """The pattern that one thing's name follows in all environments, by environment; None when there is none.

    The same name everywhere is a pattern without placeholder; a name with braces, which would read as one, has no pattern. Neither has one
    with an environment written into it that is not its own: what one environment is called is nothing to expect of the others.
    """
    literal = set(names.values())
    if not all(is_usable(name) and not {"{", "}"} & set(name) for name in literal):
        return None
    patterns = literal if len(literal) == 1 and len(names) > 1 else {_masked(name, environment) for environment, name in names.items()}
    pattern = patterns.pop() if len(patterns) == 1 else None
    return None if pattern is None or _holds_stage(pattern, names) else pattern


def _holds_stage(pattern: str, environments: Iterable[str]) -> bool:
    return any(_masked(pattern, name) != pattern for name in environments) or bool(
        _STAGES & set(re.split(r"[^a-z0-9]+", pattern.casefold()))
    )


def is_pattern(text: str) -> bool:
    """Whether a spec takes ``text`` for a name with placeholders."""
    try:
        check_pattern(text)
    except ValueError:
        return False
    return bool(text)


def is_usable(name: object, limit: int = MAX_NAME) -> bool:
    """Whether a name can stand in a spec as a key: text of a sane length that a file can hold."""
    return isinstance(name, str) and 0 < len(name) <= limit and not any("\ud800" <= character <= "\udfff" for character in name)


def _are_distinct(names: Iterable[str]) -> bool:
    found = list(names)
    return len(found) == len(set(found))
