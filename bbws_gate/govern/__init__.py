"""What people said: commands, decisions, waivers, approvals, manual work, and the verdict at deploy time. Knows a record, not GitHub."""

from bbws_gate.govern.gate_edit import GATE_EDIT
from bbws_gate.govern.governed import Governed, Said, govern
from bbws_gate.govern.grants import other_commits
from bbws_gate.govern.hearing import hear
from bbws_gate.govern.manual import done
from bbws_gate.govern.snapshot import Snapshot, resources_digest
from bbws_gate.govern.verify import Code, Deployment, Reason, Verdict, verify

__all__ = [
    "GATE_EDIT",
    "Code",
    "Deployment",
    "Governed",
    "Reason",
    "Said",
    "Snapshot",
    "Verdict",
    "done",
    "govern",
    "hear",
    "other_commits",
    "resources_digest",
    "verify",
]
