"""What modules define at import, made when it is first used.

A run imports some two hundred dataclasses, as many patterns and half as many named tuples, and uses a third of them.
Making them all took more than half of a small ``check``.
:mod:`bbws_gate.deferred.models` does the same for the promotion spec's models.
"""

from bbws_gate.deferred.data import dataclass, field, replace
from bbws_gate.deferred.patterns import regex
from bbws_gate.deferred.tuples import NamedTuple

__all__ = ["NamedTuple", "dataclass", "field", "regex", "replace"]
