"""Starts the action. Run by its path, isolated (``python -I``), so that nothing in the workspace can stand in for our package."""

import os
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bbws_gate.memory import collect_rarely

collect_rarely()
part = "verify" if sys.argv[1:] == ["verify"] else "run"
sys.exit(import_module(f"bbws_gate.action.{part}").main(os.environ, sys.stdout))
