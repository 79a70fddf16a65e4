"""会议: called and attended on pages of their own, with the sheets that are signed."""

import pytest

from decisions import clock
from decisions.models import Event, Meeting
from tests.walk.decision import MEMBERS, everybody, says


@pytest.fixture
def matter(office):
    """A matter that waits for its meeting."""
    return office.advance(office.initiate(), until="collective_decision")


def test_the_office_calls_a_meeting_once_and_registers_attendance(office, matter):
    client = office.client("li")
    form = {"held_on": clock.today().isoformat(), "place": "镇政府二楼会议室", "submission_key": "k1"}
    for _posting in range(2):
        assert client.post("/meetings/new/", form).status_code == 302
    meeting = Meeting.objects.get()
    assert str(meeting) == "2026年第1次镇长办公会议"
    refused = client.post("/meetings/new/", {**form, "number": 1, "submission_key": "k2"})
    assert refused.status_code == 422
    assert "已经登记" in refused.content.decode()
    assert client.post("/meetings/new/", {"submission_key": "k3"}).status_code == 422

    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "已提请审议、尚未列入议题" in page
    assert matter.title in page
    office.act(matter, "put_on_agenda", meeting=meeting.pk, presented_by="周主任")
    full = {**everybody(office, matter), "submission_key": "k4"}
    assert client.post(f"/meetings/{meeting.pk}/", full).status_code == 302
    assert meeting.attendances.count() == 4
    assert Event.objects.filter(decision=matter, kind="attendance.registered").count() == 1
    wrong = {**full, "chief": office.people["feng"].pk, "submission_key": "k5"}
    answer = client.post(f"/meetings/{meeting.pk}/", wrong)
    assert answer.status_code == 422
    assert "应当由其最后发表意见" in answer.content.decode()


def test_the_sheets_tell_who_is_called_and_what_was_said_and_decided(office, matter):
    office.perform(matter, "collective_decision")
    meeting = Meeting.objects.get()
    client = office.client("feng")
    sheet = client.get(f"/meetings/{meeting.pk}/attendance/").content.decode()
    minutes = client.get(f"/meetings/{meeting.pk}/minutes/").content.decode()
    page = client.get(f"/meetings/{meeting.pk}/").content.decode()
    for name in MEMBERS:
        assert office.people[name].name in sheet
    assert "木李镇人民政府镇长办公会议纪要" in minutes
    assert "会议由王镇长主持" in minutes
    assert "同意4人。" in minutes
    assert "会议决定：通过。" in minutes
    assert "登记出席情况" not in page
    assert "尚未列入议题" not in page


def test_nobody_but_the_office_calls_meetings_and_nobody_sees_anothers(office, matter, other_office):
    office.act(matter, "convene_meeting", held_on=clock.today())
    meeting = Meeting.objects.get()
    for name in ("sun", "wang"):
        assert office.client(name).get("/meetings/new/").status_code == 403
        assert office.client(name).post(f"/meetings/{meeting.pk}/", {}).status_code == 403
        assert "登记会议" not in office.client(name).get("/meetings/").content.decode()
    stranger = other_office.client("li-tangfang")
    for url in ("", "attendance/", "minutes/"):
        assert stranger.get(f"/meetings/{meeting.pk}/{url}").status_code == 404
    assert stranger.post(f"/meetings/{meeting.pk}/", {}).status_code == 404


def test_a_meeting_costs_the_same_queries_with_many_items(office, matter, django_assert_max_num_queries):
    office.act(matter, "convene_meeting", held_on=clock.today())
    meeting = Meeting.objects.get()
    office.act(matter, "put_on_agenda", meeting=meeting.pk)
    office.act(matter, "register_attendance", **everybody(office, matter))
    office.act(matter, "record_statement", **says("feng")(office, matter))
    for url in ("/meetings/", f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/minutes/"):
        client = office.client("chen")
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
