"""What every test stands on: a browser, a migrated database, and no silent skips in CI."""

import os
import shutil
from pathlib import Path
from typing import Any

import hypothesis
import pytest

pytest_plugins = ["tests.browser_fixtures", "tests.database_fixtures", "tests.office_fixtures"]

# A slow machine is no counter-example.
hypothesis.settings.register_profile("juece", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("juece")


def pytest_unconfigure() -> None:
    """Remove the data directory that tests/settings.py made; parallel test processes skip Python's own exit hooks."""
    place = Path(os.environ.get("DATA_DIR", ""))
    if place.name.startswith("juece-tests-"):
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _packaged_calendar_only() -> None:
    """Tests count by the packaged notices; those of importing plug the table in again."""
    from decisions import workdays

    workdays.set_provider(None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section(f"{len(skipped)} TESTS DID NOT RUN", red=True, bold=True)
        for report in skipped:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[-1]}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that did not run is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
