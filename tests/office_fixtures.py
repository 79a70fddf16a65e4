"""The office as fixtures."""

from collections.abc import Iterator

import pytest

from tests.office import Office, at_work


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """Muli Town at work on its opening day."""
    with at_work() as now:
        yield Office(now)


@pytest.fixture
def other_office(office: Office) -> Office:
    """Another authority in the same database."""
    return Office(office.clock, slug="tangfang")
