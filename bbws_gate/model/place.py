"""Where something stands in the repository, and how a value came about."""

from __future__ import annotations

from bbws_gate.deferred import NamedTuple


class Place(NamedTuple):
    """A range of whole lines in one file."""

    path: str
    """POSIX path relative to the repository root."""
    line: int
    """First line, counted from 1; 0 means the file as a whole (or a file that does not exist)."""
    end_line: int
    """Last line, inclusive; equal to ``line`` for one line."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Step(NamedTuple):
    """One step of the chain that produced a value: a variable, a tfvars line, a local, a module argument."""

    what: str
    """What happened here, for a person: ``var.environment from environments/sit.tfvars``."""
    place: Place


class Evidence(NamedTuple):
    """One observed fact with its place."""

    place: Place
    value: str
    """What was seen there, as text for a person; never a secret."""
    provenance: tuple[Step, ...] = ()
    """How the value came about, nearest cause first; empty when it is written literally at ``place``."""
