"""Who acts for whom: appointing a deputy for a period, and ending it. No matter's event: it concerns all of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.models import Authority, Deputy, Membership, Person
from decisions.terms import Role

if TYPE_CHECKING:
    from datetime import date

logger = logging.getLogger(__name__)


@transaction.atomic(savepoint=False)
def appoint_deputy(
    principal: Person, *, deputy: Person, authority: Authority, since: date, until: date, because: str, by: Person
) -> Deputy:
    """Let somebody act for the principal from the first to the last day; raises ValidationError saying what stands
    against it. The office appoints for everybody, anybody else only for themselves."""
    list(Person.objects.select_for_update(no_key=True).filter(pk=principal.pk).values_list("pk"))
    if problems := list(deputy_problems(principal, deputy, authority, since, until, because, by)):
        raise ValidationError(problems)
    row = Deputy.objects.create(
        principal=principal, deputy=deputy, since=since, until=until, because=because.strip(), appointed_by=by
    )
    logger.info("deputy %s appointed by %s", row.pk, by.pk)
    return row


def deputy_problems(
    principal: Person, deputy: Person, authority: Authority, since: date, until: date, because: str, by: Person
) -> Iterator[str]:
    """Why the deputy may not be appointed so."""
    if not may_appoint(by, principal, authority):
        yield _("只有被代理人本人或者党政办（政府办）可以指定代理人。")
    if principal == deputy:
        yield _("代理人不能是被代理人本人。")
    if not (works_in(principal, authority) and works_in(deputy, authority)):
        yield _("代理人和被代理人都应当是本机关在职人员。")
    if since < clock.today():
        yield _("代理不能从过去的日期开始。")
    if until < since:
        yield _("代理的截止日期不能早于开始日期。")
    if not because.strip():
        yield _("请填写代理事由。")
    overlapping = Deputy.objects.filter(principal=principal, deputy=deputy, ended_at__isnull=True)
    if overlapping.filter(since__lte=until, until__gte=since).exists():
        yield _("这段时间内已有同一代理人的代理，请先结束原代理。")


def may_appoint(by: Person, principal: Person, authority: Authority) -> bool:
    """For oneself, or as the office of the authority for anybody in it."""
    return by == principal or is_office(by, authority)


def is_office(person: Person, authority: Authority) -> bool:
    held = Membership.objects.current().filter(person=person, unit__authority=authority, duty=Role.OFFICE_CLERK)
    return person.is_active and not person.admin_role and held.exists()


def works_in(person: Person, authority: Authority) -> bool:
    """Active, no administrator, and with a duty in the authority today."""
    held = Membership.objects.current().filter(person=person, unit__authority=authority)
    return person.is_active and not person.admin_role and held.exists()


@transaction.atomic(savepoint=False)
def end_deputy(row: Deputy, *, by: Person) -> Deputy:
    """End a deputy before the last day; ending twice changes nothing."""
    Deputy.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=clock.now())
    logger.info("deputy %s ended by %s", row.pk, by.pk)
    row.refresh_from_db()
    return row
