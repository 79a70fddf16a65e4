"""听证会: chosen openly, materials seven days before, heard in order, signed (arts. 16 and 17)."""

from datetime import date, timedelta

import pytest

from decisions import clock
from decisions.models import Decision, Hearing
from tests.office import Office
from tests.walk.participation import PARTICIPANTS, hearing, participants, recipients, record, signatures


@pytest.fixture
def decision(office: Office) -> Decision:
    """A matter on which a hearing was decided before the procedures began."""
    started = office.initiate(affects_vital_interests="on")
    office.advance(started, until="coordination")
    office.act(started, "decide_hearing", basis="直接涉及群众切身利益")
    return office.advance(started, until="hearing")


def announce(office: Office, decision: Decision, **changes) -> Hearing:
    office.act(decision, "announce_hearing", **{**hearing(office, decision), **changes})
    return decision.hearings.last()


def prepare(office: Office, decision: Decision, people: str = PARTICIPANTS) -> Hearing:
    held = announce(office, decision)
    office.act(decision, "list_participants", participants=people)
    office.act(decision, "publish_participant_list")
    office.act(decision, "deliver_materials", **recipients(office, decision))
    return held


def test_it_goes_from_notice_to_signed_record(office, decision):
    office.perform(decision, "hearing")

    held = decision.hearings.get()
    assert held.is_closed
    assert held.participants.get(name="孙大田").statement == "支持加固，要求错峰供水。"
    assert "hearing" not in office.open_steps(decision)


def test_it_opens_beside_the_other_procedures_when_decided_before_them(office, decision):
    assert {"hearing", "public_participation"} <= set(office.open_steps(decision))


def test_it_is_not_completed_without_a_notice(office, decision):
    told = office.refused(decision, "complete_hearing")

    assert "尚未公告听证会" in told
    assert "第十六条" in told


def test_a_day_too_near_for_the_materials_is_refused_at_once(office, decision):
    told = office.refused(
        decision,
        "announce_hearing",
        **{
            **hearing(office, decision),
            "held_on": (clock.today() + timedelta(days=5)).isoformat(),
            "registration_until": (clock.today() + timedelta(days=1)).isoformat(),
        },
    )

    assert "来不及提前送达材料" in told
    assert "第十六条" in told


def test_a_list_that_cannot_be_read_names_its_line(office, decision):
    announce(office, decision)

    told = office.refused(decision, "list_participants", participants="孙大田，利害关系人代表\n钱小河，村民")
    assert "第2行" in told
    told = office.refused(decision, "list_participants", participants="孙大田，社会公众代表\n孙大田，社会公众代表")
    assert "重复" in told


def test_materials_delivered_late_stop_the_hearing_until_it_is_postponed(office, decision):
    held = announce(office, decision)
    office.act(decision, "list_participants", participants=PARTICIPANTS)
    office.act(decision, "publish_participant_list")
    office.wait(days=17)  # four days before
    office.act(decision, "deliver_materials", **recipients(office, decision))
    office.wait(days=4)

    told = office.refused(decision, "record_hearing", **record(office, decision))
    assert "未按时收到" in told
    assert "孙大田" in told
    assert "未按时收到" in office.refused(decision, "complete_hearing")

    later = held.held_on + timedelta(days=7)
    office.act(decision, "postpone_hearing", held_on=later.isoformat(), held_at="同原地点", because="材料送达不足7日")
    office.wait(days=7)
    office.act(decision, "record_hearing", **record(office, decision))


def test_the_last_day_for_materials_rolls_to_an_earlier_working_day(office, decision):
    office.clock.set(date(2026, 5, 20))
    announce(office, decision, held_on="2026-06-28", registration_until="2026-06-01")  # 7 days before: a Sunday off
    office.act(decision, "list_participants", participants=PARTICIPANTS)
    office.act(decision, "publish_participant_list")
    office.clock.set(date(2026, 6, 19))
    office.act(decision, "deliver_materials", **recipients(office, decision))
    office.clock.set(date(2026, 6, 28))

    assert "6月18日" in office.refused(decision, "record_hearing", **record(office, decision))


def test_a_list_published_too_late_or_not_at_all_is_refused(office, decision):
    announce(office, decision)
    office.act(decision, "list_participants", participants=PARTICIPANTS)
    office.act(decision, "deliver_materials", **recipients(office, decision))
    office.wait(days=21)

    assert "名单应当在会前公布" in office.refused(decision, "publish_participant_list")
    assert "名单应当在会前公布" in office.refused(decision, "record_hearing", **record(office, decision))


def test_adding_a_participant_makes_the_list_unpublished(office, decision):
    held = prepare(office, decision)

    office.act(decision, "list_participants", participants="冯新来，社会公众代表")

    held.refresh_from_db()
    assert held.list_published_on is None


def test_a_missing_signature_is_refused(office, decision):
    prepare(office, decision)
    office.wait(days=21)
    office.act(decision, "record_hearing", **record(office, decision))
    office.act(decision, "sign_hearing_record", signatories=participants(decision)[:-1])

    told = office.refused(decision, "complete_hearing")
    assert "尚未在笔录上签字：郑工" in told
    assert "第十七条" in told

    office.act(decision, "sign_hearing_record", **signatures(office, decision))
    office.act(decision, "complete_hearing")


def test_nobody_signs_who_was_not_there(office, decision):
    prepare(office, decision)
    office.wait(days=21)
    office.act(decision, "record_hearing", **{**record(office, decision), "attended": participants(decision)[:2]})

    assert "未到会" in office.refused(decision, "sign_hearing_record", **signatures(office, decision))


def test_a_record_without_its_three_parts_is_refused(office, decision):
    prepare(office, decision)
    office.wait(days=21)

    assert "debate" in office.refused(decision, "record_hearing", **{**record(office, decision), "debate": " "})
    assert "笔录缺少" in office.refused(decision, "complete_hearing")


def test_too_few_stakeholders_need_a_recorded_reason(office, decision):
    prepare(office, decision, people="孙大田，利害关系人代表\n钱小河，社会公众代表\n周建国，社会公众代表")
    office.wait(days=21)
    office.act(decision, "record_hearing", **{**record(office, decision), "statements": ""})
    office.act(decision, "sign_hearing_record", **signatures(office, decision))

    told = office.refused(decision, "complete_hearing")
    assert "利害关系人代表1人" in told
    assert "1/2" in told

    office.act(decision, "complete_hearing", because="利害关系人仅一户，其余按规定补足公众代表。")


def test_a_record_is_not_written_before_the_day(office, decision):
    prepare(office, decision)

    assert "尚未举行" in office.refused(decision, "record_hearing", **record(office, decision))


def test_what_was_held_is_not_postponed(office, decision):
    prepare(office, decision)
    office.wait(days=21)
    office.act(decision, "record_hearing", **record(office, decision))

    later = (clock.today() + timedelta(days=30)).isoformat()
    told = office.refused(decision, "postpone_hearing", held_on=later, held_at="三楼", because="改期")
    assert "已经举行" in told
