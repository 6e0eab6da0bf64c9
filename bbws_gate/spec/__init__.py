"""The promotion spec: strict models, the line of every key, and errors that say how to mend it."""

from bbws_gate.spec.condition import Condition
from bbws_gate.spec.environment import Budget, Environment
from bbws_gate.spec.load import LoadedSpec, load_spec
from bbws_gate.spec.matcher import Matcher, Verdict, reach
from bbws_gate.spec.people import ApprovalRule, DecisionRule, Dependency, ManualAction, Members, WaiverRule
from bbws_gate.spec.placeholders import fill
from bbws_gate.spec.promotion import PromotionSpec
from bbws_gate.spec.schema import json_schema
from bbws_gate.spec.tables import IndexExpectation, TableExpectation

__all__ = [
    "ApprovalRule",
    "Budget",
    "Condition",
    "DecisionRule",
    "Dependency",
    "Environment",
    "IndexExpectation",
    "LoadedSpec",
    "ManualAction",
    "Matcher",
    "Members",
    "PromotionSpec",
    "TableExpectation",
    "Verdict",
    "WaiverRule",
    "fill",
    "json_schema",
    "load_spec",
    "reach",
]
