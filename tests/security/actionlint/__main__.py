from __future__ import annotations

import sys

from tests.security.actionlint import main

sys.exit(main())
