"""What modules define at import, made when it is first used.

A run imports some two hundred dataclasses and as many patterns, and uses a third of them; making them all took half of a small ``check``.
:mod:`bbws_gate.deferred.models` does the same for the promotion spec's models.
"""

from bbws_gate.deferred.data import dataclass
from bbws_gate.deferred.patterns import regex

__all__ = ["dataclass", "regex"]
