"""Backward plans: every date keeps every rule, and no earlier meeting would."""

import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Person
from decisions.periods import Period, Unit
from decisions.workdays import calendar
from workflows.planning import Activity, Span, forecast, is_workday, latest, plan
from workflows.play import Objects, play, read_cases

COMMENT = Span(Period(4, Unit.DAYS), True, "条例第十五条", Article("SC713", 15, 1))
MATERIALS = Span(Period(3, Unit.DAYS), True, "条例第十六条", Article("SC713", 16, 3), is_backward=True)
REVIEW = Span(Period(2, Unit.WORKING_DAYS), True, "条例第二十六条", Article("SC713", 26, 2))
OURS = Span(Period(1, Unit.WORKING_DAYS), False, "内部设定，非法定")

days = st.dates(date(2026, 1, 20), date(2026, 10, 20))
spans = st.sets(st.sampled_from([COMMENT, MATERIALS, REVIEW, OURS]), max_size=2)


def chain(lengths: list[set[Span]], whole: bool) -> list[Activity]:
    """Two side by side, then one, then the meeting."""
    first, second, third = (tuple(sorted(each, key=str)) for each in lengths)
    return [
        Activity("a", "甲", (), first, whole_last_day=whole),
        Activity("b", "乙", (), second),
        Activity("c", "丙", ("a", "b"), third),
        Activity("meeting", "会议", ("c",)),
    ]


def brute_earliest_end(activity: Activity, opens: date, by_law: bool) -> date:
    """Every pair of working days, tried in order of the finish."""
    window = [opens + timedelta(days=n) for n in range(40)]
    worked = [day for day in window if is_workday(day)]
    return next(f for f in worked for s in worked if s <= f and activity.admits(s, f, by_law))


def brute_ready(activities: list[Activity], today: date, by_law: bool) -> date:
    a, b, c, _meeting = activities

    def next_day(activity: Activity, finish: date) -> date:
        day = finish + timedelta(days=activity.whole_last_day)
        while not is_workday(day):
            day += timedelta(days=1)
        return day

    opens = max(next_day(each, brute_earliest_end(each, today, by_law)) for each in (a, b))
    return next_day(c, brute_earliest_end(c, opens, by_law))


@settings(max_examples=150, deadline=None)
@given(lengths=st.tuples(spans, spans, spans), whole=st.booleans(), today=days, by_law=st.booleans())
def test_the_forecast_is_what_trying_everything_finds(lengths, whole, today, by_law):
    activities = chain(list(lengths), whole)
    assert forecast(activities, today, by_law=by_law).ready_on == brute_ready(activities, today, by_law)


@settings(max_examples=150, deadline=None)
@given(lengths=st.tuples(spans, spans, spans), whole=st.booleans(), target=days, by_law=st.booleans())
def test_dates_laid_backwards_keep_every_rule_and_are_the_latest(lengths, whole, target, by_law):
    activities = chain(list(lengths), whole)
    runs = latest(activities, target, by_law=by_law)
    for activity in activities:
        run = runs[activity.key]
        assert is_workday(run.start)
        assert is_workday(run.finish)
        assert activity.admits(run.start, run.finish, by_law)
    for before, after in (("a", "c"), ("b", "c"), ("c", "meeting")):
        first = next(each for each in activities if each.key == before)
        assert runs[before].finish + timedelta(days=first.whole_last_day) <= runs[after].start
    begin = min(runs["a"].start, runs["b"].start)
    aim = runs["meeting"].finish
    assert forecast(activities, begin, by_law=by_law).ready_on <= aim
    too_late = calendar().next_workday(max(runs["a"].start, runs["b"].start)).day
    assert forecast(activities, too_late, by_law=by_law).ready_on > aim


@settings(max_examples=100, deadline=None)
@given(lengths=st.tuples(spans, spans, spans), whole=st.booleans(), today=days)
def test_the_earliest_lawful_day_is_possible_and_the_working_day_before_is_not(lengths, whole, today):
    activities = chain(list(lengths), whole)
    earliest = forecast(activities, today, by_law=True).ready_on
    at = plan(activities, earliest, today)
    assert at.is_possible
    assert not any(row.is_late for row in at.rows)
    before = plan(activities, calendar().previous_workday(earliest).day, today)
    assert any(row.is_late for row in before.rows)
    law = any(
        span.is_law for key in before.lawful.critical for each in activities if each.key == key for span in each.spans
    )
    assert not law or (before.impossible and all(reason.article for reason in before.impossible[:-1]))


def test_the_critical_path_leads_from_the_first_step_to_the_meeting():
    activities = chain([{COMMENT}, {REVIEW}, {REVIEW}], True)
    found = forecast(activities, date(2026, 3, 2), by_law=True)
    assert found.critical == ("a", "c", "meeting")
    assert all(found.runs[x].finish <= found.runs[y].start for x, y in pairwise(found.critical))


@pytest.mark.parametrize("target", [date(2026, 5, 2), date(2026, 5, 10)])
def test_a_target_on_a_rest_day_is_planned_for_the_working_day_before(target):
    activities = chain([set(), set(), set()], False)
    assert plan(activities, target, date(2026, 3, 2)).rows[-1].run.finish in (date(2026, 4, 30), date(2026, 5, 9))


# --- On the pages -----------------------------------------------------------------------------------------------------

CASE = Path(__file__).parents[1] / "cases" / "01-reservoir.yaml"


@pytest.fixture
def reservoir(db):
    """Case 1 as it stood when the public comment had been opened, on 8 July 2024."""
    case = read_cases(CASE)[0]
    names = [getattr(act, "name", "") for act in case.acts]
    tally = play(
        replace(case, acts=case.acts[: names.index("open_public_comment") + 1]),
        Objects(io.StringIO().write),
        keeps=True,
    )
    assert not tally.unmet
    with clock.at(date(2024, 7, 9)):
        yield Decision.objects.get()


def as_clerk(decision):
    client = Client()
    client.force_login(Person.objects.get(name="庞文书"))
    return client


def dated(row):
    """Latest start, latest finish, earliest finish."""
    return [f"{day:%m-%d}" for day in (row.run.start, row.run.finish, row.expected.finish)]


RESERVOIR = {
    "public_participation": ["07-08", "08-07", "08-07"],
    "hearing": ["08-28", "10-15", "08-20"],
    "expert_review": ["06-19", "10-15", "07-10"],
    "risk_assessment": ["06-19", "10-15", "07-17"],
    "revision": ["10-15", "10-29", "09-03"],
    "legality_review": ["10-29", "11-07", "09-12"],
    "submission": ["11-07", "11-14", "09-20"],
    "collective_decision": ["11-14", "11-14", "09-20"],
}
"""Case 1 on 9 July 2024, comment period running, for a meeting on 14 November."""


def test_the_plan_of_the_reservoir_for_a_meeting_on_14_november(reservoir):
    page = as_clerk(reservoir).get(f"/decisions/{reservoir.pk}/plan/", {"target": "meeting", "target_on": "2024-11-14"})
    text = " ".join(strip_tags(page.content.decode()).split())
    rows = {row.activity.key: row for row in page.context["plan"].rows}
    dates = {key: dated(row) for key, row in rows.items()}
    assert dates == RESERVOIR
    assert page.context["plan"].is_possible
    assert rows["legality_review"].run.finish <= date(2024, 11, 14)
    assert "不少于7个工作日" in text
    assert "内部设定，非法定" in text
    assert (
        calendar().workdays_between(rows["legality_review"].run.start, rows["legality_review"].run.finish).workdays >= 7
    )
    assert rows["public_participation"].expected.finish == Decision.objects.get().participations.get().closes_on


def test_a_meeting_before_the_comment_period_is_over_is_impossible_and_the_article_says_so(reservoir):
    page = as_clerk(reservoir).get(f"/decisions/{reservoir.pk}/plan/", {"target": "meeting", "target_on": "2024-07-31"})
    text = strip_tags(page.content.decode())
    assert "不能安排在2024年7月31日" in text
    assert "条例第十五条" in text
    assert "条例第二十六条" in text
    assert as_clerk(reservoir).post(page.request["PATH_INFO"], dict(page.wsgi_request.GET.items())).status_code == 422
    assert not reservoir.plans.exists()


def test_a_plan_is_kept_in_versions_and_says_what_slipped(reservoir):
    client, address = as_clerk(reservoir), f"/decisions/{reservoir.pk}/plan/"
    for day in ("2024-11-14", "2024-11-14", "2024-11-21"):
        assert client.post(address, {"target": "meeting", "target_on": day}).status_code == 302
    assert [str(each.target_on) for each in reservoir.plans.all()] == ["2024-11-14", "2024-11-21"]
    assert reservoir.events.filter(kind="plan.made").count() == 2
    with clock.at(date(2024, 11, 1)):
        page = client.get(address)
        assert "比计划的" in page.content.decode()
        assert page.context["laid"].plan.target == date(2024, 11, 21)


def test_it_prints_and_goes_into_a_calendar(reservoir):
    client = as_clerk(reservoir)
    query = {"target": "publication", "target_on": "2024-12-10"}
    assert "倒排工期表" in client.get(f"/decisions/{reservoir.pk}/plan/print/", query).content.decode()
    file = Calendar.from_ical(client.get(f"/decisions/{reservoir.pk}/plan.ics", query).content)
    entries = {str(entry["uid"]).split("-")[2].split("@")[0]: entry for entry in file.walk("VEVENT")}
    assert entries["publication"]["dtstart"].dt == date(2024, 12, 10)
    assert entries["collective_decision"]["dtstart"].dt <= date(2024, 12, 3)


def test_somebody_without_a_part_may_look_but_not_choose(reservoir):
    client = Client()
    client.force_login(Person.objects.get(name="邵督查"))
    address = f"/decisions/{reservoir.pk}/plan/"
    assert "保存：以" not in client.get(address).content.decode()
    assert client.post(address, {"target": "meeting", "target_on": "2024-11-14"}).status_code == 403
