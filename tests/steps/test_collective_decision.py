"""集体讨论决定 (arts. 25, 29 and 30): I1, I4 and I10."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from decisions import clock
from decisions.models import Deputy, Draft, Event, Meeting, Membership, Statement
from decisions.services import open_item
from decisions.terms import Role, Status
from tests.walk.decision import MEMBERS, everybody, latest_meeting, says, today

ADOPTED = {"outcome": "adopted", "opinion": "会议一致同意，通过该方案。"}


@pytest.fixture
def matter(office):
    """A reviewed and submitted matter that waits for its meeting."""
    decision = office.initiate()
    return office.advance(decision, until="collective_decision")


@pytest.fixture
def meeting(office, matter):
    """The meeting is held: on the agenda, attendance registered, nobody has spoken."""
    office.act(matter, "convene_meeting", **today(office, matter))
    office.act(matter, "put_on_agenda", **latest_meeting(office, matter))
    office.act(matter, "register_attendance", **everybody(office, matter))
    return Meeting.objects.get()


def speak(office, matter, **positions):
    """Each member named takes a position, in this order."""
    for name, position in positions.items():
        office.act(matter, "record_statement", **says(name, position)(office, matter))


def all_agree(office, matter):
    speak(office, matter, **dict.fromkeys(MEMBERS, "agree"))


def test_it_adopts_the_reviewed_draft_when_everybody_has_spoken(office, matter, meeting):
    reviewed = matter.current_draft
    speak(office, matter, feng="agree", chen="agree")
    office.act(matter, "state_position", by="chu", position="disagree", words="配套资金尚未落实，不同意。")
    office.act(matter, "state_position", by="wang", position="agree", words="资金已由县级财政明确，同意。")
    office.act(matter, "conclude_meeting", **ADOPTED)
    assert (matter.adopted_draft, matter.adopted_on, matter.status) == (reviewed, meeting.held_on, Status.ADOPTED)
    details = matter.records.get(step="collective_decision").details
    assert (details["body"], details["present"], details["majority"]) == (4, 4, "agree")
    assert details["positions"] == {"冯副镇长": "agree", "陈副镇长": "agree", "褚委员": "disagree", "王镇长": "agree"}
    said = Statement.objects.get(member=office.people["chu"])
    assert (said.recorded_by, said.words) == (office.people["chu"], "配套资金尚未落实，不同意。")
    assert set(matter.involvements.filter(side="decide").values_list("person__username", flat=True)) == set(MEMBERS)
    assert office.open_steps(matter) == ["party_report"]


def test_it_refuses_a_draft_that_did_not_pass_review(office, matter):
    """I1: by another version that nobody reviewed, however it came about."""
    office.act(matter, "convene_meeting", **today(office, matter))
    reviewed = matter.current_draft
    matter.current_draft = Draft.objects.create(
        decision=matter, number=reviewed.number + 1, explanatory_note="另稿", content_hash="0" * 64,
        written_by=office.people["sun"],
    )  # fmt: skip
    matter.save()
    text = office.refused(matter, "put_on_agenda", **latest_meeting(office, matter))
    assert "未经合法性审查通过" in text
    assert "第二十五条第二款" in text
    assert "提请审议" in text
    assert "第二十九条" in text
    assert "未经合法性审查通过" in office.refused(matter, "conclude_meeting", **ADOPTED)
    with pytest.raises(IntegrityError, match="I1"), transaction.atomic():
        Meeting.objects.get().items.create(decision=matter, draft=matter.current_draft, sequence=1)


def test_it_refuses_what_is_not_on_an_agenda(office, matter):
    assert "尚未列入会议议题" in office.refused(matter, "conclude_meeting", **ADOPTED)
    assert "无从暂缓" in office.refused(matter, "conclude_meeting", outcome="postponed", because="材料待补。")
    assert "尚未列入会议议题" in office.refused(matter, "state_position", by="feng", position="agree", words="同意。")


def test_it_refuses_a_meeting_held_before_the_review(office, matter):
    office.act(matter, "convene_meeting", held_on=clock.today() - timedelta(days=1))
    text = office.refused(matter, "put_on_agenda", **latest_meeting(office, matter))
    assert "早于草案通过审查并提请审议的日期" in text


def test_it_counts_meetings_and_agenda_items(office, matter, other_office):
    office.act(matter, "convene_meeting", held_on=clock.today())
    office.act(matter, "convene_meeting", held_on=clock.today())
    assert [str(m) for m in Meeting.objects.order_by("pk")] == ["2026年第1次镇长办公会议", "2026年第2次镇长办公会议"]
    assert "已经登记" in office.refused(matter, "convene_meeting", held_on=clock.today(), number=2)
    office.act(matter, "put_on_agenda", meeting=Meeting.objects.first().pk, sequence=3)
    assert open_item(matter).sequence == 3
    assert "尚未形成会议决定" in office.refused(matter, "put_on_agenda", **latest_meeting(office, matter))
    foreign = Meeting.objects.create(
        authority=other_office.authority, name="办公会", number=1, year=2026, held_on=clock.today(),
        convened_by=other_office.people["li"],
    )  # fmt: skip
    assert "meeting" in office.refused(matter, "put_on_agenda", meeting=foreign.pk)


def test_it_refuses_attendance_that_cannot_be(office, matter):
    office.act(matter, "convene_meeting", held_on=clock.today() + timedelta(days=3))
    office.act(matter, "put_on_agenda", **latest_meeting(office, matter))
    full = everybody(office, matter)
    assert "尚未到会议日期" in office.refused(matter, "register_attendance", **full)
    office.wait(3)
    without_chief = {**full, "present": full["present"][:3]}
    assert "未出席" in office.refused(matter, "register_attendance", **without_chief)
    usurped = {**full, "chief": office.people["feng"].pk}
    assert "应当由其最后发表意见" in office.refused(matter, "register_attendance", **usurped)
    assert "不是会议组成人员" in office.refused(matter, "register_attendance", **full, on_leave="赵某：开会")
    twice = office.refused(matter, "register_attendance", **full, on_leave="冯副镇长：开会")
    assert "既登记为出席又登记为请假" in twice
    stranger = {**full, "chief": office.people["sun"].pk}
    assert "chief" in office.refused(matter, "register_attendance", **stranger)


@pytest.mark.postgres
def test_it_names_an_acting_chief_and_settles_attendance_at_the_first_word(office, matter, meeting):
    people = {name: office.people[name].pk for name in MEMBERS}
    acting = {"present": [people["feng"], people["chen"], people["chu"]], "chief": people["feng"]}
    office.act(matter, "register_attendance", **acting, on_leave="王镇长：赴县开会")
    rows = meeting.attendances.order_by("pk")
    assert {r.member.name: (r.presence, r.is_chief) for r in rows} == {
        "王镇长": ("on_leave", False),
        "冯副镇长": ("present", True),
        "陈副镇长": ("present", False),
        "褚委员": ("present", False),
    }
    speak(office, matter, chen="agree")
    assert "不得再更改" in office.refused(matter, "register_attendance", **acting)
    with pytest.raises(IntegrityError, match="I10"), transaction.atomic():
        meeting.attendances.filter(member=people["chu"]).update(presence="absent")
    assert "没有登记出席" in office.refused(matter, "state_position", by="wang", position="agree", words="同意。")
    speak(office, matter, chu="agree", feng="agree")
    office.act(matter, "conclude_meeting", **ADOPTED)


@pytest.mark.postgres
def test_it_lets_the_chief_speak_last(office, matter, meeting):
    """I10, in the rule and in the database."""
    speak(office, matter, feng="agree", chen="agree")
    for act, by, data in (
        ("record_statement", "li", says("wang")(office, matter)),
        ("state_position", "wang", {"position": "agree", "words": "同意。"}),
    ):
        text = office.refused(matter, act, by=by, **data)
        assert "行政首长应当最后发表意见，以下人员尚未表态：褚委员" in text
        assert "第三十条第二款" in text
    item = open_item(matter)
    facts = {"position": "agree", "words": "同意。", "recorded_by": office.people["li"], "sequence": 9}
    for is_chief in (True, False):
        with pytest.raises(IntegrityError, match="I10"), transaction.atomic():
            Statement.objects.create(item=item, member=office.people["wang"], is_chief=is_chief, **facts)
    speak(office, matter, chu="abstain", wang="agree")
    with pytest.raises(IntegrityError, match="I10"), transaction.atomic():
        Statement.objects.create(item=item, member=office.people["qian"], **facts)


def test_it_refuses_to_end_before_everybody_has_spoken(office, matter, meeting):
    speak(office, matter, feng="agree")
    text = office.refused(matter, "conclude_meeting", **ADOPTED)
    assert "以下出席人员尚未表态：陈副镇长、褚委员" in text
    assert "行政首长尚未发表意见" in text
    assert "已就本议题表态，不能更改" in office.refused(
        matter, "record_statement", **says("feng", "disagree")(office, matter)
    )
    speak(office, matter, chen="agree", chu="agree")
    assert "行政首长尚未发表意见" in office.refused(matter, "conclude_meeting", **ADOPTED)
    speak(office, matter, wang="agree")
    no_minutes = office.refused(matter, "conclude_meeting", outcome="adopted")
    assert "应当如实记录会议讨论决定情况" in no_minutes
    assert "words" in office.refused(matter, "record_statement", **{**says("chu")(office, matter), "words": " "})


def test_it_refuses_without_a_quorum_after_recusal(office, matter, meeting):
    for name in ("feng", "chen"):
        office.act(matter, "record_recusal", member=office.people[name].pk, because="近亲属为施工企业负责人。")
    assert "回避" in office.refused(matter, "record_statement", **says("feng")(office, matter))
    assert "回避" in office.refused(matter, "state_position", by="feng", position="agree", words="同意。")
    speak(office, matter, chu="agree", wang="agree")
    late = office.refused(matter, "record_recusal", member=office.people["chu"].pk, because="迟报。")
    assert "不能再登记回避" in late
    text = office.refused(matter, "conclude_meeting", **ADOPTED)
    assert "会议组成人员4人，出席且未回避的2人" in text
    assert "超过1/2" in text
    office.act(matter, "conclude_meeting", outcome="postponed", because="回避后不足法定人数，另行召开会议。")
    assert office.open_steps(matter) == ["collective_decision"]


def test_it_asks_for_the_reason_against_the_majority(office, matter, meeting):
    speak(office, matter, feng="disagree", chen="disagree", chu="agree", wang="agree")
    text = office.refused(matter, "conclude_meeting", **ADOPTED)
    assert "与会议组成人员多数人的意见不一致" in text
    assert "第三十条第二款" in text
    assert "与行政首长最后发表的意见不一致" in office.refused(
        matter, "conclude_meeting", outcome="rejected", opinion="不予通过。", because="多数不同意。"
    )
    office.act(matter, "conclude_meeting", **ADOPTED, because="汛期将至，险情不容拖延；资金由预备费先行垫付。")
    record = matter.records.get(step="collective_decision")
    assert record.details["majority"] == "disagree"
    assert "汛期将至" in record.because


def test_it_postpones_to_another_meeting(office, matter, meeting):
    assert "暂缓决定的，应当说明理由" in office.refused(matter, "conclude_meeting", outcome="postponed")
    speak(office, matter, feng="agree")
    office.act(matter, "conclude_meeting", outcome="postponed", because="资金方案待县级财政答复。")
    assert matter.adopted_draft is None
    assert open_item(matter) is None
    assert "已讨论过本事项" in office.refused(matter, "put_on_agenda", meeting=meeting.pk)
    office.perform(matter, "collective_decision")
    assert (matter.status, matter.adopted_on) == (Status.ADOPTED, clock.today())


def test_it_sends_a_draft_back_for_revision_and_review(office, matter, meeting):
    all_agree(office, matter)
    text = office.refused(matter, "conclude_meeting", outcome="revise", opinion="资金来源需进一步明确。")
    assert "多数人的意见不一致" in text
    office.act(
        matter, "conclude_meeting", outcome="revise", opinion="资金来源需进一步明确。", because="资金测算口径有误。"
    )
    assert (office.open_steps(matter), matter.status) == (["revision"], Status.DRAFTED)
    assert "集体讨论决定" in office.refused(matter, "conclude_revision", opinion="无须修改。")
    office.advance(matter, until="collective_decision")
    assert matter.current_draft.number > 1
    office.perform(matter, "collective_decision")
    assert matter.adopted_draft == matter.current_draft


def test_it_rejects(office, matter, meeting):
    speak(office, matter, feng="disagree", chen="disagree", chu="disagree", wang="disagree")
    office.act(matter, "conclude_meeting", outcome="rejected", opinion="时机不成熟，不予通过。")
    assert (matter.status, matter.adopted_draft, office.open_steps(matter)) == (Status.REJECTED, None, [])


@pytest.mark.postgres
def test_it_adopts_with_the_changes_the_meeting_made(office, matter, meeting):
    all_agree(office, matter)
    changed = {"outcome": "adopted_with_changes", "opinion": "第四条明确资金拨付时限。"}
    text = office.refused(matter, "conclude_meeting", **changed)
    assert "应当载明修改后的条文" in text
    assert "请说明为何不属于实质性修改" in text
    minor = "仅明确拨付时限，不改变资金规模和来源。"
    for articles, complaint in {
        "资金于六月底前拨付。": "第1行：请以条文序号开头",
        "第九条：资金于六月底前拨付。": "没有第9条",
        "第四条：": "第4条没有内容",
        "4：甲\n第四条：乙": "第2行：第4条写了两次",
    }.items():
        refusal = office.refused(
            matter, "conclude_meeting", **changed, changed_articles=articles, not_material_because=minor
        )
        assert complaint in refusal
    reviewed = matter.current_draft
    assert "只有“修改后通过”的" in office.refused(
        matter, "conclude_meeting", **ADOPTED, changed_articles="第四条：资金于六月底前拨付。"
    )
    articles = "第四条：工程概算总投资1280万元，\n资金于六月底前拨付到位。\n第五条：本方案自公布之日起施行。"
    office.act(matter, "conclude_meeting", **changed, changed_articles=articles, not_material_because=minor)
    adopted = matter.adopted_draft
    assert (adopted.number, matter.current_draft) == (reviewed.number + 1, adopted)
    assert [a.text for a in adopted.articles.all()][-2:] == [
        "工程概算总投资1280万元，\n资金于六月底前拨付到位。",
        "本方案自公布之日起施行。",
    ]
    assert matter.records.get(step="collective_decision").draft == reviewed
    assert (adopted.voids, adopted.not_material_because) == ([], minor)


@pytest.mark.parametrize("act", ["record_statement", "state_position"])
def test_it_lets_nobody_decide_who_handled_the_matter(office, matter, act):
    """I4: the handler who sits in the meeting body withdraws."""
    unit = office.unit("镇政府领导")
    Membership.objects.create(person=office.people["sun"], unit=unit, duty=Role.MEMBER, since=date(2025, 1, 1))
    office.act(matter, "convene_meeting", **today(office, matter))
    office.act(matter, "put_on_agenda", **latest_meeting(office, matter))
    full = everybody(office, matter)
    present = [*full["present"], office.people["sun"].pk]
    office.act(matter, "register_attendance", present=present, chief=full["chief"])
    data = {"position": "agree", "words": "同意。"}
    if act == "record_statement":
        text = office.refused(matter, act, member=office.people["sun"].pk, **data)
        assert "请为其登记回避" in text
    else:
        text = office.refused(matter, act, by="sun", **data)
    assert "孙承办已以“承办”身份参与本事项" in text
    assert "分离制度" in text
    assert Event.objects.filter(decision=matter, kind="refused").count() == 1
    office.act(matter, "record_recusal", member=office.people["sun"].pk, because="系本事项承办人。")
    all_agree(office, matter)
    office.act(matter, "conclude_meeting", **ADOPTED)
    assert matter.records.get(step="collective_decision").details["recused"] == ["孙承办"]


def test_it_takes_no_position_from_a_deputy(office, matter, meeting):
    """The deputy of a member who is there signs nothing in the member's place."""
    Deputy.objects.create(
        principal=office.people["feng"], deputy=office.people["han"], since=clock.today(), until=clock.today(),
        because="请假", appointed_by=office.people["li"],
    )  # fmt: skip
    text = office.refused(matter, "state_position", by="han", position="agree", words="同意。")
    assert "会议表态应当由本人作出，不得代理" in text
