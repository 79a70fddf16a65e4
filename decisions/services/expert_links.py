"""What an expert's link leads to: the appointment's state, and whose link it is."""

from __future__ import annotations

import hashlib

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.models import ExpertAppointment
from decisions.rules import Position
from decisions.rules.position import round_start


class LinkState(TextChoices):
    """What the expert can still do, or why nothing."""

    OPEN = "open", _("可以声明和签署意见")
    INTERESTED = "interested", _("您已声明与决策事项有直接利害关系，不再参加本次论证")
    SIGNED = "signed", _("您的论证意见已经签署，不能更改")
    WITHDRAWN = "withdrawn", _("本次聘请已经解除")
    OVER = "over", _("本次论证已经结束")
    EXPIRED = "expired", _("链接已过有效期")


def token_hash(token: str) -> str:
    """What is stored of a link's secret: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_appointment(token: str) -> ExpertAppointment | None:
    """The appointment that a link belongs to; none for an unknown or replaced link."""
    appointments = ExpertAppointment.objects.select_related(
        "decision__authority", "decision__current_draft", "draft", "expert__person", "opinion"
    )
    return appointments.filter(token_hash=token_hash(token)).first()


def link_state(appointment: ExpertAppointment) -> LinkState:
    """The state of an appointment today: what was done first, then what time and procedure allow."""
    if appointment.withdrawn_because:
        return LinkState.WITHDRAWN
    if hasattr(appointment, "opinion"):
        return LinkState.SIGNED
    if appointment.has_interest:
        return LinkState.INTERESTED
    if is_over(appointment):
        return LinkState.OVER
    return LinkState.EXPIRED if clock.today() > appointment.link_expires_on else LinkState.OPEN


def is_over(appointment: ExpertAppointment) -> bool:
    """The review was completed or exempted, or a later draft version began a new round."""
    decision = appointment.decision
    if appointment.draft.number < round_start(decision, "expert_review"):
        return True
    return Position.of(decision).stands("expert_review")
