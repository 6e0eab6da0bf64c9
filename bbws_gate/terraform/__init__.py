"""Terraform read exactly as Terraform reads it, from files alone.

In: a repository, a root folder and the environment's inputs. Out: a :class:`~bbws_gate.terraform.stack.Stack`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bbws_gate.terraform.read import read_stack

__all__ = ["read_stack"]


def __getattr__(name: str) -> Any:
    """Imports the reader when it is first asked for: whoever only needs the records should not pay for it."""
    if name != "read_stack":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bbws_gate.terraform.read import read_stack

    return read_stack
