"""Decided and published: the text, how it came about, what changed since, and feedback (arts. 32 and 35)."""

from datetime import date

import pytest
from django.core.cache import cache

from decisions import clock, guards
from decisions.models import Decision, Draft, Event, PublicFeedback
from tests.portal.citizens import Citizen, played


@pytest.fixture
def citizen(db):
    cache.clear()
    with clock.at(date(2026, 3, 2)):
        yield Citizen()


def test_before_it_is_published_nothing_of_the_decision_shows(citizen):
    decision = played(up_to="party_report")

    for path in ("", "compare/1/", "feedback/"):
        citizen.get(f"/public/decisions/{decision.pk}/{path}", status=404)
    assert decision.title not in citizen.get("/public/decisions/")


def test_a_published_decision_shows_text_history_and_uptake(citizen, django_assert_max_num_queries):
    decision = played(up_to="publication")
    publication = decision.publication

    with django_assert_max_num_queries(15):
        page = citizen.get(f"/public/decisions/{decision.pk}/")

    for article in publication.draft.articles.all():
        assert article.text.splitlines()[0].split("，")[0] in page
    for words in (publication.document_number, publication.uptake[:20], "合法性审查", "集体讨论决定", "条例第三十条"):
        assert words in page
    assert decision.handler.name not in page
    assert decision.records.get(step="legality_review").opinion not in page
    assert decision.title in citizen.get("/public/decisions/")
    assert decision.title in citizen.get("/public/")
    shows_the_way_from_the_draft_put_to_the_public(citizen, decision)
    disappears_when_it_is_no_longer_public(citizen, decision)


def shows_the_way_from_the_draft_put_to_the_public(citizen: Citizen, decision: Decision) -> None:
    """The comparison with what the public was asked about, and with no other version."""
    put = decision.participations.comment_periods().get().draft
    internal = Draft.objects.create(
        decision=decision, number=99, explanatory_note="内部稿", content_hash="0" * 64, written_by=decision.handler
    )
    compare = f"/public/decisions/{decision.pk}/compare"
    assert "征求意见稿" in citizen.get(f"{compare}/{put.number}/")
    citizen.get(f"{compare}/{internal.number}/", status=404)
    citizen.get(f"{compare}/{decision.adopted_draft.number}/", status=404)


def disappears_when_it_is_no_longer_public(citizen: Citizen, decision: Decision) -> None:
    held = decision.participations.comment_periods().get()
    decision.openness = "on_application"
    decision.save(update_fields=["openness"])
    for path in (f"decisions/{decision.pk}/", f"consultations/{held.pk}/", f"decisions/{decision.pk}/compare/1/"):
        citizen.get(f"/public/{path}", status=404)
    assert decision.title not in citizen.get("/public/") + citizen.get("/public/decisions/")


def test_citizens_report_how_a_decision_in_force_works(citizen):
    decision = played(up_to="publication")
    path = f"/public/decisions/{decision.pk}/feedback/"
    form = citizen.fill_in(path, text="施工扬尘较大。", name="金女士", contact="13800001234")

    for _time in range(2):
        assert "已收到您反映的情况" in citizen.send(path, form)

    feedback = PublicFeedback.objects.get()
    assert (feedback.text, feedback.channel) == ("施工扬尘较大。", "online")
    assert "13800001234" not in Event.objects.filter(kind="feedback.received").last().payload
    citizen.send(path, citizen.fill_in(path, text=""), status=422)
    citizen.send(path, citizen.fill_in(path, answer="99"), status=422)
    with guards.removed():
        decision.status = "closed"
        decision.save(update_fields=["status"])
    assert "不在执行期间" in citizen.send(path, form, status=410)
