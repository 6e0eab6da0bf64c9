"""What reading Terraform can run into; each is a value, so that one bad file does not hide the rest."""

from __future__ import annotations

from bbws_gate.deferred import dataclass
from bbws_gate.model import Place

CODES: dict[str, str] = {
    "HCL001": "syntax that cannot be read",
    "HCL002": "an attribute set twice in one body",
    "HCL003": "a block or declaration of one name twice in a module",
    "HCL004": "a file that is not text Terraform reads (encoding, NUL, size, LFS pointer)",
    "HCL005": "a block where Terraform knows none, or with wrong labels",
    "HCL006": "nested, long or large beyond the reader's budget",
    "MOD001": "a module whose source is not in this checkout",
    "MOD002": "a module source that leaves the checkout or runs in a circle",
    "VAR001": "a required variable without a value",
    "VAR002": "a variable's validation fails",
    "VAR003": "a value set for a variable that is not declared",
    "VAR004": "a value that does not fit its variable's type",
    "EVL001": "an expression that Terraform refuses",
    "EVL002": "references in a circle",
    "EVL003": "count or for_each that cannot be known from files",
    "EVL004": "evaluation beyond the budget of steps, nodes or text",
    "EVL005": "a reference to something that is not declared",
    "PLN001": "the files and the plan disagree",
    "PLN002": "a plan that cannot be read",
    "FIL001": "a path outside the checkout",
    "FIL002": "a symbolic link or submodule, which is not followed",
    "FIL003": "a file that is named but cannot be read",
}
"""Stable codes; the same codes name the findings that these become."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps the reading from being complete or right."""

    code: str
    message: str
    """What, and how to mend it where that is known; one line, no secret values."""
    place: Place
