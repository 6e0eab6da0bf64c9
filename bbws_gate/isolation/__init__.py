"""Reading and evaluating in a process of its own, with bounds that hold whatever the files do to it.

The worker is a fork: no second import, and nothing that a repository could configure. Only JSON comes back, checked against the types that
are expected: a process that parsed hostile files is not believed more than the files are, so no pickle. Whatever ends the worker early ends
the run with a reason, never with a verdict that somebody could take for a success.
"""

from bbws_gate.isolation.limits import LIMITS, Limits
from bbws_gate.isolation.typed import isolated, isolated_with_text
from bbws_gate.isolation.unfinished import unfinished
from bbws_gate.isolation.worker import WorkerDied, ask, in_worker

__all__ = ["LIMITS", "Limits", "WorkerDied", "ask", "in_worker", "isolated", "isolated_with_text", "unfinished"]
