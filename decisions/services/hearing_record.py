"""The hearing itself: held in order, recorded in three parts, signed (art. 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Hearing, HearingParticipant
from decisions.rules import Breach
from decisions.rules.hearing import HEARD
from decisions.rules.hearing import Hearing as HearingRule

from .participation import refuse
from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

STEP = HearingRule.key


@transaction.atomic(savepoint=False)
def record_hearing(
    hearing: Hearing,
    *,
    by: Actor,
    presentation: str,
    debate: str,
    confirmation: str,
    attended: Iterable[HearingParticipant],
    statements: Mapping[str, str],
) -> Hearing:
    """Record the hearing in its three parts, who came and what each said (art. 17)."""
    decision = hold(hearing.decision)
    refuse([*_finished(hearing), *_holding_breaches(decision, hearing)])
    involve(decision, by, STEP)
    hearing.presentation, hearing.debate, hearing.confirmation = presentation, debate, confirmation
    hearing.save(update_fields=["presentation", "debate", "confirmation"])
    present = {p.pk for p in attended}
    people = list(hearing.participants.all())
    for person in people:
        person.attended = person.pk in present
        person.statement = statements.get(person.name, person.statement)
    HearingParticipant.objects.bulk_update(people, ["attended", "statement"])
    log(
        decision,
        "hearing.recorded",
        by=by,
        hearing=hearing.pk,
        presentation=presentation,
        debate=debate,
        confirmation=confirmation,
        attended=[p.name for p in people if p.attended],
        statements=dict(statements),
    )
    return hearing


@transaction.atomic(savepoint=False)
def sign_hearing_record(
    hearing: Hearing, *, by: Actor, participants: Iterable[HearingParticipant], signed_on: date
) -> Hearing:
    """Register which participants signed the record (art. 17)."""
    decision = hold(hearing.decision)
    signatories = list(participants)
    refuse([*_finished(hearing), *_signing_breaches(hearing, signatories, signed_on)])
    involve(decision, by, STEP)
    hearing.participants.filter(pk__in=[p.pk for p in signatories]).update(signed_on=signed_on)
    log(
        decision,
        "hearing.record_signed",
        by=by,
        hearing=hearing.pk,
        signatories=[p.name for p in signatories],
        on=signed_on,
    )
    return hearing


@transaction.atomic(savepoint=False)
def close_hearing(hearing: Hearing, *, by: Actor) -> Hearing:
    """The record is complete; nothing about this hearing changes any more."""
    involve(hold(hearing.decision), by, STEP)
    hearing.is_closed = True
    hearing.save(update_fields=["is_closed"])
    return hearing


def _holding_breaches(decision: Decision, hearing: Hearing) -> Iterator[Breach]:
    """Why the hearing may not be held: it is early, the list is not out, materials came late."""
    if hearing.held_on > clock.today():
        yield Breach(_("听证会定于%s举行，尚未举行") % hearing.held_on, Article("SC713", 17))
    people = [p for p in hearing.participants.all() if p.kind in HEARD]
    yield from HearingRule().preparation_breaches(decision, hearing, people)


def _signing_breaches(hearing: Hearing, signatories: list[HearingParticipant], day: date) -> Iterator[Breach]:
    if not hearing.presentation:
        yield Breach(_("尚无听证笔录可供签字"), Article("SC713", 17), _("请先登记听证笔录。"))
    if not hearing.held_on <= day <= clock.today():
        yield Breach(_("签字日期应当在听证会当日或者之后、不晚于今天"), Article("SC713", 17))
    if absent := [p.name for p in signatories if not p.attended]:
        yield Breach(_("未到会的不能在笔录上签字：%s") % "、".join(absent), Article("SC713", 17))


def _finished(hearing: Hearing) -> Iterator[Breach]:
    if hearing.is_closed:
        yield Breach(_("听证会已办结，笔录不能再更改"), Article("SC713", 17))
