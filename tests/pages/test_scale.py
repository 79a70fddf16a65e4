"""Pages cost the same with twenty and with twenty thousand matters."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions.models import Decision
from tests.crowd import multiply
from tests.office import Office, walk

MOST_QUERIES, MOST_OF_A_LIST, MOST_BYTES = 15, 8, 400_000
PAGES = ("/", "/decisions/", "/decisions/{pk}/", "/decisions/{pk}/events/", "/decisions/{pk}/process/")

OPEN_AT_ONCE = {
    "public_participation": 1,
    "hearing": 2,
    "risk_assessment": 1,
    "fair_competition_review": 1,
    "expert_review": 2,
}
"""Side by side, and how many of their acts were done."""


def cost(client: Client, url: str) -> tuple[int, float, int]:
    """Queries, seconds and bytes of a page that was asked for before."""
    client.get(url)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    seconds = time.perf_counter() - began
    assert response.status_code == 200, url
    return len(queries), seconds, len(response.content)


def costs(office: Office, decision: Decision, who: str) -> dict[str, int]:
    client = office.client(who)
    found = {url: cost(client, url.format(pk=decision.pk)) for url in PAGES}
    for url, (queries, _seconds, size) in found.items():
        assert queries <= (MOST_OF_A_LIST if url == "/decisions/" else MOST_QUERIES), (url, queries)
        assert size < MOST_BYTES, (url, size)
    return {url: queries for url, (queries, _seconds, _size) in found.items()}


@pytest.fixture
def busy(office: Office) -> Decision:
    """A matter on which as much as possible is open at once, among nineteen others."""
    finished = office.advance(office.initiate(matter="木李镇集贸市场改造"), until="submission")
    multiply(finished, 10)
    multiply(office.initiate(matter="木李镇养老服务规划"), 8, finished=False)
    decision = office.initiate(affects_market="on", affects_vital_interests="on")
    Decision.objects.filter(pk=decision.pk).update(holds_hearing=True)
    for step in ("drafting", "coordination"):
        office.perform(decision, step)
    for step, acts in OPEN_AT_ONCE.items():
        for act, data, days in walk()[step][:acts]:
            office.clock.advance(days=days)
            office.act(decision, act, on=step, **(data(office, decision) if callable(data) else data))
    return decision


@pytest.mark.postgres
@pytest.mark.parametrize("who", ["sun", "wang", "li"])
def test_pages_keep_to_their_queries(office: Office, busy: Decision, who: str) -> None:
    costs(office, busy, who)


def test_pages_cost_the_same_with_twenty_thousand_matters(office: Office, busy: Decision) -> None:
    before = {who: costs(office, busy, who) for who in ("sun", "wang", "li")}
    multiply(Decision.objects.order_by("pk")[0], 20_000)
    assert Decision.objects.count() > 20_000
    assert {who: costs(office, busy, who) for who in before} == before
    client = office.client("li")
    for query in ("q=利民水库", "q=没有这样的事项", "q=2026-001", "stage=participation", "status=closed", "scope=late"):
        queries, seconds, _size = cost(client, f"/decisions/?{query}")
        assert queries <= MOST_OF_A_LIST, query
        assert seconds < 0.5, (query, seconds)
