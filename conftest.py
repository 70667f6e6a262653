"""Where ONRECORD_NO_UNEXPECTED_SKIPS is set, a skip that nobody expected fails the run."""

from __future__ import annotations

import os

import pytest

EXPECTED = ("evaluation data", "micro-thesauri")
"""Words in the reasons of skips that may happen anywhere: data not shipped with the code."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Name the unexpected skips and fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("ONRECORD_NO_UNEXPECTED_SKIPS"):
        return
    reasons = {str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])}
    unexpected = sorted(r for r in reasons if not any(words in r for words in EXPECTED))
    if unexpected:
        reporter.write_line("unexpected skips:", red=True)
        for reason in unexpected:
            reporter.write_line(f"  {reason}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
