"""``python -m bbws_gate`` is the command ``bbws-gate``."""

import sys

from bbws_gate.cli import main

sys.exit(main())
