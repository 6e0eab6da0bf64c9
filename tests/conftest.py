"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# Derandomised: the same commit gives the same run; `make fuzz`-like searching is not the suite's work.
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# No run of the suite reads or fills the cache of whoever starts it; tests of the cache name a folder of their own.
os.environ["XDG_CACHE_HOME"] = os.environ["XDG_STATE_HOME"] = f"{os.devnull}/none"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``BBWS_GATE_NO_SKIP=1`` (continuous integration) a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("BBWS_GATE_NO_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report
