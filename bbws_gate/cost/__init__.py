"""What an environment will cost a month, from its evaluated resources, usage assumptions and a dated price snapshot."""

from bbws_gate.cost.difference import with_difference
from bbws_gate.cost.estimate import estimate
from bbws_gate.cost.importing import with_report

__all__ = ["estimate", "with_difference", "with_report"]
