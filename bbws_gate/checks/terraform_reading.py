"""What reading and evaluating the Terraform ran into: each code of :mod:`bbws_gate.terraform.problem` as a check of the same code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from bbws_gate.checks import works
from bbws_gate.checks.base import Check, Work, check
from bbws_gate.checks.outcomes import failed, passed, unverified
from bbws_gate.deferred import regex
from bbws_gate.evidence.given import given_elsewhere
from bbws_gate.evidence.project import HIDING, ProjectEvidence
from bbws_gate.model import Evidence, Outcome, Severity
from bbws_gate.terraform.problem import CODES, Problem

_UNREAD = "What is not read is not judged: whatever it holds would be promoted unseen."
_REFUSED = "Terraform refuses this: plan and apply for the environment fail."
_GUESS = "What depends on it cannot be verified from files."


Causes = Callable[[ProjectEvidence, list[Problem]], tuple[str, ...]]
"""From what reading ran into to the findings that explain it."""


def _by_file(project: ProjectEvidence, code: str) -> dict[str, list[Problem]]:
    """The problems of one code, together for each file: ids then survive when lines move."""
    files: dict[str, list[Problem]] = {}
    for problem in project.stack.problems:
        if problem.code == code:
            files.setdefault(problem.place.path, []).append(problem)
    return files


def _failing(code: str, holds: str, because_of: Causes) -> Callable[[ProjectEvidence], Iterator[Outcome]]:
    def run(project: ProjectEvidence) -> Iterator[Outcome]:
        found = _by_file(project, code)
        elsewhere = given_elsewhere(project) if code in _OF_VALUES else project.unread_files if code in _OF_DECLARATIONS else ""
        if holds and not found:
            yield passed(
                f"terraform/{project.root or '.'}", holds, Evidence(project.terraform_place(), f"{len(project.stack.files)} files read")
            )
        for path, all_problems in found.items():
            built = [problem for problem in all_problems if _BUILT.search(problem.message)]
            problems = [problem for problem in all_problems if problem not in built]
            if built:
                yield _doubt(code, path, built, "the deployment builds the archive, or it is missing: ")
            if problems and elsewhere:
                yield _doubt(code, path, problems, f"{elsewhere}; without {'them' if code in _OF_VALUES else 'it'}: ")
            if not problems or elsewhere:
                continue
            first = problems[0].message
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            yield failed(
                f"file/{path}",
                f"{path} is free of {CODES[code]}",
                *(Evidence(problem.place, problem.message) for problem in problems),
                title=f"{path}: {first}{more}",
                expected="Terraform that can be read and planned",
                actual="; ".join(problem.message for problem in problems[:5]),
                because_of=because_of(project, problems),
            )

    return run


_OF_VALUES = ("VAR002", "VAR004", "EVL001")
"""What the values of the environment may bring about: defaults alone do not decide it where others give them."""
_OF_DECLARATIONS = ("VAR003", "EVL005")
"""What is not declared in the files that were read: one that was not may declare it."""
_BUILT = regex(r": open \S+\.(?:zip|jar|war|whl|tgz|tar\.gz): no such file or directory")
"""Archives are made by the deployment, not kept in git: that one is not in the checkout says nothing."""


def _doubt(code: str, path: str, problems: list[Problem], why: str = "") -> Outcome:
    return unverified(
        f"file/{path}",
        f"{path} is free of {CODES[code]}",
        why + "; ".join(problem.message for problem in problems[:5]),
        *(Evidence(problem.place, problem.message) for problem in problems),
    )


def _doubting(code: str) -> Callable[[ProjectEvidence], Iterator[Outcome]]:
    def run(project: ProjectEvidence) -> Iterator[Outcome]:
        for path, problems in _by_file(project, code).items():
            yield _doubt(code, path, problems)

    return run


def _reading(
    code: str,
    name: str,
    severity: Severity | None,
    why: str,
    clear: str,
    *,
    holds: str = "",
    work: Work = works.TERRAFORM,
    because_of: Causes = lambda _project, _problems: (),
) -> Check:
    """A check for one code; without a severity its lines are unverified. ``holds`` is the line of the checklist when all is well."""
    run = _doubting(code) if severity is None else _failing(code, holds, because_of)
    run.__doc__ = f"Terraform files of the root module and its local modules, tfvars and backend files: {CODES[code]}."
    return check(code, name, severity=severity or Severity.LOW, category="Terraform", work=work, why=why, clear=clear)(run)


def _misspelt(project: ProjectEvidence, problems: list[Problem]) -> tuple[str, ...]:
    """Every value here has the name, but for a slip, of a variable that has none."""
    waiting = {problem.message: problem.place.path for problem in project.stack.problems if problem.code == "VAR001"}
    names = {name: path for message, path in waiting.items() for name in _NAME.findall(message)}
    meant = [get_close_matches(name, names, n=1, cutoff=0.8) for problem in problems for name in _NAME.findall(problem.message)[:1]]
    return tuple(f"VAR001/file/{names[found[0]]}" for found in meant) if all(meant) else ()


def _unread_files(project: ProjectEvidence, _problems: list[Problem]) -> tuple[str, ...]:
    """What is referred to may stand in a file that could not be read."""
    return tuple(f"{problem.code}/file/{problem.place.path}" for problem in project.stack.problems if problem.code in HIDING)


_NAME = regex(r"\bvar\.([A-Za-z_][\w-]*)")

HCL001 = _reading(
    "HCL001",
    "terraform-syntax",
    Severity.CRITICAL,
    _UNREAD,
    "Mend the syntax: `terraform validate` shows it too.",
    holds="The Terraform can be read",
)
HCL002 = _reading("HCL002", "attribute-repeated", Severity.HIGH, _REFUSED, "Keep one of the two.")
HCL003 = _reading("HCL003", "block-repeated", Severity.HIGH, _REFUSED, "Rename or remove one of the two.")
HCL004 = _reading("HCL004", "file-not-text", Severity.CRITICAL, _UNREAD, "Store the file as UTF-8 text in the repository itself.")
HCL005 = _reading("HCL005", "block-unknown", Severity.HIGH, _REFUSED, "Correct the block's type or labels.")
HCL006 = _reading("HCL006", "file-beyond-budget", Severity.CRITICAL, _UNREAD, "Split the file, or make what it holds simpler.")
MOD001 = _reading("MOD001", "module-not-in-checkout", None, _GUESS, "Vendor the module, or keep what is judged in the root module.")
MOD002 = _reading("MOD002", "module-source-unusable", Severity.HIGH, _UNREAD, "Point the source to a folder inside the repository.")
VAR002 = _reading(
    "VAR002", "variable-validation-fails", Severity.HIGH, _REFUSED, "Set a value that the variable's validation accepts.", work=works.INPUTS
)
VAR003 = _reading(
    "VAR003",
    "variable-undeclared",
    Severity.LOW,
    "The value has no effect: somebody believes that it is set. Terraform warns, and drops it.",
    "Declare the variable, correct its name, or remove the value.",
    because_of=_misspelt,
    holds="Every value is for a declared variable",
    work=works.INPUTS,
)
VAR004 = _reading("VAR004", "variable-type-differs", Severity.HIGH, _REFUSED, "Set a value of the variable's type.", work=works.INPUTS)
EVL001 = _reading(
    "EVL001", "expression-refused", Severity.HIGH, _REFUSED, "Correct the expression.", holds="Terraform accepts every expression"
)
EVL002 = _reading("EVL002", "references-in-a-circle", Severity.HIGH, _REFUSED, "Break the circle of references.")
EVL003 = _reading("EVL003", "count-unknown", None, _GUESS, "Let count and for_each follow from variables with values in tfvars.")
EVL004 = _reading("EVL004", "evaluation-beyond-budget", Severity.CRITICAL, _UNREAD, "Make the expression simpler.")
EVL005 = _reading(
    "EVL005",
    "reference-undeclared",
    Severity.HIGH,
    _REFUSED,
    "Declare what is referred to, or correct the reference.",
    because_of=_unread_files,
)
FIL001 = _reading("FIL001", "path-outside-checkout", Severity.HIGH, _UNREAD, "Keep everything that the Terraform reads in the repository.")
FIL002 = _reading("FIL002", "link-not-followed", Severity.HIGH, _UNREAD, "Replace the link by the file itself.")
FIL003 = _reading("FIL003", "file-unreadable", Severity.HIGH, _REFUSED, "Add the file, or correct its path.")
PLN001 = _reading(
    "PLN001",
    "plan-differs-from-files",
    Severity.HIGH,
    "The plan was made from other files or other values: what is approved is not what is judged here.",
    "Make the plan anew from this commit with the environment's values.",
)
PLN002 = _reading(
    "PLN002",
    "plan-unreadable",
    Severity.HIGH,
    "A plan that cannot be read is no witness.",
    "Give the output of `terraform show -json PLANFILE`.",
)
