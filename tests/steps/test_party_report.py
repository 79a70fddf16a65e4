"""请示报告 (art. 31): the gate before publication."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions import clock
from decisions.models import Publication
from decisions.terms import Status
from tests.walk.decision import issue, report

RETURNED = {"outcome": "returned", "because": "资金来源须先报县财政局审核。"}


@pytest.fixture
def matter(office):
    """An adopted matter that is to be reported."""
    return office.advance(office.initiate(), until="party_report")


def test_it_registers_the_report_and_the_reply_and_goes_on_to_publication(office, matter):
    facts = report(office, matter)
    office.act(matter, "report_to_party", reference=facts["reference"], reported_on=facts["reported_on"])
    assert "尚未登记同级党委的答复" in office.refused(matter, "conclude_party_report", outcome="agreed")
    office.wait(1)
    row = matter.party_reports.get()
    office.act(matter, "register_reply", report=row.pk, replied_on=clock.today(), reply="同意。")
    office.act(matter, "conclude_party_report", outcome="agreed")
    assert office.open_steps(matter) == ["publication"]


def test_it_refuses_without_report_or_reply(office, matter):
    text = office.refused(matter, "conclude_party_report", outcome="agreed")
    assert "尚未登记向同级党委请示报告的情况" in text
    assert "第三十一条" in text


def test_it_refuses_days_that_cannot_be(office, matter):
    facts = report(office, matter)
    tomorrow, yesterday = clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)
    late = office.refused(matter, "report_to_party", **{**facts, "reported_on": tomorrow})
    assert "不得晚于今日" in late
    assert "答复日期早于请示报告日期" in late
    early = office.refused(matter, "report_to_party", **{**facts, "replied_on": yesterday})
    assert "答复日期早于请示报告日期" in early
    assert "应当一并填写" in office.refused(matter, "report_to_party", **{**facts, "reply": ""})


def test_it_takes_the_adopted_text_back_when_the_committee_wants_changes(office, matter):
    """Only what is adopted anew can be published: not the text that was returned."""
    first = matter.adopted_draft
    office.act(matter, "report_to_party", **report(office, matter))
    assert "应当载明理由" in office.refused(matter, "conclude_party_report", outcome="returned")
    office.act(matter, "conclude_party_report", **RETURNED)
    assert (matter.adopted_draft, matter.adopted_on, matter.status) == (None, None, Status.DRAFTED)
    assert office.open_steps(matter) == ["revision"]
    assert matter.events.get(kind="adoption.withdrawn")

    assert "“请示报告”要求修改" in office.refused(matter, "conclude_revision", opinion="不修改。")
    office.advance(matter, until="publication")
    assert matter.adopted_draft.number == first.number + 1
    assert matter.party_reports.filter(draft=matter.adopted_draft).exists()
    with pytest.raises(IntegrityError, match="I9"), transaction.atomic():
        Publication.objects.create(
            decision=matter, draft=first, document_number="木政发〔2026〕9号", secrecy_reviewer="李文书",
            secrecy_reviewed_on=clock.today(), secrecy_conclusion="可以公开。", published_on=clock.today(),
            by=office.people["li"],
        )  # fmt: skip
    office.act(matter, "publish", **issue(office, matter))
    assert matter.publication.draft == matter.adopted_draft
