"""The ladder of one overdue legality review, from reminder to red, across a holiday with make-up days."""

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from django.core import mail

from decisions.clock import SHANGHAI
from decisions.models import Deputy
from decisions.terms import Role
from tests.office import Office
from workflows.models import Delivery, Leader, Notice, Rung, Watch
from workflows.notices import acknowledge, deliver_due, raise_due
from workflows.notices.ladder import LADDER, climbs

pytestmark = pytest.mark.django_db

MORNING = time(8, 1)


def open_review(office: Office, day: date) -> Watch:
    """A draft that comes to the reviewer on this day."""
    decision = office.advance(office.initiate(), until="revision")
    office.clock.set(day)
    office.perform(decision, "revision")
    return Watch.objects.open().get(decision=decision, step="legality_review")


def on(office: Office, day: date) -> list[tuple[str, str, str]]:
    """Let the sweep run on the morning of a day: what was said, how urgently, to whom."""
    office.clock.set(datetime.combine(day, MORNING, SHANGHAI))
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    raise_due()
    said = Notice.objects.filter(pk__gt=last).select_related("recipient")
    return sorted((n.rung, n.colour, n.recipient.username if n.recipient else "") for n in said)


def test_rungs_fall_on_working_days_across_a_holiday_with_make_up_days() -> None:
    due = date(
        2026, 9, 30
    )  # the day before the National Day holiday, 1 to 7 October; 20 September and 10 October worked
    days = {climb.name: climb.moment.date() for climb in islice(climbs(LADDER, due), 8)}
    assert days == {
        "-3": date(2026, 9, 24),
        "-1": date(2026, 9, 29),
        "+0": due,
        "+1": date(2026, 10, 8),
        "+3": date(2026, 10, 10),
        "+5": date(2026, 10, 13),
        "+10": date(2026, 10, 20),
        "+15": date(2026, 10, 27),
    }


def test_a_legality_review_climbs_from_reminder_to_red(office: Office) -> None:
    """Muli Town, 15 September 2026: a draft comes to the reviewer, who does nothing at all."""
    Leader.objects.create(unit=office.unit("司法所"), person=office.people["feng"])
    office.employ("he", "何所长", "司法所", Role.UNIT_HEAD)
    watch = open_review(office, date(2026, 9, 15))
    raise_due()
    story = {day: said for n in range(50) if (said := on(office, day := date(2026, 9, 15) + timedelta(n)))}
    assert watch.due_on == date(2026, 9, 29)  # ten working days: the 20th is worked, 25 to 27 are Mid-Autumn
    blue, yellow = ["han", "he", "wu", "zheng"], ["feng", "han", "he", "wu", "zheng"]
    red = ["feng", "han", "he", "wang", "wu", "zheng"]
    assert {day: (said[0][:2], [name for _rung, _colour, name in said]) for day, said in story.items()} == {
        date(2026, 9, 23): (("-3", ""), ["wu", "zheng"]),
        date(2026, 9, 28): (("-1", ""), ["wu", "zheng"]),
        date(2026, 9, 29): (("+0", ""), ["wu", "zheng"]),
        date(2026, 9, 30): (("+1", "blue"), blue),
        date(2026, 10, 9): (("+3", "yellow"), yellow),  # after the National Day holiday
        date(2026, 10, 12): (("+5", "red"), red),  # the 10th was worked
        date(2026, 10, 19): (("+10", "red"), red),
        date(2026, 10, 26): (("+15", "red"), red),
        date(2026, 11, 2): (("+20", "red"), red),
    }
    told = Notice.objects.get(rung="+3", recipient=office.people["feng"])
    assert told.subject == "【黄色督办】合法性审查：《木李镇利民水库除险加固工程》"
    assert "应于2026年9月29日前办结，截至2026年10月9日已超期3个工作日，列为黄色督办。请督促办理。" in told.text
    assert "9月20日调休上班，计入工作日；9月25日至9月27日放假，不计入" in told.text


def test_what_was_said_is_not_said_twice(office: Office) -> None:
    watch = open_review(office, date(2026, 9, 15))
    raise_due()
    said = Notice.objects.count()
    for _again in range(3):
        Watch.objects.filter(pk=watch.pk).update(next_at=office.clock.moment, rung="")
        raise_due()
    assert Notice.objects.count() == said


def test_after_days_without_sweeps_the_latest_rung_is_said_to_all_that_were_passed_over(office: Office) -> None:
    open_review(office, date(2026, 9, 15))
    raise_due()
    assert on(office, date(2026, 10, 15)) == [("+5", "red", name) for name in ("han", "wang", "wu", "zheng")]


def test_acknowledging_stops_the_same_rung_not_the_next(office: Office) -> None:
    mailed = office.people["wu"]
    mailed.email = "wu@muli.example"
    mailed.save()
    open_review(office, date(2026, 9, 15))

    def mails(day: date) -> int:
        before = len(mail.outbox)
        on(office, day)
        deliver_due()
        return len(mail.outbox) - before

    assert mails(date(2026, 9, 30)) == 1  # blue
    assert mails(date(2026, 10, 8)) == 1  # nobody acknowledged: blue once more
    blue = Notice.objects.get(rung="+1", recipient=mailed)
    assert (blue.rounds, blue.is_unread) == (2, True)
    assert acknowledge(mailed, blue.pk) == 1
    assert mails(date(2026, 10, 8)) == 0
    assert mails(date(2026, 10, 9)) == 1  # yellow comes all the same
    assert mails(date(2026, 10, 10)) == 1


def test_what_was_done_is_settled_and_goes_out_no_more(office: Office) -> None:
    decision = office.initiate()
    office.people["sun"].email = "sun@muli.example"
    office.people["sun"].save()
    on(office, date(2026, 4, 9))
    assert Delivery.objects.get(channel="email").state == "waiting"
    office.perform(decision, "drafting")
    raise_due()
    reminder = Notice.objects.get(rung="-3", recipient=office.people["sun"])
    assert (reminder.is_unread, reminder.settled_at) == (False, office.clock.moment)
    assert Delivery.objects.get(channel="email").state == "dropped"
    assert Watch.objects.get(decision=decision, step="drafting").next_at is None


def test_a_deputy_is_told_too_and_the_record_shows_both(office: Office) -> None:
    sun, qian = office.people["sun"], office.people["qian"]
    Deputy.objects.create(
        principal=sun, deputy=qian, since=date(2026, 3, 1), until=date(2026, 3, 31), because="公差", appointed_by=sun
    )
    office.initiate()
    raise_due()
    told = Notice.objects.filter(watch__step="drafting").order_by("recipient__username")
    assert [(n.recipient, n.on_behalf_of) for n in told] == [(qian, sun), (sun, None)]


def test_an_authority_may_have_its_own_ladder(office: Office) -> None:
    Rung.objects.create(authority=office.authority, step="drafting", offset=-10, tiers=["person", "chief"])
    office.initiate()
    assert on(office, date(2026, 3, 27)) == [("arrived", "", "sun")]
    assert on(office, date(2026, 3, 30)) == [("-10", "", "sun"), ("-10", "", "wang")]
    assert on(office, date(2026, 4, 21)) == [("+5", "", "sun"), ("+5", "", "wang")]  # its last rung, again and again


def test_a_deadline_that_moves_starts_the_ladder_anew(office: Office) -> None:
    watch = open_review(office, date(2026, 9, 15))
    assert on(office, date(2026, 9, 30))
    office.act(watch.decision, "request_supplement", because="缺少概算说明。")
    office.act(watch.decision, "supply", note="已补充概算说明。")
    raise_due()
    watch.refresh_from_db()
    assert (watch.due_on, watch.colour, watch.rung) == (date(2026, 10, 20), "", "arrived")
    assert [rung for rung, _colour, name in on(office, date(2026, 10, 15)) if name == "wu"] == ["-3"]


def test_a_matter_that_is_not_public_is_named_by_its_number_only(office: Office) -> None:
    office.initiate(openness="not_public", nondisclosure_ground="internal")
    raise_due()
    assert Notice.objects.filter(subject__contains="利民水库").count() == 0
    assert Notice.objects.filter(subject="【待办】拟订草案：2026-001号事项").exists()


def test_a_vacant_duty_is_told_to_the_office_and_the_chief(office: Office) -> None:
    office.people["wu"].memberships.update(until=date(2026, 9, 1))
    office.people["zheng"].memberships.update(until=date(2026, 9, 1))
    open_review(office, date(2026, 9, 15))
    raise_due()
    told = Notice.objects.filter(watch__step="legality_review").values_list("recipient__username", flat=True)
    assert sorted(told) == ["li", "wang"]
