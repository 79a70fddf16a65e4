"""决策建议: what a proposal must say, what stays out, and who registers it (arts. 3 and 10)."""

from datetime import date
from typing import Any

import pytest

from decisions.models import Decision, Membership
from decisions.terms import Role
from tests.office import PROPOSAL, Office


def submit(office: Office, by: str = "sun", **facts: Any) -> Any:
    return office.client(by).post("/decisions/new/", {**PROPOSAL, **facts})


def told(response: Any) -> str:
    """What a refused proposal says on its page."""
    assert response.status_code == 422
    assert not Decision.objects.exists()
    return str(response.content.decode())


def test_it_records_the_matter_and_asks_for_initiation(office):
    response = submit(office, is_technical="on", submission_key="once")

    decision = Decision.objects.get()
    assert response.status_code == 302
    assert decision.number == "2026-001"
    assert decision.is_technical
    assert decision.records.get().step == "proposal"
    assert office.open_steps(decision) == ["initiation"]


def test_it_is_recorded_once_however_often_the_form_is_sent(office):
    for _time in range(3):
        assert submit(office, submission_key="the same").status_code == 302

    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("problem", "需要解决的主要问题"),
        ("reasons", "建议理由和依据"),
        ("preliminary_plan", "解决问题的初步方案"),
        ("necessity", "必要性"),
        ("feasibility", "可行性"),
    ],
)
def test_a_missing_part_is_refused_and_the_rest_is_kept(office, name, label):
    page = told(submit(office, **{name: "   "}))

    assert f"决策建议应当写明“{label}”" in page
    assert "第十条第一款第二项" in page
    assert PROPOSAL["matter"] in page


@pytest.mark.parametrize("exclusion", ["macro_control", "legislation", "emergency"])
def test_an_excluded_matter_is_refused(office, exclusion):
    page = told(submit(office, exclusion=exclusion))

    assert "不适用本程序" in page
    assert "《重大行政决策程序暂行条例》第三条第三款" in page


def test_a_state_secret_never_enters(office):
    page = told(submit(office, openness="not_public", nondisclosure_ground="state_secret"))

    assert "《中华人民共和国保守国家秘密法实施条例》第四十一条" in page


def test_what_is_not_disclosed_names_its_ground(office):
    assert "公开条例第十四条" in told(submit(office, openness="not_public"))


def test_a_citizens_proposal_is_registered_by_the_office(office):
    assert "统一登记" in told(submit(office, proposer_kind="public", proposer_name="张村民"))

    assert submit(office, "li", proposer_kind="public", proposer_name="张村民").status_code == 302


def test_a_clerk_with_a_second_duty_registers_as_the_office(office):
    Membership.objects.create(
        person=office.people["sun"], unit=office.unit("党政办"), duty=Role.OFFICE_CLERK, since=date(2019, 9, 1)
    )

    assert submit(office, proposer_kind="deputy", proposer_name="李代表").status_code == 302
    assert Decision.objects.get().records.get().role == Role.OFFICE_CLERK


def test_who_serves_two_authorities_chooses_one(office, other_office):
    office.people["sun"].memberships.create(
        unit=other_office.unit("党政办"), duty=Role.OFFICE_CLERK, since=date(2019, 9, 1)
    )
    page = office.client("sun").get("/decisions/new/").content.decode()
    assert "?authority=tangfang" in page
    assert "?authority=muli" in page

    assert submit(office, authority="tangfang").status_code == 302
    assert Decision.objects.get().authority == other_office.authority


def test_nobody_proposes_where_they_hold_no_duty(office, other_office):
    assert submit(office, authority="tangfang").status_code == 302
    assert Decision.objects.get().authority == office.authority
    assert office.client("wu").get("/decisions/new/").status_code == 403


def test_a_major_adjustment_is_a_new_matter_linked_to_the_old(office, other_office):
    earlier, foreign = office.propose(), other_office.propose(by="sun")

    page = office.client("sun").get(f"/decisions/new/?adjusts={earlier.pk}").content.decode()
    assert "重大调整" in page
    assert submit(office, adjusts=earlier.pk).status_code == 302
    assert Decision.objects.latest("pk").adjusts == earlier
    assert office.client("sun").get(f"/decisions/new/?adjusts={foreign.pk}").status_code == 404
