"""决策启动: started with one lead unit and a handler, or not started with a reason (arts. 10 and 11)."""

import pytest

from decisions.models import Decision
from decisions.terms import Status
from tests.office import Office, upload
from tests.walk.drafting import initiation


@pytest.fixture
def decision(office: Office) -> Decision:
    return office.propose()


def test_it_names_who_undertakes_the_matter(office, decision):
    office.act(decision, "initiate", **initiation(office, decision))

    assert decision.lead_unit == office.unit("农业农村办")
    assert decision.handler == office.people["sun"]
    assert decision.status == Status.STARTED
    assert office.open_steps(decision) == ["drafting"]


def test_it_is_not_started_without_a_unit(office, decision):
    told = office.refused(decision, "initiate", outcome="started", handler=office.people["sun"].pk)

    assert "启动决策应当明确决策承办单位" in told
    assert "第十一条" in told


def test_two_units_need_a_lead(office, decision):
    units = [office.unit("农业农村办").pk, office.unit("财经办").pk]

    told = office.refused(decision, "initiate", outcome="started", co_units=units, handler=office.people["sun"].pk)

    assert "应当明确牵头的承办单位" in told
    assert "第十一条" in told


def test_it_is_not_started_without_a_handler(office, decision):
    told = office.refused(decision, "initiate", outcome="started", lead_unit=office.unit("农业农村办").pk)

    assert "应当明确承办人" in told


def test_it_says_why_a_matter_is_not_started(office, decision):
    assert "应当说明理由" in office.refused(decision, "initiate", outcome="not_started")

    office.act(decision, "initiate", outcome="not_started", opinion="资金尚未落实，暂不启动。")
    assert decision.status == Status.NOT_STARTED
    assert office.open_steps(decision) == []


def test_a_proposal_from_outside_is_studied_first(office):
    decision = office.propose(by="li", proposer_kind="public", proposer_name="张村民")
    given = initiation(office, decision)

    assert "应当先交有关单位研究论证" in office.refused(decision, "initiate", **given)

    office.act(
        decision,
        "file_document",
        by="li",
        kind="study_report",
        document_title="研究论证报告",
        upload=upload("研究论证报告.txt"),
        openness="not_public",
    )
    office.act(decision, "initiate", **given)
    assert office.open_steps(decision) == ["drafting"]


def test_only_the_authoritys_own_units_and_handlers_are_offered(office, other_office, decision):
    foreign = {"lead_unit": other_office.unit("农业农村办").pk, "handler": other_office.people["sun"].pk}

    told = office.refused(decision, "initiate", outcome="started", **foreign)

    assert "lead_unit" in told
    assert "handler" in told


def test_the_chief_who_once_handled_does_not_decide(office, decision):
    decision.involvements.create(person=office.people["wang"], side="handle", step="proposal")

    told = office.refused(decision, "initiate", by="wang", **initiation(office, decision))

    assert "不得再以“决定”身份参与" in told
    assert decision.events.filter(kind="refused").exists()
