"""Before a hearing: it is announced, participants are listed, materials are delivered in time (art. 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Hearing, HearingParticipant
from decisions.rules import Breach
from decisions.rules.hearing import Hearing as HearingRule
from decisions.terms import Openness, ParticipantKind

from .participation import draft_in_question, refuse
from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

STEP = HearingRule.key


class Listed(NamedTuple):
    """Somebody to be put on the list of participants."""

    name: str
    kind: ParticipantKind
    organization: str = ""


@transaction.atomic(savepoint=False)
def announce_hearing(
    decision: Decision,
    *,
    by: Actor,
    title: str,
    required_by: str,
    selection_method: str,
    held_on: date,
    held_at: str,
    presider: str,
    registration_until: date | None = None,
) -> Hearing:
    """Publish today the notice of a hearing on the current draft (art. 16, para. 2)."""
    draft = draft_in_question(hold(decision))
    refuse([*_unpublishable(decision), *_day_breaches(decision, clock.today(), held_on)])
    involve(decision, by, STEP)
    hearing = Hearing.objects.create(
        decision=decision,
        draft=draft,
        title=title,
        required_by=required_by,
        noticed_on=clock.today(),
        registration_until=registration_until,
        selection_method=selection_method,
        held_on=held_on,
        held_at=held_at,
        presider=presider,
    )
    log(
        decision,
        "hearing.announced",
        by=by,
        hearing=hearing.pk,
        draft=draft.content_hash,
        title=title,
        required_by=required_by,
        registration_until=registration_until,
        selection_method=selection_method,
        held_on=held_on,
        held_at=held_at,
        presider=presider,
    )
    return hearing


@transaction.atomic(savepoint=False)
def list_participants(hearing: Hearing, *, by: Actor, people: Iterable[Listed]) -> list[HearingParticipant]:
    """Put people on the list; a list that was published already must then be published again (art. 16, para. 3)."""
    decision = _prepare(hearing, by)
    listed = HearingParticipant.objects.bulk_create(
        HearingParticipant(hearing=hearing, name=p.name, kind=p.kind, organization=p.organization) for p in people
    )
    if hearing.list_published_on:
        hearing.list_published_on = None
        hearing.save(update_fields=["list_published_on"])
    log(decision, "hearing.participants_listed", by=by, hearing=hearing.pk, people=[[p.name, p.kind] for p in listed])
    return listed


@transaction.atomic(savepoint=False)
def publish_participant_list(hearing: Hearing, *, by: Actor, list_published_on: date) -> Hearing:
    """Publish who takes part, before the hearing (art. 16, para. 3)."""
    decision = _prepare(hearing, by)
    refuse(list(_list_breaches(hearing, list_published_on)))
    hearing.list_published_on = list_published_on
    hearing.save(update_fields=["list_published_on"])
    log(decision, "hearing.list_published", by=by, hearing=hearing.pk, on=list_published_on)
    return hearing


@transaction.atomic(savepoint=False)
def deliver_materials(
    hearing: Hearing, *, by: Actor, participants: Iterable[HearingParticipant], delivered_on: date
) -> Hearing:
    """Register the day on which participants had the materials; a late one is seen and blocks the hearing."""
    decision = _prepare(hearing, by)
    if not hearing.noticed_on <= delivered_on <= clock.today():
        refuse([Breach(_("送达日期应当在公告之后、不晚于今天"), Article("SC713", 16, 3))])
    reached = list(participants)
    hearing.participants.filter(pk__in=[p.pk for p in reached]).update(materials_delivered_on=delivered_on)
    log(
        decision,
        "hearing.materials_delivered",
        by=by,
        hearing=hearing.pk,
        to=[p.name for p in reached],
        on=delivered_on,
    )
    return hearing


@transaction.atomic(savepoint=False)
def postpone_hearing(hearing: Hearing, *, by: Actor, held_on: date, held_at: str, because: str) -> Hearing:
    """Give a hearing that was not held yet a later day."""
    decision = _prepare(hearing, by)
    if held_on <= hearing.held_on:
        refuse([Breach(_("推迟后的日期应当晚于原定的%s") % hearing.held_on, Article("SC713", 16, 2))])
    refuse(list(_day_breaches(decision, hearing.noticed_on, held_on)))
    former, hearing.held_on, hearing.held_at = hearing.held_on, held_on, held_at
    hearing.save(update_fields=["held_on", "held_at"])
    log(
        decision,
        "hearing.postponed",
        by=by,
        hearing=hearing.pk,
        former=former,
        held_on=held_on,
        held_at=held_at,
        because=because,
    )
    return hearing


def _prepare(hearing: Hearing, by: Actor) -> Decision:
    """What every act before the hearing asks first: it was not held yet."""
    decision = hold(hearing.decision)
    hearing.refresh_from_db(fields=["held_on", "list_published_on", "presentation", "is_closed"])
    if hearing.presentation:
        refuse([Breach(_("听证会已经举行，会前事项不能再更改"), Article("SC713", 16))])
    involve(decision, by, STEP)
    return decision


def _unpublishable(decision: Decision) -> Iterator[Breach]:
    if decision.openness == Openness.NOT_PUBLIC:
        yield Breach(_("依法不予公开的事项不举行公开听证"), Article("SC711", 14))


def _day_breaches(decision: Decision, noticed_on: date, held_on: date) -> Iterator[Breach]:
    """Whether the day leaves time for the notice and for delivering the materials."""
    rule = HearingRule()
    notice = rule.figure("hearing_notice", decision)
    if held_on <= noticed_on or (notice and noticed_on > notice.before(held_on).day):
        yield Breach(
            _("听证会应当提前公告（%s）") % (notice.demand if notice else _("公告之后举行")),
            notice.article or Article("SC713", 16, 2),
            _("请选择更晚的日期。"),
        )
    due = rule.materials_due(decision, held_on)
    if due.day < clock.today():
        yield Breach(
            _("来不及提前送达材料，最迟的送达日期为%s") % due, Article("SC713", 16, 3), _("请选择更晚的日期。")
        )


def _list_breaches(hearing: Hearing, day: date) -> Iterator[Breach]:
    if not hearing.participants.exists():
        yield Breach(_("尚未确定听证参加人"), Article("SC713", 16, 3), _("请先登记参加人。"))
    if not hearing.noticed_on <= day <= clock.today():
        yield Breach(_("名单公布日期应当在公告之后、不晚于今天"), Article("SC713", 16, 3))
    if day >= hearing.held_on:
        yield Breach(_("听证参加人名单应当在会前公布"), Article("SC713", 16, 3), _("请推迟听证会。"))
