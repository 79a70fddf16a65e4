"""What must hold of the procedures before the meeting: participation, hearing, experts, review (arts. 14 to 28)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.rules.expert_review import ExpertReview
from decisions.rules.hearing import HEARD, Hearing
from decisions.rules.legality_review import LegalityReview
from decisions.rules.position import round_start
from decisions.rules.public_participation import PublicParticipation
from decisions.terms import Outcome, ParticipationForm
from decisions.workdays import calendar

from .assertion import Assertion, Records

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord


def before_meeting(decision: Decision, latest: Records) -> Iterator[Assertion]:
    """Each procedure that was carried out, and the review of what was left out."""
    done = {step for step, record in latest.items() if record.outcome == Outcome.DONE}
    if "public_participation" in done:
        yield from _comment_periods(decision)
        yield _opinions(decision)
    if "hearing" in done:
        yield from _hearing(decision)
    if "expert_review" in done:
        yield _experts(decision)
    review = latest.get("legality_review")
    if review and review.outcome in LegalityReview.passing:
        yield _review_time(decision, review)
        yield _advisers(decision, review)
        yield from _exemptions(decision, latest, review)


def _comment_periods(decision: Decision) -> Iterator[Assertion]:
    rule = PublicParticipation()
    for form in decision.participations.all():
        if form.form != ParticipationForm.PUBLIC_COMMENT:
            continue
        words = _("公开征求意见%(days)d日（%(begin)s至%(end)s，法定%(minimum)s）") % {
            "days": (form.closes_on - form.opened_on).days,
            "begin": form.opened_on.isoformat(),
            "end": form.closes_on.isoformat(),
            "minimum": rule.figure("comment_minimum", decision).demand,
        }
        if form.shortened_because:
            words += _("，缩短理由：%s") % form.shortened_because
        breaches = rule.period_breaches(
            decision, opened_on=form.opened_on, closes_on=form.closes_on, because=form.shortened_because
        )
        yield Assertion(words, Article("SC713", 15, 1), not list(breaches))


def _opinions(decision: Decision) -> Assertion:
    count, open_count = decision.opinions.count(), decision.opinions.unanswered().count()
    words = _("收到意见%(count)d条，已答复%(answered)d条") % {"count": count, "answered": count - open_count}
    return Assertion(words, Article("SC713", 18), open_count == 0)


def _hearing(decision: Decision) -> Iterator[Assertion]:
    """Materials in time and the record signed, for the hearing that counts."""
    rule = Hearing()
    held = rule.current(decision)
    if held is None:
        return
    people = [person for person in held.participants.all() if person.kind in HEARD]
    latest = rule.latest_delivery(decision, held.held_on)
    words = _("听证会参加人%(n)d人，材料均于%(day)s前送达（%(held)s举行，%(demand)s）") % {
        "n": len(people),
        "day": latest.isoformat(),
        "held": held.held_on.isoformat(),
        "demand": rule.figure("hearing_materials", decision).demand,
    }
    yield Assertion(words, Article("SC713", 16, 3), not list(rule.delivery_breaches(decision, held, people)))
    signed = sum(person.signed_on is not None for person in people if person.attended)
    came = sum(person.attended for person in people)
    words = _("听证会到会%(came)d人，笔录签字%(signed)d人") % {"came": came, "signed": signed}
    yield Assertion(words, Article("SC713", 17), signed == came)


def _experts(decision: Decision) -> Assertion:
    rule = ExpertReview()
    start = round_start(decision, rule.key)
    asked = decision.expert_appointments.filter(draft__number__gte=start, withdrawn_because="")
    signed = asked.filter(opinion__isnull=False).count()
    interested = asked.filter(has_interest=True).count()
    figure = rule.figure("expert_minimum", decision)
    words = _("专家%(n)d名签署论证意见（%(demand)s），均声明无直接利害关系") % {"n": signed, "demand": figure.demand}
    return Assertion(words, Article("SC713", 19), figure.is_met_by(signed) and not interested)


def _review_time(decision: Decision, record: StepRecord) -> Assertion:
    supplied = decision.supplements.filter(draft=record.draft_id).values_list("supplied_on", flat=True)
    received = max([record.opened_on, *(day for day in supplied if day)])
    days = calendar().workdays_between(received, record.completed_on).workdays
    figure = LegalityReview().figure("legality_minimum", decision)
    words = _("合法性审查用时%(days)d个工作日（%(demand)s）") % {"days": days, "demand": figure.demand}
    if record.because:
        words += _("，缩短理由：%s") % record.because
    holds = record.completed_on >= figure.after(received).day or bool(record.because.strip())
    return Assertion(words, Article("SC713", 26, 2), holds)


def _advisers(decision: Decision, record: StepRecord) -> Assertion:
    signed = decision.legal_opinions.filter(draft=record.draft_id).count()
    figure = LegalityReview().figure("legal_adviser_opinions", decision)
    words = _("法律顾问、公职律师就审查的草案签署意见%(n)d份（%(demand)s）") % {"n": signed, "demand": figure.demand}
    return Assertion(words, Article("SC713", 28), figure.is_met_by(signed))


def _exemptions(decision: Decision, latest: Records, review: StepRecord) -> Iterator[Assertion]:
    """Whatever was left out and not made up for since was examined by the review and accepted."""
    relied = {
        exemption.step
        for exemption in decision.exemptions.all()
        if exemption.record_id < review.pk and latest[exemption.step].pk == exemption.record_id
    }
    if relied:
        accepted = set(review.details.get("exemptions_accepted") or ())
        words = _("对%d项豁免的理由和依据已作合法性审查") % len(relied)
        yield Assertion(words, Article("SC713", 27), relied <= accepted)
