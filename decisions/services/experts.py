"""Chapter 2, section 3: experts are chosen and asked, let go, and answered."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Expert, ExpertAppointment, ExpertOpinion, ExpertReply, people_with
from decisions.rules import Breach, RuleBreached
from decisions.terms import Role

from .expert_links import LinkState, link_state, token_hash
from .recording import Actor, hold, involve, log, separation_breaches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

STEP = "expert_review"
LINK_LASTS = timedelta(days=30)
"""How long an expert's link works when nobody says otherwise: a setting of the house, not of the law."""


class Invitation(NamedTuple):
    """An appointment with the secret of its link, which is known only now and kept nowhere."""

    appointment: ExpertAppointment
    token: str


@transaction.atomic(savepoint=False)
def add_expert(decision: Decision, *, by: Actor, name: str, field: str, organization: str, contact: str = "") -> Expert:
    """Add somebody to the expert pool of the decision's authority (art. 21); who is listed already is found again."""
    expert, is_new = Expert.objects.get_or_create(
        authority=decision.authority,
        name=name,
        organization=organization,
        defaults={"field": field, "contact": contact},
    )
    if is_new:
        log(decision, "expert.listed", by=by, expert=expert.pk, name=name, field=field, organization=organization)
    return expert


@transaction.atomic(savepoint=False)
def appoint_expert(
    decision: Decision, expert: Expert, *, by: Actor, selection_note: str, link_expires_on: date | None = None
) -> Invitation:
    """Ask an expert about the current draft version (art. 20); gives the secret of the expert's link, once."""
    hold(decision)
    if breaches := list(_appointment_breaches(decision, expert, selection_note)):
        raise RuleBreached(breaches)
    involve(decision, by, STEP)
    token = secrets.token_urlsafe(32)
    assert decision.current_draft is not None
    appointment = ExpertAppointment.objects.create(
        decision=decision,
        draft=decision.current_draft,
        expert=expert,
        appointed_on=clock.today(),
        appointed_by=by.person,
        selection_note=selection_note,
        token_hash=token_hash(token),
        link_expires_on=link_expires_on or clock.today() + LINK_LASTS,
    )
    draft = decision.current_draft.number
    log(decision, "expert.appointed", by=by, expert=expert.pk, name=expert.name, draft=draft, note=selection_note)
    return Invitation(appointment, token)


def _appointment_breaches(decision: Decision, expert: Expert, selection_note: str) -> Iterator[Breach]:
    pools = (decision.authority_id, decision.authority.parent_id)
    if expert.authority_id not in pools or not expert.is_active:
        yield Breach(_("%s不在可用的专家库中") % expert.name, Article("SC713", 21), _("请另选专家。"))
    if not selection_note.strip():
        yield Breach(
            _("选择专家应当坚持专业性、代表性和中立性，并记载遴选情况"), Article("SC713", 20), _("请填写遴选说明。")
        )
    if decision.expert_appointments.filter(draft=decision.current_draft, expert=expert).exists():
        yield Breach(_("%s已就本稿草案接受聘请") % expert.name, Article("SC713", 20), _("请另选专家。"))
    yield from second_side(decision, expert)


def second_side(decision: Decision, expert: Expert) -> Iterator[Breach]:
    """An expert with an account who handles, reviews or decides the matter is neither neutral nor free to assess it."""
    if expert.person is None:
        return
    yield from separation_breaches(decision, Actor(expert.person, Role.ASSESSOR))
    deciders = people_with(decision.authority, (Role.CHIEF, Role.MEMBER))
    if expert.person_id == decision.handler_id or deciders.filter(pk=expert.person.pk).exists():
        yield Breach(
            _("%s承办或者参与决定本事项，不得作为本事项的专家") % expert.name,
            Article("SC713", 20),
            _("请另选专家。"),
        )


@transaction.atomic(savepoint=False)
def renew_expert_link(appointment: ExpertAppointment, *, by: Actor, link_expires_on: date | None = None) -> Invitation:
    """Give the expert a new link because the old one was lost or has expired; the old one stops working."""
    decision = hold(appointment.decision)
    if link_state(appointment) not in (LinkState.OPEN, LinkState.EXPIRED):
        raise RuleBreached(
            [Breach(_("该专家已签署意见、已解除聘请或者论证已结束，无须再发链接"), Article("SC713", 19, 2))]
        )
    involve(decision, by, STEP)
    token = secrets.token_urlsafe(32)
    appointment.token_hash = token_hash(token)
    appointment.link_expires_on = link_expires_on or clock.today() + LINK_LASTS
    appointment.save(update_fields=["token_hash", "link_expires_on"])
    log(decision, "expert.link_renewed", by=by, expert=appointment.expert_id, until=appointment.link_expires_on)
    return Invitation(appointment, token)


@transaction.atomic(savepoint=False)
def withdraw_expert(
    appointment: ExpertAppointment, *, by: Actor, because: str, interest_found: bool = False
) -> ExpertAppointment:
    """End an appointment with its reason; an opinion already signed stays in the record but no longer counts."""
    decision = hold(appointment.decision)
    if appointment.withdrawn_because:
        raise RuleBreached([Breach(_("该专家已解除聘请"), Article("SC713", 20))])
    involve(decision, by, STEP)
    appointment.withdrawn_because = because
    if interest_found:
        appointment.has_interest = True
    appointment.save(update_fields=["withdrawn_because", "has_interest"])
    log(decision, "expert.withdrawn", by=by, expert=appointment.expert_id, because=because, interest=interest_found)
    return appointment


@transaction.atomic(savepoint=False)
def reply_to_expert(opinion: ExpertOpinion, *, by: Actor, text: str) -> ExpertReply:
    """The undertaking unit says what became of an expert's opinion and why; the last reply holds (art. 29, item 3)."""
    decision = hold(opinion.appointment.decision)
    involve(decision, by, STEP)
    reply = ExpertReply.objects.create(opinion=opinion, text=text, by=by.person)
    log(decision, "expert.answered", by=by, opinion=opinion.pk, text=text)
    return reply
