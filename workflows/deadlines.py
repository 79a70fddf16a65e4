"""How long is left, in plain words: for open tasks, and for the periods in which the public is heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.terms import ParticipationForm

if TYPE_CHECKING:
    from decisions.models import Participation
    from decisions.periods import Due
    from workflows.models import Watch

SOON = 3
"""Days before a last day from which it turns amber."""


@dataclass(frozen=True)
class TimeLeft:
    """The time until the end of a day: how long, what ends then, what it rests on, and the tone that colours it."""

    day: date
    short: str
    end: str
    tone: str = "now"
    detail: str = ""
    article: Article | None = None
    title: str = ""

    @property
    def sentence(self) -> str:
        """Both in one: 还有 12 日（12月4日 24:00 截止）."""
        return f"{self.short}（{self.end}）" if self.end else self.short

    @property
    def is_over(self) -> bool:
        return clock.today() > self.day


def said(day: date) -> str:
    """A day as 12月4日, with the year when it is not the present one."""
    year = f"{day.year}年" if day.year != clock.today().year else ""
    return f"{year}{day.month}月{day.day}日"


def left(day: date) -> str:
    """How many days are left until the end of the day, or how many it is past."""
    days = (day - clock.today()).days
    if days < 0:
        return _("已超期 %d 日") % -days
    return _("今日到期") if days == 0 else _("还有 %d 日") % days


def tone_of(day: date) -> str:
    """Red when past, amber when near, else blue."""
    days = (day - clock.today()).days
    return "overdue" if days < 0 else "waiting" if days <= SOON else "now"


def of_watch(watch: Watch | None, title: str = "") -> TimeLeft | None:
    """The time left for an open task, with what its last day rests on; none while no day is known."""
    if watch is None or watch.due_on is None:
        return None
    day = watch.due_on
    verb = _("应于%s办结") if day < clock.today() else _("%s 24:00 前办结")
    return TimeLeft(day, left(day), verb % said(day), tone_of(day), watch.because, title=title)


def of_earliest(due: Due, title: str = "") -> TimeLeft:
    """The first day on which a step may lawfully be completed."""
    end = _("最早可于%s办结") % said(due.day)
    return TimeLeft(due.day, _("法定最短时间未满"), end, "waiting", due.explain(), title=title)


def of_participation(form: Participation) -> TimeLeft:
    """The period in which the public is heard: 还有 12 日（12月4日 24:00 截止，法定不少于 30 日）."""
    minimum = _("，法定不少于 %d 日") % form.minimum_days if form.minimum_days else ""
    shortened = _("，已说明缩短理由") if form.shortened_because else ""
    end = _("%s 24:00 截止") % said(form.closes_on)
    article = Article("SC713", 15 if form.form == ParticipationForm.PUBLIC_COMMENT else 14)
    return TimeLeft(
        form.closes_on,
        left(form.closes_on),
        f"{end}{minimum}{shortened}",
        "waiting",
        form.title,
        article,
        str(form.get_form_display()),
    )


def of_day(day: date, why: str) -> TimeLeft:
    """The time until a day before which nothing is to be done."""
    return TimeLeft(day, left(day), why, "waiting")
