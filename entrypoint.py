"""Starts the action. Run by its path, isolated (``python -I``), so that nothing in the workspace can stand in for our package."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bbws_gate.action import run, verify
from bbws_gate.memory import collect_rarely

collect_rarely()
sys.exit((verify if sys.argv[1:] == ["verify"] else run).main(os.environ, sys.stdout))
