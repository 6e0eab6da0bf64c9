"""The JSON schema of SARIF 2.1.0, as the OASIS committee released it (rtm.5).

It is not part of this repository: Microsoft's jest-sarif carries it under the MIT licence, and npm brings that once into ``.build/sarif``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / ".build/sarif"
PACKAGE, MEMBER = "@microsoft/jest-sarif@1.0.0-beta.0", "package/lib/schemas/sarif-2.1.0-rtm.5.json"
DIGEST = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"


def schema() -> dict[str, Any]:
    """The schema. Skips the test where there is no npm; in CI that is a failure."""
    kept = FOLDER / "schema.json"
    if not kept.is_file():
        if shutil.which("npm") is None:
            reason = "npm is not installed; the SARIF schema comes from its registry"
            if os.environ.get("CI") == "true" or os.environ.get("BBWS_GATE_NO_SKIP") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        kept.write_bytes(_brought())
    # The pattern of `language` has a bracket that nothing opens: regular only to JavaScript. Later releases corrected it.
    found: dict[str, Any] = json.loads(kept.read_bytes().replace(b"{2}]?$", b"{2}?$"))
    return found


def _brought() -> bytes:
    FOLDER.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "pack", PACKAGE, "--loglevel=error"], cwd=FOLDER, check=True, capture_output=True, timeout=300)
    with tarfile.open(next(FOLDER.glob("*.tgz"))) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        text = member.read()
    assert hashlib.sha256(text).hexdigest() == DIGEST
    return text
