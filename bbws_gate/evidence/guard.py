"""Whether a step that runs certainly fails, as one does that stands guard after a tolerated failure.

``exit``: https://www.gnu.org/software/bash/manual/html_node/Bourne-Shell-Builtins.html
``core.setFailed``: https://github.com/actions/toolkit/tree/main/packages/core
"""

from __future__ import annotations

import re
from itertools import islice

from bbws_gate.deferred import regex
from bbws_gate.evidence.script_state import Moment
from bbws_gate.evidence.workflow_parts import Step

MAX_STATEMENTS = 20
"""Statements that fail a script which are looked at."""

_SHELL = regex(r"(?:/(?:usr/)?bin/)?(?:ba)?sh(?:(?: --noprofile| --norc| -[eux]+| -[eux]*o pipefail)* \{0\})?")
_READS_ONLY = regex(r"\S*\b(?:ba)?sh(?: --\w+)* -[a-z]*n[a-z]* ")
"""``bash -n`` runs nothing."""
_WORDS = regex(r"\bexit|\bfalse\b|\bsetFailed\b|\bthrow\b")
_NUMBER = regex(r"[0-9]{1,9}")
_UNFOLLOWED = regex(r"(?m)(?:^|[\s;&|({])exec\s+[^\s<>&0-9]|(?:^|[\s;&|])\{\s|(?:^|[\s;&|(])set\s[^\n]{0,80}(?:-\w{0,20}n|noexec)")
"""Another program in place of the script, a group that may stand in a pipe or in the background, and a script that is only read."""
_NOTHING = regex(r"\s*exec\s+(?:true|:|echo|printf)\b")
_REDEFINE = frozenset({"trap", "eval", "source", ".", "alias", "enable"})
_JAVASCRIPT = regex(r"'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?|`(?:\\.|[^`\\])*`?|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
"""Texts and comments; one that does not end goes to the end of its line, or of the script."""
_STATEMENT = regex(r"(?m)^[ \t]*(?:core\.setFailed\s*\(|throw\b)")
_FAILING = regex(r"\bsetFailed\b|\bthrow\b|\bprocess\b|\brequire\b|\bimport\b")
_LEAVES = regex(r"\breturn\b|\bprocess\b(?!\.env\b)|\bcore\b(?!\.\w+\s*\()")
"""What ends a script early, sets its result, or makes ``core`` something else."""
_CONTROL = regex(r"\b(?:if|else|for|while|do|with)\b|=>")


def fails(step: Step) -> bool | None:
    """Whether a step that runs ends with a failure; None where that cannot be told."""
    script = step.inputs.get("script") if step.action == "actions/github-script" else None
    if script is not None:
        return _throws(script.value)
    if step.run is None:
        return False
    if not _SHELL.fullmatch(step.shell or "bash"):
        return None if may_fail(step) and not _READS_ONLY.match(step.shell or "") else False
    return _exits(step.run.value, step.moments)


def may_fail(step: Step) -> bool:
    """Whether anything in its script ends it with a failure, whatever stands around that."""
    script = step.run or step.inputs.get("script")
    return script is not None and _WORDS.search(script.value) is not None


def _exits(text: str, moments: tuple[Moment, ...]) -> bool | None:
    """Whether the first command that certainly ends a script ends it with a failure."""
    failing = next((found for moment in moments if (found := _ends(moment)) != ""), "success")
    if failing == "success" or _NOTHING.match(text):
        return False
    words = {moment.command.words[0] for moment in moments}
    defines = any(branch.kind == "function" for moment in moments for branch in moment.command.path)
    return None if failing == "unknown" or defines or words & _REDEFINE or _UNFOLLOWED.search(text) else True


def _ends(moment: Moment) -> str:
    """``failure``, ``success`` or ``unknown`` where a command may end its script; empty where the script goes on."""
    command = moment.command
    program, arguments = command.words[0], command.words[1:]
    if program not in ("exit", "false") or any(not branch.is_certain for branch in command.path):
        return ""
    if command.path:  # a subshell or a loop
        return "" if command.ignored else "unknown"
    if command.is_piped or (command.ignored and program == "false") or command.ignored.startswith("it runs in the background"):
        return ""
    if moment.condition or (program == "exit" and not (len(arguments) == 1 and _NUMBER.fullmatch(arguments[0]))):
        return "unknown"
    return "failure" if program == "false" or int(arguments[0]) % 256 else "success"


def _throws(script: str) -> bool | None:
    """Whether a script of actions/github-script certainly comes to a statement that fails it."""
    text = _JAVASCRIPT.sub(lambda match: " " if match[0][0] == "/" else "''", script)
    if not _FAILING.search(text):
        return False
    if _LEAVES.search(text) is not None:
        return None
    return True if any(_is_reached(text[: match.start()]) for match in islice(_STATEMENT.finditer(text), MAX_STATEMENTS)) else None


def _is_reached(before: str) -> bool:
    """Whether a statement after ``before`` stands in no block, and under no condition."""
    depth = sum(before.count(each) for each in "({[") - sum(before.count(each) for each in ")}]")
    end = before.rstrip()[-1:]
    return depth == 0 and (end in ("", ";", "}") or ((end.isalnum() or end in "')]_$") and _CONTROL.search(before) is None))
