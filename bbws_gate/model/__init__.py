"""Frozen values that the whole pipeline shares; knows no file, no network, no Terraform."""

from bbws_gate.model.assessment import (
    ActionItem,
    Approval,
    Assessment,
    CategoryScore,
    ChecklistItem,
    Decision,
    Dependent,
    Score,
    Status,
)
from bbws_gate.model.finding import Finding, Outcome, Result, Severity, Waiver
from bbws_gate.model.place import Evidence, Place, Step

__all__ = [
    "ActionItem",
    "Approval",
    "Assessment",
    "CategoryScore",
    "ChecklistItem",
    "Decision",
    "Dependent",
    "Evidence",
    "Finding",
    "Outcome",
    "Place",
    "Result",
    "Score",
    "Severity",
    "Status",
    "Step",
    "Waiver",
]
