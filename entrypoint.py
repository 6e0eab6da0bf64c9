"""Starts the action. Run by its path, isolated (``python -I``), so that nothing in the workspace can stand in for our package."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bbws_gate.action.run import main

sys.exit(main(os.environ, sys.stdout))
