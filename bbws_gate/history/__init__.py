"""Earlier assessments: read back from their JSON, and held against the present one."""

from bbws_gate.history.reading import read_past
from bbws_gate.history.shelf import read_history
from bbws_gate.history.since import Since, since

__all__ = ["Since", "read_history", "read_past", "since"]
