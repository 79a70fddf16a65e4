"""Whole matters, through the URLs that people use, from proposal to closing."""

import pytest

from decisions.models import Opinion
from decisions.services import broken_links
from decisions.terms import Status
from tests.office import Office


@pytest.mark.postgres
def test_a_matter_travels_the_whole_way(office: Office):
    decision = office.initiate(has_possible_harm="on", is_technical="on", affects_vital_interests="on")
    office.advance(decision)
    decision.refresh_from_db()
    assert decision.status == Status.CLOSED
    assert office.open_steps(decision) == []
    assert decision.publication.draft_id == decision.adopted_draft_id
    assert not Opinion.objects.filter(decision=decision, answers__isnull=True).exists()
    assert broken_links(decision) == []
    page = office.client("li").get(f"/decisions/{decision.pk}/certificate/")
    certificate = page.context["certificate"]
    assert certificate.missing == []
    assert certificate.is_complete
    assert all(assertion.holds for assertion in certificate.assertions)


def test_a_certificate_of_a_matter_under_way_says_what_is_missing(office: Office):
    decision = office.initiate()
    office.advance(decision, until="legality_review")
    certificate = office.client("li").get(f"/decisions/{decision.pk}/certificate/").context["certificate"]
    assert not certificate.is_complete
    missing = "".join(str(breach) for breach in certificate.missing)
    assert "“合法性审查”尚未完成" in missing
    assert "公众参与" not in missing
    assert "第二十五条" in missing
