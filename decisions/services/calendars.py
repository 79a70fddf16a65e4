"""Importing a year's notice on rest days, and handing the imported years to the calendar of the house."""

from __future__ import annotations

import time
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from decisions import clock, workdays
from decisions.models import ImportedNotice, Membership, Person
from decisions.terms import AdminRole, Role
from decisions.workdays import YearNotice

FRESH = 5.0
"""Seconds for which a process trusts what it read, so that a second process learns of an import that soon."""

REMINDED_FROM = (11, 1)
"""From this day on the office is asked to import the next year (the notice appears in autumn)."""


class Imported:
    """The imported notices as this process last read them; one small query tells whether there are newer ones."""

    def __init__(self) -> None:
        self.forget()

    def __call__(self) -> tuple[YearNotice, ...]:
        """What workdays.set_provider takes."""
        if time.monotonic() - self._checked >= FRESH:
            self._look()
        return self._notices

    def forget(self) -> None:
        """Read anew at the next use."""
        self._checked, self._version = float("-inf"), -1
        self._notices: tuple[YearNotice, ...] = ()

    def _look(self) -> None:
        version = ImportedNotice.objects.aggregate(last=Max("pk"))["last"] or 0
        if version != self._version:
            self._notices = tuple(row.as_notice() for row in standing_notices().values())
            self._version = version
        self._checked = time.monotonic()


imported = Imported()


def standing_notices() -> dict[int, ImportedNotice]:
    """The notice that counts for each imported year: the last one, by year."""
    return {row.year: row for row in ImportedNotice.objects.select_related("imported_by").order_by("pk")}


def may_import(person: Person) -> bool:
    """Office clerks, and system administrators, keep the calendars."""
    if not person.is_active:
        return False
    if person.admin_role:
        return person.admin_role == AdminRole.SYSTEM
    return Membership.objects.current().filter(person=person, duty=Role.OFFICE_CLERK).exists()


@transaction.atomic(savepoint=False)
def import_notice(notice: YearNotice, *, by: Person, text: str, because: str = "") -> ImportedNotice:
    """Keep a year's notice; one imported before stays on file and counts no longer. The same again changes nothing."""
    if not may_import(by):
        raise PermissionDenied
    list(Person.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))
    last = standing_notices().get(notice.year)
    if last and last.as_notice() == notice:
        return last
    row = ImportedNotice.objects.create(
        year=notice.year,
        title=notice.title or workdays.TITLE.format(notice.year),
        text=text,
        holidays=sorted(day.isoformat() for day in notice.holidays),
        makeup=sorted(day.isoformat() for day in notice.makeup),
        because=because.strip(),
        imported_by=by,
    )
    transaction.on_commit(imported.forget)
    return row


def year_to_import(today: date | None = None) -> int | None:
    """The year whose notice is missing and should be imported by now: this one, or from November on the next."""
    today = today or clock.today()
    years = [today.year, *([today.year + 1] if (today.month, today.day) >= REMINDED_FROM else [])]
    known = workdays.calendar()
    return next((year for year in years if not known.has_notice(year)), None)
