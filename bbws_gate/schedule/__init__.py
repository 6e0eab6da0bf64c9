"""Dates from estimates: who can do what when, what sets the end, and what would bring it forward. Pure; dates only."""

from bbws_gate.schedule.forecast import forecast

__all__ = ["forecast"]
