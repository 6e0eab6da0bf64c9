"""Frozen values that the whole pipeline shares; knows no file, no network, no Terraform."""

from bbws_gate.model.finding import Finding, Outcome, Result, Severity, Waiver
from bbws_gate.model.place import Evidence, Place, Step

__all__ = ["Evidence", "Finding", "Outcome", "Place", "Result", "Severity", "Step", "Waiver"]
