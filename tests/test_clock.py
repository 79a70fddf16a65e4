"""The clock of the house: set, advanced, and otherwise Django's."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from decisions import clock


def test_it_follows_the_real_time_when_it_is_not_set() -> None:
    with time_machine.travel(datetime(2026, 9, 18, 17, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 9, 18, 17, 30, tzinfo=UTC)
        assert clock.today() == date(2026, 9, 19)  # it is past midnight in Shanghai


def test_it_stands_where_it_is_put_and_moves_when_told() -> None:
    with clock.at(date(2026, 9, 18)) as ours:
        assert clock.now().isoformat() == "2026-09-18T09:00:00+08:00"
        ours.advance(days=2, hours=15)
        assert clock.today() == date(2026, 9, 21)
        with clock.at(datetime(2022, 1, 1, tzinfo=UTC)):
            assert clock.today() == date(2022, 1, 1)
        ours.set(date(2026, 10, 8))
        assert clock.today() == date(2026, 10, 8)


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(datetime.fromisoformat("2026-09-18T09:00")):
        pass
