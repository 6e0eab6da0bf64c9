"""Check runs under the gate's name that the gate did not make: said where its own verdict stands, and counted nowhere.

Every workflow of a repository with ``checks: write`` can post one, and every other App. Only a rule that names the expected App tells them
apart when a branch is merged.
"""

from __future__ import annotations

from dataclasses import replace

from bbws_gate.publish.observed import SAME_APP, ObservedCheck
from bbws_gate.publish.wanted import Wanted
from bbws_gate.render.escape import markdown_code

MAX_NAMED = 5


def told(name: str, strangers: tuple[ObservedCheck, ...]) -> tuple[str, ...]:
    """One line for the log; none where there is nothing to tell."""
    if not strangers:
        return ()
    makers = ", ".join(dict.fromkeys(check.foreign for check in strangers[:MAX_NAMED]))
    return (f"{_count(strangers)} named {name!r} not made by this gate, by {makers}: they count for nothing here",)


def with_strangers(wanted: Wanted, strangers: tuple[ObservedCheck, ...]) -> Wanted:
    """What is wanted, with a warning in front where there are such check runs."""
    if not strangers:
        return wanted
    named = ", ".join(f"{markdown_code(check.said[0])} by {_maker(check)}" for check in strangers[:MAX_NAMED])
    warning = (
        f"**{_count(strangers)} named {markdown_code(wanted.check_name)} on this commit not made by this gate** ({named}). "
        "Only what stands here is its verdict. Require the check with its App as the expected source."
    )
    check, comment = wanted.check, wanted.comment
    if check is not None:
        check = replace(check, summary=f"{warning}\n\n{check.summary}")
    return replace(wanted, check=check, comment=None if comment is None else f"{warning}\n\n{comment}")


def _maker(check: ObservedCheck) -> str:
    return "another workflow as the same App" if check.foreign == SAME_APP else markdown_code(check.foreign)


def _count(strangers: tuple[ObservedCheck, ...]) -> str:
    return f"{len(strangers)} passing check run{'s' if len(strangers) > 1 else ''}"
