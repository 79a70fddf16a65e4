"""Many citizens at one moment: each opinion has its own number, one posting is one opinion, no process is held."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import transaction

from decisions import clock
from decisions.models import Opinion
from decisions.services import broken_links
from tests.hazards.test_concurrency import at_once
from tests.office import Office
from tests.portal.citizens import Citizen, consult, receipt_in
from workflows.locks import process_lock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CITIZENS = 16


@pytest.fixture
def held(transactional_db):
    cache.clear()
    with clock.at(clock.now()) as now:
        yield consult(Office(now))[1]


def test_opinions_sent_together_are_numbered_without_gap_or_repetition(held):
    path = f"/public/consultations/{held.pk}/comment/"
    citizens = [Citizen(f"203.0.113.{number}") for number in range(CITIZENS)]
    forms = [citizen.fill_in(path) for citizen in citizens]

    pages = at_once([lambda c=c, f=f: c.send(path, f) for c, f in zip(citizens, forms, strict=True)])

    assert len({receipt_in(page) for page in pages}) == CITIZENS
    assert sorted(Opinion.objects.values_list("number", flat=True)) == list(range(1, CITIZENS + 1))
    assert broken_links(held.decision) == []


def test_one_form_sent_many_times_together_is_one_opinion(held):
    path = f"/public/consultations/{held.pk}/comment/"
    citizen = Citizen()
    form = citizen.fill_in(path)
    browsers = [Citizen() for _time in range(CITIZENS)]
    for browser in browsers:
        browser.client.cookies = citizen.client.cookies

    codes = Counter(receipt_in(page) for page in at_once([lambda b=b: b.send(path, form) for b in browsers]))

    assert len(codes) == 1
    assert Opinion.objects.count() == 1


def test_a_citizen_does_not_wait_for_whoever_holds_the_process(held):
    process = held.decision.processes.get()

    if transaction.get_connection().vendor == "sqlite":
        return  # there one writer excludes all others, whatever they write
    with process_lock(type(process.flow_class), process.pk):
        assert at_once([lambda: Citizen().comment(held)])
