"""What must hold of publication and evaluation (arts. 31, 32 and 36; Decree 711, arts. 17 and 26)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.rules.evaluation import Evaluation
from decisions.rules.publication import Publication

from .assertion import Assertion, Records

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord


def after_meeting(decision: Decision, latest: Records) -> Iterator[Assertion]:
    """The Party's reply first, the secrecy review first, the adopted text, in time; an independent evaluator."""
    if "publication" in latest:
        yield from _publication(decision, latest["publication"])
    if "evaluation" in latest:
        yield from _evaluator(decision)


def _publication(decision: Decision, record: StepRecord) -> Iterator[Assertion]:
    published = decision.publication
    words = _("公布（印发）文本与会议通过的文本一致（%s）") % published.draft.content_hash[:12]
    yield Assertion(words, Article("SC713", 32), published.draft_id == decision.adopted_draft_id)
    day = published.published_on or record.completed_on
    words = _("先审查后公开：%s完成保密审查") % published.secrecy_reviewed_on.isoformat()
    yield Assertion(words, Article("SC711", 17), published.secrecy_reviewed_on <= day)
    report = decision.party_reports.filter(draft=published.draft_id, replied_on__isnull=False).last()
    if report and report.replied_on:
        words = _("公布前向同级党委请示报告（%(reference)s），%(day)s答复") % {
            "reference": report.reference,
            "day": report.replied_on.isoformat(),
        }
        yield Assertion(words, Article("SC713", 31), report.replied_on <= day)
    yield from _in_time(decision, record)


def _in_time(decision: Decision, record: StepRecord) -> Iterator[Assertion]:
    published = decision.publication
    if published.published_on is None:
        words = _("依法不予公开：%s") % published.get_nondisclosure_ground_display()
        yield Assertion(words, Article("SC713", 32, 1), bool(published.nondisclosure_ground))
        return
    due = Publication().due(decision, record.opened_on)
    if due:
        words = _("于%(day)s公布（期限%(due)s）") % {
            "day": published.published_on.isoformat(),
            "due": due.day.isoformat(),
        }
        if record.because:
            words += _("，逾期原因：%s") % record.because
        holds = published.published_on <= due.day or bool(record.because.strip())
        yield Assertion(words, Article("SC711", 26), holds)


def _evaluator(decision: Decision) -> Iterator[Assertion]:
    report = decision.evaluations.order_by("pk").last()
    if report is None:
        yield Assertion(_("有决策后评估报告"), Article("SC713", 36), False)
        return
    words = _("评估单位（%s）未承担决策前的主要论证评估") % report.evaluator_name.strip()
    breaches = list(Evaluation().evaluator_breaches(decision, report.evaluator_name))
    yield Assertion(words, Article("SC713", 36, 2), not breaches)
