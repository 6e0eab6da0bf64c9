"""The verdict: findings from checks, and what follows from them for status, score, work, decisions and approvals."""

from bbws_gate.assess.assessment import assess, failed, snapshot

__all__ = ["assess", "failed", "snapshot"]
