"""The stage of one case: its town, its matters so far, and its time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from viewflow.workflow.models import Task

from decisions import clock
from decisions.models import Decision, Person
from workflows import waits
from workflows.play.case import Act, Case
from workflows.play.days import NotADay, later, moment
from workflows.play.town import IN_FORCE, Town

BETWEEN_ACTS = timedelta(minutes=7)
"""How far apart acts of one day are, so that their times tell their order."""


@dataclass
class Stage:
    """Where a case is played."""

    case: Case
    today: date
    clock: clock.Clock
    town: Town
    is_kept: bool = False
    matters: dict[str, Decision] = field(default_factory=dict)

    def decision_of(self, act: Act) -> Decision:
        """The decision that the act is about, read afresh."""
        if act.matter not in self.matters:
            raise act.section.wrong("act", "事项尚未提出建议（proposal）")
        decision = self.matters[act.matter] = Decision.objects.get(pk=self.matters[act.matter].pk)
        return decision

    def person_of(self, act: Act) -> Person:
        """Who acts."""
        person = self.town.people.get(act.by)
        if person is None:
            raise act.section.wrong("by", f"没有“{act.by}”这个人员；有：{'、'.join(self.town.people)}")
        return Person.objects.get(pk=person.pk)

    def go_to(self, act: Act) -> None:
        """Let time pass until the act, and whatever waits for time meanwhile."""
        key = next((key for key in ("on", "after") if key in act.section), "")
        day = day_of(act, key, self.today) if key else clock.today()
        there = clock.as_moment(day)
        if not isinstance(day, datetime) and day == clock.today():
            there = clock.now() + BETWEEN_ACTS
        if there < clock.now():
            raise act.section.wrong(key, f"日期早于前一个办理动作（{clock.today()}）")
        for scheduled in _scheduled_until(there):
            self.clock.set(scheduled)
            waits.release_due_waits()
        self.clock.set(there)
        waits.release_due_waits()


def day_of(act: Act, key: str, today: date) -> date:
    """The day or moment of an act, as its `on` or `after` says."""
    try:
        written = act.section.get(key)
        day = later(written, clock.today()) if key == "after" else moment(written, today)
    except NotADay as error:
        raise act.section.wrong(key, str(error)) from error
    if clock.day_of(clock.as_moment(day)) < IN_FORCE:
        raise act.section.wrong(key, f"早于条例施行之日（{IN_FORCE}）")
    return day


def _scheduled_until(there: datetime) -> Iterator[datetime]:
    """The moments on the way at which a wait ends, so that it ends on its day and not on the next act's."""
    waiting = Task.objects.filter(flow_task_type="WAIT", finished__isnull=True, scheduled__lte=there)
    while due := waiting.filter(scheduled__gt=clock.now()).order_by("scheduled").values("scheduled").first():
        yield due["scheduled"]


@contextmanager
def undone(stage: Stage) -> Iterator[None]:
    """Whatever happens within is undone afterwards: in the database, of the matters, and of the clock."""
    moment_before, matters_before = stage.clock.moment, dict(stage.matters)
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
            stage.clock.moment, stage.matters = moment_before, matters_before
