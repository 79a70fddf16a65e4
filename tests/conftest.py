"""What every test stands on: the browser, emptying a guarded database, and no silent skips in CI."""

import os
from typing import Any

import pytest
from django.test import TransactionTestCase

from decisions import guards

pytest_plugins = ["tests.browser_fixtures", "tests.office_fixtures"]


@pytest.fixture(scope="session", autouse=True)
def _emptying_despite_the_guards() -> Any:
    """Between tests with real transactions Django empties every table, which our guards rightly refuse on SQLite."""
    empty = TransactionTestCase._fixture_teardown

    def empty_unguarded(case: TransactionTestCase) -> None:
        with guards.removed():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_unguarded)
        yield


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
