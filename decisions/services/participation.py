"""Chapter 2, section 2: the public is asked, the period is kept, the result is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Participation
from decisions.rules import Breach, RuleBreached
from decisions.rules.public_participation import PublicParticipation
from decisions.terms import Openness, ParticipationForm

from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from decisions.models import Draft

STEP = PublicParticipation.key


@transaction.atomic(savepoint=False)
def open_public_comment(
    decision: Decision,
    *,
    by: Actor,
    title: str,
    notice: str,
    channels: str,
    ways: str,
    opened_on: date,
    closes_on: date,
    shortened_because: str = "",
    groups_heard: str = "",
) -> Participation:
    """Put the current draft to the public for comment from one day to another (art. 15)."""
    draft = draft_in_question(hold(decision))
    rule = PublicParticipation()
    refuse(
        [
            *_opening_breaches(decision, opened_on),
            *rule.period_breaches(decision, opened_on=opened_on, closes_on=closes_on, because=shortened_because),
        ]
    )
    involve(decision, by, STEP)
    figure = rule.figure("comment_minimum", decision)
    participation = Participation.objects.create(
        decision=decision,
        draft=draft,
        form=ParticipationForm.PUBLIC_COMMENT,
        title=title,
        notice=notice,
        channels=channels,
        ways=ways,
        opened_on=opened_on,
        closes_on=closes_on,
        minimum_days=(figure.after(opened_on).raw_day - opened_on).days,
        shortened_because=shortened_because,
        groups_heard=groups_heard,
        published_by=by.person,
    )
    _log_opening(participation, by)
    return participation


@transaction.atomic(savepoint=False)
def hold_participation(
    decision: Decision,
    *,
    by: Actor,
    form: ParticipationForm,
    title: str,
    opened_on: date,
    closes_on: date,
    summary: str,
    groups_heard: str = "",
) -> Participation:
    """Register another form in which the public is or was heard: a symposium, a questionnaire, visits… (art. 14)."""
    draft = draft_in_question(hold(decision))
    if decision.initiated_on and opened_on < decision.initiated_on:
        refuse([Breach(_("开展日期早于决策启动日期%s") % decision.initiated_on, Article("SC713", 14))])
    if opened_on > clock.today():
        refuse([Breach(_("开展日期不得晚于今天"), Article("SC713", 14), _("请在活动开始后登记。"))])
    involve(decision, by, STEP)
    participation = Participation.objects.create(
        decision=decision,
        draft=draft,
        form=form,
        title=title,
        opened_on=opened_on,
        closes_on=closes_on,
        summary=summary,
        groups_heard=groups_heard,
        published_by=by.person,
    )
    _log_opening(participation, by)
    return participation


@transaction.atomic(savepoint=False)
def extend_participation(participation: Participation, *, by: Actor, closes_on: date, because: str) -> Participation:
    """Give the public more time; a published period is never shortened (art. 15). The public reads the reason."""
    decision = hold(participation.decision)
    participation.refresh_from_db(fields=["closes_on", "notice"])
    refuse(list(_extension_breaches(participation, closes_on)))
    involve(decision, by, STEP)
    former, participation.closes_on = participation.closes_on, closes_on
    told = _("（%(today)s公告：征求意见期限由%(former)s延长至%(day)s，原因：%(because)s）") % {
        "today": clock.today(),
        "former": former,
        "day": closes_on,
        "because": because,
    }
    participation.notice = "\n".join(filter(None, [participation.notice, told]))
    participation.save(update_fields=["closes_on", "notice"])
    log(
        decision,
        "participation.extended",
        by=by,
        participation=participation.pk,
        former=former,
        closes_on=closes_on,
        because=because,
    )
    return participation


@transaction.atomic(savepoint=False)
def publish_results(
    participation: Participation, *, by: Actor, results_note: str, results_published_on: date
) -> Participation:
    """Tell the public what became of its opinions, none left out (arts. 18 and 32)."""
    decision = hold(participation.decision)
    refuse(list(_results_breaches(participation, results_published_on)))
    involve(decision, by, STEP)
    participation.results_note, participation.results_published_on = results_note, results_published_on
    participation.save(update_fields=["results_note", "results_published_on"])
    log(
        decision,
        "participation.results_published",
        by=by,
        participation=participation.pk,
        results_note=results_note,
        results_published_on=results_published_on,
        opinions=participation.opinions_on_draft().count(),
    )
    return participation


@transaction.atomic(savepoint=False)
def decide_hearing(decision: Decision, *, by: Actor, basis: str) -> Decision:
    """Decide that a hearing is held, because a law requires it or the matter calls for it (art. 16, para. 1)."""
    hold(decision)
    involve(decision, by, STEP)
    decision.holds_hearing = True
    decision.save(update_fields=["holds_hearing"])
    log(decision, "hearing.decided", by=by, basis=basis)
    return decision


def refuse(breaches: list[Breach]) -> None:
    """Raise all breaches together when there are any."""
    if breaches:
        raise RuleBreached(breaches)


def draft_in_question(decision: Decision) -> Draft:
    """The version the public is heard on, or a refusal when there is none yet."""
    if decision.current_draft is None:
        raise RuleBreached([Breach(_("尚无草案，不能听取公众意见"), Article("SC713", 15, 1), _("请先拟订草案。"))])
    return decision.current_draft


def _opening_breaches(decision: Decision, opened_on: date) -> Iterator[Breach]:
    if decision.openness == Openness.NOT_PUBLIC:
        yield Breach(_("依法不予公开的事项不得向社会公开征求意见"), Article("SC711", 14), _("请由行政首长签署豁免。"))
    if opened_on < clock.today():
        yield Breach(_("公布日期不得早于今天"), Article("SC713", 15, 1), _("期限自公布之日的次日起算，不得倒签。"))


def _extension_breaches(participation: Participation, closes_on: date) -> Iterator[Breach]:
    if closes_on <= participation.closes_on:
        yield Breach(
            _("期限只能延长，不得缩短或者提前结束（现截止日期为%s）") % participation.closes_on,
            Article("SC713", 15, 1),
            _("请填写更晚的日期。"),
        )
    elif closes_on < clock.today():
        yield Breach(_("延长后的截止日期不得早于今天"), Article("SC713", 15, 1))


def _results_breaches(participation: Participation, day: date) -> Iterator[Breach]:
    if clock.today() <= participation.closes_on:
        yield Breach(_("征求意见尚未结束，不能公布结果"), Article("SC713", 15, 1), _("请待期限届满后再公布。"))
    if day <= participation.closes_on or day > clock.today():
        yield Breach(_("结果公布日期应当在期限届满之后、不晚于今天"), Article("SC713", 18))
    if unanswered := participation.opinions_on_draft().unanswered().count():
        yield Breach(_("还有%d条意见没有答复") % unanswered, Article("SC713", 18), _("请逐条答复后再公布。"))


def _log_opening(participation: Participation, by: Actor) -> None:
    log(
        participation.decision,
        "participation.opened",
        by=by,
        participation=participation.pk,
        form=participation.form,
        draft=participation.draft.content_hash,
        title=participation.title,
        notice=participation.notice,
        channels=participation.channels,
        ways=participation.ways,
        opened_on=participation.opened_on,
        closes_on=participation.closes_on,
        shortened_because=participation.shortened_because,
        groups_heard=participation.groups_heard,
        summary=participation.summary,
    )
