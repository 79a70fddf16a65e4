"""Chapter 2, section 1: asking the units whose duties a matter touches, their replies, and disputes (art. 13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import UnitConsultation
from decisions.rules import Breach, RuleBreached, rule

from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from decisions.models import Decision

STEP = "coordination"
CONSULTING = Article("SC713", 13)


def reply_due(decision: Decision) -> date:
    """The day by which a unit asked today should reply, by the authority's own figure."""
    return rule(STEP).figure("coordination_reply", decision).after(clock.today()).day


@transaction.atomic(savepoint=False)
def ask_unit(decision: Decision, *, by: Actor, unit_name: str, due_on: date | None = None) -> UnitConsultation:
    """Ask a unit about the current draft version; once about a version, with a day to reply by."""
    hold(decision)
    draft = decision.current_draft
    if draft is None:
        raise RuleBreached([Breach(_("尚未拟订草案，不能征求意见"), CONSULTING, _("请先录入草案。"))])
    due_on = due_on or reply_due(decision)
    if due_on <= clock.today():
        raise RuleBreached([Breach(_("回复期限应当晚于发函当日"), CONSULTING, _("请另定回复期限。"))])
    if decision.unit_consultations.filter(draft=draft, unit_name=unit_name).exists():
        raise RuleBreached(
            [Breach(_("已就%(draft)s征求%(unit)s意见") % {"draft": draft, "unit": unit_name}, CONSULTING)]
        )
    involve(decision, by, STEP)
    asked = UnitConsultation.objects.create(
        decision=decision, draft=draft, unit_name=unit_name, asked_on=clock.today(), due_on=due_on
    )
    log(decision, "unit.asked", by=by, consultation=asked.pk, unit=unit_name, draft=draft.content_hash, due_on=due_on)
    return asked


@transaction.atomic(savepoint=False)
def register_unit_reply(
    asked: UnitConsultation, *, by: Actor, reply: str, is_disputed: bool, replied_on: date | None = None
) -> UnitConsultation:
    """Register what a unit replied; a reply is registered once and stands."""
    decision = hold(asked.decision)
    asked.refresh_from_db(fields=["replied_on"])
    replied_on = replied_on or clock.today()
    if asked.replied_on is not None:
        raise RuleBreached(
            [Breach(_("%s的回复已经登记，不能更改") % asked, CONSULTING, _("有新意见的，请就新稿重新征求意见。"))]
        )
    if not asked.asked_on <= replied_on <= clock.today():
        raise RuleBreached([Breach(_("回复日期应当在发函日期之后、登记当日之前"), CONSULTING, _("请更正回复日期。"))])
    involve(decision, by, STEP)
    asked.replied_on, asked.reply, asked.is_disputed = replied_on, reply, is_disputed
    asked.save(update_fields=["replied_on", "reply", "is_disputed"])
    log(
        decision,
        "unit.replied",
        by=by,
        consultation=asked.pk,
        unit=asked.unit_name,
        replied_on=replied_on,
        reply=reply,
        is_disputed=is_disputed,
    )
    return asked


@transaction.atomic(savepoint=False)
def state_dispute(
    asked: UnitConsultation,
    *,
    by: Actor,
    issue: str,
    unit_view: str,
    unit_reasons: str,
    own_view: str,
    own_reasons: str,
) -> UnitConsultation:
    """State what stays in dispute with a unit: the issue, and each side's view with its reasons and basis."""
    decision = hold(asked.decision)
    involve(decision, by, STEP)
    parts = (
        (_("争议的主要问题"), issue),
        (_("%s意见") % asked.unit_name, unit_view),
        (_("理由和依据"), unit_reasons),
        (_("承办单位意见"), own_view),
        (_("理由和依据"), own_reasons),
    )
    if missing := [label for label, words in parts if not words.strip()]:
        raise RuleBreached(
            [
                Breach(
                    _("争议情况缺少：%s") % "、".join(missing),
                    Article("SC713", 13, 2),
                    _("请补充双方意见、理由和依据。"),
                )
            ]
        )
    asked.is_disputed, asked.dispute_statement = True, "\n".join(f"{label}：{words.strip()}" for label, words in parts)
    asked.save(update_fields=["is_disputed", "dispute_statement"])
    log(
        decision,
        "dispute.stated",
        by=by,
        consultation=asked.pk,
        unit=asked.unit_name,
        statement=asked.dispute_statement,
    )
    return asked
