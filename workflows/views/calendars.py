"""Working-day calendars by year: where each comes from, its months, and importing a notice after a look at it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from decisions import clock, services, workdays
from decisions.forms.calendars import NoticeForm
from decisions.models import ImportedNotice, Person
from workflows.recomputing import recompute_dates

FIRST = 2018
"""The first year listed: before it no matter under the decree can count days."""


@dataclass(frozen=True)
class Year:
    """One year in the list: its number, source and what is arranged."""

    number: int
    row: ImportedNotice | None
    is_known: bool
    holidays: int
    makeup: int
    workdays: int
    versions: int = 1


@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """The years, the chosen one by months, and what should be imported by now."""
    today = clock.today()
    years = list(_years(today))
    chosen = request.GET.get("year", "")
    number = int(chosen) if chosen.isdigit() and any(str(each.number) == chosen for each in years) else today.year
    context = {
        "years": years[::-1],
        "year": next(each for each in years if each.number == number),
        "months": months(number, workdays.calendar()),
        "missing": services.year_to_import(),
        "may_import": services.may_import(cast(Person, request.user)),
    }
    return render(request, "workflows/calendars.html", context)


def _years(today: date) -> Iterator[Year]:
    rows = list(ImportedNotice.objects.values_list("year", flat=True))
    standing, known = services.standing_notices(), workdays.calendar()
    for number in range(FIRST, max([today.year + 1, *rows]) + 1):
        first, last = date(number, 1, 1), date(number, 12, 31)
        off, worked = known.holidays(first, last), known.makeup_days(first, last)
        count = known.workdays_between(first - workdays.ONE_DAY, last).workdays
        yield Year(
            number, standing.get(number), known.has_notice(number), len(off), len(worked), count, rows.count(number)
        )


def months(year: int, known: workdays.Calendar) -> list[tuple[int, list[list[tuple[int, str]]]]]:
    """Twelve months of weeks from Monday; each day with what it is: "", off (by notice), worked (made up), rest."""
    off = set(known.holidays(date(year, 1, 1), date(year, 12, 31)))
    worked = set(known.makeup_days(date(year, 1, 1), date(year, 12, 31)))

    def kind(day: date) -> str:
        return "off" if day in off else "worked" if day in worked else "rest" if day.weekday() > 4 else ""

    weeks = Calendar().monthdatescalendar
    return [
        (
            month,
            [[(day.day, kind(day)) if day.month == month else (0, "") for day in week] for week in weeks(year, month)],
        )
        for month in range(1, 13)
    ]


@require_http_methods(["GET", "POST"])
def calendar_import(request: HttpRequest) -> HttpResponse:
    """First what was read is shown; confirmed, it is saved and open dates are reckoned anew."""
    if not services.may_import(cast(Person, request.user)):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = NoticeForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"year": services.year_to_import()},
    )
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if "confirm" in request.POST:
            return _saved(request, form)
        context |= _preview(form)
    return render(request, "workflows/calendar_import.html", context, status=422 if form.errors else 200)


def _preview(form: NoticeForm) -> dict[str, Any]:
    reading = form.reading
    known = workdays.calendar()
    tried = known.with_notice(reading.notice())
    days = [date(reading.year, 1, 1) + workdays.ONE_DAY * n for n in range(366)]
    return {
        "reading": reading,
        "months": months(reading.year, tried),
        "differing": [
            day for day in days if day.year == reading.year and tried.is_workday(day) != known.is_workday(day)
        ],
        "is_correction": known.has_notice(reading.year),
        "holidays": sorted(reading.holidays),
        "makeup": sorted(reading.makeup),
        "again": form.cleaned_data,
    }


def _saved(request: HttpRequest, form: NoticeForm) -> HttpResponse:
    said = form.cleaned_data
    row = services.import_notice(
        form.reading.notice(), by=cast(Person, request.user), text=said["text"], because=said["because"]
    )
    services.imported.forget()
    moved = recompute_dates(row.year, _("导入《%s》") % row.title + (f"：{row.because}" if row.because else ""))
    messages.success(
        request, _("已导入%(year)d年放假安排，重新计算后有%(moved)d项期限变动。") % {"year": row.year, "moved": moved}
    )
    return redirect(f"/calendars/?year={row.year}")
