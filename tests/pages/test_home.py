"""待办: each duty sees what it is asked for, and no more once its part is done."""

from datetime import timedelta

import pytest
from django.test import Client

from decisions import clock
from decisions.models import AgendaItem, Decision, Deputy, Meeting, Person
from decisions.terms import AdminRole, Role
from tests.office import Office
from tests.walk.appraisal import REPORT


def listed(office: Office, username: str) -> dict[str, set[tuple[str, str]]]:
    """Who sees what: by list, the (step, button) of each row."""
    context = office.client(username).get("/").context
    told = {g["key"]: {(one.rule.key, one.button) for one in g["rows"]} for g in context["groups"]}
    return {**told, "may": {(one.rule.key, one.button) for one in context["may"]}}


def cards(office: Office, username: str) -> list[list[str]]:
    """The titles on a leader's three cards."""
    return [
        [matter["title"] for matter in card["matters"]] for card in office.client(username).get("/").context["cards"]
    ]


@pytest.fixture
def reviewed(office: Office) -> Decision:
    return office.advance(office.initiate(), until="legality_review")


@pytest.fixture
def before_meeting(office: Office) -> Decision:
    return office.advance(office.initiate(), until="collective_decision")


def test_a_proposal_is_asked_of_chief_and_office_alone(office: Office) -> None:
    decision = office.propose()
    assert cards(office, "wang") == [[], [str(decision)], []]
    assert listed(office, "li")["act"] == {("initiation", "登记启动决定")}
    assert all(not listed(office, name)["act"] for name in ("sun", "zhou", "wu", "zheng", "shen", "han"))
    assert cards(office, "feng") == [[], [], []]


def test_only_the_handler_named_is_asked_to_draft(office: Office) -> None:
    office.initiate()
    assert listed(office, "sun")["act"] == {("drafting", "办理")}
    assert not listed(office, "qian")["act"]


def test_while_the_public_is_heard_the_handler_waits_and_the_office_may_help(office: Office) -> None:
    decision = office.advance(office.initiate(), until="public_participation")
    assert ("public_participation", "办理") in listed(office, "sun")["act"]
    from tests.walk.participation import comment

    office.act(decision, "open_public_comment", **comment(office, decision))
    assert ("public_participation", "查看") in listed(office, "sun")["wait"]
    assert ("public_participation", "登记线下意见") in listed(office, "li")["may"]


def test_the_assessor_is_asked_until_the_report_is_in_and_then_the_chief(office: Office) -> None:
    decision = office.advance(office.initiate(), until="risk_assessment")
    assert listed(office, "wei")["act"] == {("risk_assessment", "提交风险评估报告")}
    assert cards(office, "wang")[1] == []
    office.act(decision, "submit_risk_report", **REPORT)
    assert not listed(office, "wei")["act"]
    assert cards(office, "wang")[1] == [str(decision)]


def test_an_adviser_who_signed_is_done_and_the_reviewer_waits_for_the_shortest_time(
    office: Office, reviewed: Decision
) -> None:
    assert listed(office, "zheng")["act"] == {("legality_review", "签署法律意见")}
    assert listed(office, "wu")["act"] == {("legality_review", "出具审查意见")}
    assert not listed(office, "sun")["act"]
    opinion = {"conclusion": "lawful", "text": "权限、程序、内容均符合规定。"}
    office.act(reviewed, "sign_legal_opinion", **opinion)
    assert not listed(office, "zheng")["act"]
    assert listed(office, "wu")["wait"] == {("legality_review", "查看")}
    office.wait(days=20)
    assert listed(office, "wu")["act"] or listed(office, "wu")["overdue"]


def test_the_handler_is_asked_for_a_supplement_only_when_one_is_wanted(office: Office, reviewed: Decision) -> None:
    office.act(reviewed, "request_supplement", because="缺少资金来源说明。")
    assert listed(office, "sun")["act"] == {("legality_review", "补充审查材料")}
    assert listed(office, "wu")["wait"] == {("legality_review", "查看")}


def put_on_agenda(office: Office, decision: Decision, in_days: int) -> None:
    meeting = Meeting.objects.create(
        authority=office.authority,
        name="镇长办公会议",
        number=1,
        year=2026,
        held_on=clock.today() + timedelta(days=in_days),
        convened_by=office.people["li"],
    )
    AgendaItem.objects.create(meeting=meeting, decision=decision, draft=decision.current_draft, sequence=1)


def test_members_are_asked_for_their_word_when_the_meeting_is_held(office: Office, before_meeting: Decision) -> None:
    assert cards(office, "feng")[0] == [str(before_meeting)]
    put_on_agenda(office, before_meeting, in_days=0)
    page = office.client("feng").get("/").content.decode()
    assert "2026年第1次镇长办公会议" in page
    assert listed(office, "li")["act"] == {("collective_decision", "记录会议讨论决定")}


def test_what_is_late_is_shown_as_overdue_to_its_handler_and_to_leaders(office: Office) -> None:
    decision = office.initiate()
    office.clock.advance(days=90)
    assert listed(office, "sun")["overdue"] == {("drafting", "办理")}
    assert cards(office, "feng")[2] == [str(decision)]
    assert "已超期" in office.client("sun").get("/").content.decode()


def test_a_deputy_sees_the_tasks_of_the_principal(office: Office) -> None:
    office.initiate()
    sun, qian = office.people["sun"], office.people["qian"]
    row = Deputy.objects.create(
        principal=sun, deputy=qian, since=clock.today(), until=clock.today(), because="休假", appointed_by=sun
    )
    assert listed(office, "qian")["act"] == {("drafting", "办理")}
    assert "代理孙承办" in office.client("qian").get("/").content.decode()
    row.ended_at = clock.now()
    row.save()
    assert not listed(office, "qian")["act"]


def test_nobody_is_asked_to_take_a_second_side(office: Office) -> None:
    office.employ("sun", "孙承办", "镇政府领导", Role.MEMBER)
    office.advance(office.initiate(), until="collective_decision")
    assert cards(office, "sun")[0] == []


def test_somebody_at_work_in_two_authorities_sees_both_with_their_names(office: Office, other_office: Office) -> None:
    other_office.employ("wang", "王镇长", "镇政府领导", Role.CHIEF)
    other_office.employ("sun", "孙承办", "农业农村办", Role.HANDLER)
    office.propose()
    other_office.propose(matter="唐坊镇集贸市场改造")
    assert len(cards(office, "wang")[1]) == 2
    other_office.people["li"] = other_office.employ("li", "李文书", "党政办", Role.OFFICE_CLERK)
    page = office.client("li").get("/").content.decode()
    assert office.authority.name in page
    assert other_office.authority.name in page


@pytest.mark.parametrize("role", AdminRole)
def test_administrators_learn_what_they_may_do(office: Office, role: AdminRole) -> None:
    decision = office.propose()
    client = Client()
    client.force_login(Person.objects.create(username="admin", name="管理员", admin_role=role, is_staff=True))
    page = client.get("/", {"number": decision.number}).content.decode()
    assert "三员分立" in page
    assert (f"/decisions/{decision.pk}/events/" in page) == (role == AdminRole.AUDIT)


def test_somebody_without_a_duty_is_told_so(office: Office) -> None:
    client = Client()
    client.force_login(Person.objects.create(username="new", name="新人"))
    assert "没有任职" in client.get("/").content.decode()


def test_an_empty_installation_has_a_first_page(db: None) -> None:
    client = Client()
    client.force_login(Person.objects.create_superuser("root", password="一个很长的口令", name="管理员"))
    assert client.get("/").status_code == 200
    assert client.get("/decisions/").status_code == 200
