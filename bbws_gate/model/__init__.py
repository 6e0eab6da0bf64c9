"""Frozen values that the whole pipeline shares; knows no file, no network, no Terraform."""

from bbws_gate.model.assessment import (
    ActionItem,
    Approval,
    Assessment,
    CategoryScore,
    ChecklistItem,
    Decision,
    Dependent,
    Option,
    Risk,
    Rollback,
    Score,
    Status,
)
from bbws_gate.model.cost import CostEstimate
from bbws_gate.model.dossier import DeploymentStep, Dossier, EnvironmentResources, PlannedResource, Source
from bbws_gate.model.finding import Finding, Outcome, Result, Severity, Waiver
from bbws_gate.model.history import Past
from bbws_gate.model.place import Evidence, Place, Step
from bbws_gate.model.record import Change, Person, Record, Remark, Reply, Review, Thread
from bbws_gate.model.schedule import Remedy, Schedule, ScheduledItem

__all__ = [
    "ActionItem",
    "Approval",
    "Assessment",
    "CategoryScore",
    "Change",
    "ChecklistItem",
    "CostEstimate",
    "Decision",
    "Dependent",
    "DeploymentStep",
    "Dossier",
    "EnvironmentResources",
    "Evidence",
    "Finding",
    "Option",
    "Outcome",
    "Past",
    "Person",
    "Place",
    "PlannedResource",
    "Record",
    "Remark",
    "Remedy",
    "Reply",
    "Result",
    "Review",
    "Risk",
    "Rollback",
    "Schedule",
    "ScheduledItem",
    "Score",
    "Severity",
    "Source",
    "Status",
    "Step",
    "Thread",
    "Waiver",
]
