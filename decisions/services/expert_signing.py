"""What an expert does through the secret link: declare (art. 20) and sign (art. 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, ExpertAppointment, ExpertOpinion
from decisions.rules import Breach, RuleBreached
from decisions.terms import Role

from .expert_links import LinkState, link_state
from .experts import STEP, second_side
from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from collections.abc import Iterator


@transaction.atomic(savepoint=False)
def declare_interest(
    appointment: ExpertAppointment, *, has_interest: bool, keeps_confidence: bool
) -> ExpertAppointment:
    """The expert declares whether a direct interest stands against the appointment, and to keep secrets (art. 19)."""
    decision = _held_open(appointment)
    if appointment.declared_at is not None:
        raise RuleBreached(
            [Breach(_("您已作出声明，不能更改"), Article("SC713", 20), _("如情况有变，请联系承办单位。"))]
        )
    if not keeps_confidence:
        raise RuleBreached(
            [Breach(_("专家应当保守国家秘密、商业秘密和个人隐私"), Article("SC713", 19, 2), _("请承诺后继续。"))]
        )
    appointment.has_interest, appointment.declared_at = has_interest, clock.now()
    appointment.save(update_fields=["has_interest", "declared_at"])
    log(decision, "expert.declared", by=None, expert=appointment.expert_id, has_interest=has_interest, secrecy=True)
    return appointment


@transaction.atomic(savepoint=False)
def sign_expert_opinion(
    appointment: ExpertAppointment,
    *,
    necessity: str,
    feasibility: str,
    soundness: str,
    is_in_favor: bool,
    signature: str,
) -> ExpertOpinion:
    """The expert signs the opinion by writing the own name; it can never be changed (art. 19, para. 2)."""
    decision = _held_open(appointment)
    expert = appointment.expert
    if breaches := list(_signing_breaches(appointment, signature)):
        raise RuleBreached(breaches)
    if expert.person is not None:
        involve(decision, Actor(expert.person, Role.ASSESSOR), STEP)
    opinion = ExpertOpinion.objects.create(
        appointment=appointment,
        necessity=necessity,
        feasibility=feasibility,
        soundness=soundness,
        is_in_favor=is_in_favor,
        signature=signature.strip(),
    )
    log(
        decision,
        "expert.signed",
        by=None,
        expert=expert.pk,
        opinion=opinion.pk,
        draft=appointment.draft.content_hash,
        necessity=necessity,
        feasibility=feasibility,
        soundness=soundness,
        is_in_favor=is_in_favor,
        signature=opinion.signature,
    )
    return opinion


def _held_open(appointment: ExpertAppointment) -> Decision:
    """The decision, locked, if the expert may still act on the appointment as it is now stored."""
    decision = hold(appointment.decision)
    appointment.refresh_from_db()
    appointment.decision = decision
    if (state := link_state(appointment)) != LinkState.OPEN:
        raise RuleBreached([Breach(str(state.label), Article("SC713", 19, 2), _("如有疑问，请联系承办单位。"))])
    return decision


def _signing_breaches(appointment: ExpertAppointment, signature: str) -> Iterator[Breach]:
    if appointment.declared_at is None or appointment.has_interest is None:
        yield Breach(_("尚未声明与决策事项有无直接利害关系"), Article("SC713", 20), _("请先作出声明。"))
    if signature.strip() != appointment.expert.name:
        yield Breach(
            _("签名与专家姓名“%s”不一致") % appointment.expert.name, Article("SC713", 19, 2), _("请签署本人姓名。")
        )
    yield from second_side(appointment.decision, appointment.expert)
