"""What must hold between the records of a decision, each checked anew from facts: the certificate's small print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.rules import Breach
from decisions.rules.collective_decision import CollectiveDecision
from decisions.rules.evaluation import assessors_before
from decisions.rules.legality_review import LegalityReview
from decisions.rules.public_participation import PublicParticipation
from decisions.rules.publication import Publication
from decisions.terms import Outcome, ParticipationForm
from decisions.workdays import calendar

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

Records = dict[str, "StepRecord"]


@dataclass(frozen=True)
class Assertion:
    """A sentence with its article that the records show to be true or not."""

    sentence: str
    article: Article
    holds: bool

    @property
    def breach(self) -> Breach:
        return Breach(self.sentence, self.article)


def assertions(decision: Decision, latest: Records) -> Iterator[Assertion]:
    """Everything that can be checked at the point the decision has reached."""
    yield _separation(decision)
    if "public_participation" in latest and latest["public_participation"].outcome == Outcome.DONE:
        yield from _comment_periods(decision)
        yield _opinions(decision)
    if "legality_review" in latest and latest["legality_review"].outcome in LegalityReview.passing:
        yield _review_time(decision, latest["legality_review"])
        yield from _exemptions(decision, latest["legality_review"])
    if "collective_decision" in latest:
        yield from _meeting(decision, latest)
    if "publication" in latest:
        yield from _publication(decision, latest["publication"])
    if "evaluation" in latest:
        yield _evaluator(decision)


def _separation(decision: Decision) -> Assertion:
    sides = list(decision.involvements.values_list("person_id", "side"))
    people = {person for person, _side in sides}
    holds = len(people) == len(sides)
    return Assertion(_("办、审、定相互分离：%d人各以一种身份参与") % len(people), Article("SEED"), holds)


def _comment_periods(decision: Decision) -> Iterator[Assertion]:
    rule = PublicParticipation()
    for form in decision.participations.all():
        if form.form != ParticipationForm.PUBLIC_COMMENT:
            continue
        days = (form.closes_on - form.opened_on).days
        words = _("公开征求意见%(days)d日（%(begin)s至%(end)s）") % {
            "days": days,
            "begin": form.opened_on.isoformat(),
            "end": form.closes_on.isoformat(),
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


def _review_time(decision: Decision, record: StepRecord) -> Assertion:
    rule = LegalityReview()
    received = rule.received_on(decision, record.opened_on)
    days = calendar().workdays_between(received, record.completed_on).workdays
    figure = rule.figure("legality_minimum", decision)
    words = _("合法性审查用时%(days)d个工作日（%(demand)s）") % {"days": days, "demand": figure.demand}
    if record.because:
        words += _("，缩短理由：%s") % record.because
    holds = record.completed_on >= figure.after(received).day or bool(record.because.strip())
    return Assertion(words, Article("SC713", 26, 2), holds)


def _exemptions(decision: Decision, review: StepRecord) -> Iterator[Assertion]:
    relied = [e for e in decision.exemptions.all() if e.record_id < review.pk]
    if relied:
        accepted = bool(review.details.get("exemptions_accepted"))
        yield Assertion(_("对%d项豁免的理由和依据已作合法性审查") % len(relied), Article("SC713", 27), accepted)


def _meeting(decision: Decision, latest: Records) -> Iterator[Assertion]:
    record = latest["collective_decision"]
    review = latest.get("legality_review")
    same = review is not None and review.draft_id == record.draft_id
    yield Assertion(_("会议审议的草案与合法性审查通过的草案为同一版本"), Article("SC713", 25, 2), same)
    item = decision.agenda_items.filter(draft=record.draft_id).select_related("meeting").last()
    if item is None or record.outcome == Outcome.POSTPONED:
        return
    breaches = list(CollectiveDecision().meeting_breaches(decision, item))
    words = _("%(meeting)s：法定人数、逐人表态、行政首长末位发言均符合要求") % {"meeting": item.meeting}
    yield Assertion(words, Article("SC713", 30), not breaches)


def _publication(decision: Decision, record: StepRecord) -> Iterator[Assertion]:
    published = decision.publication
    yield Assertion(
        _("公布文本与会议通过的文本一致（%s）") % published.draft.content_hash[:12],
        Article("SC713", 32),
        published.draft_id == decision.adopted_draft_id,
    )
    due = Publication().due(decision, record.opened_on)
    if published.published_on and due:
        in_time = published.published_on <= due.day or bool(record.because.strip())
        words = _("于%(day)s公布（期限%(due)s）") % {
            "day": published.published_on.isoformat(),
            "due": due.day.isoformat(),
        }
        yield Assertion(words, Article("SC711", 26), in_time)


def _evaluator(decision: Decision) -> Assertion:
    report = decision.evaluations.last()
    name = report.evaluator_name.strip() if report else ""
    holds = bool(report) and name not in assessors_before(decision)
    return Assertion(_("评估单位（%s）未承担决策前的主要论证评估") % name, Article("SC713", 36, 2), holds)
