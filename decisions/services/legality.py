"""Chapter 3, section 1: what is written during legality review, before its conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import ArticleOpinion, Decision, Draft, LegalOpinion, Supplement
from decisions.rules import Breach, RuleBreached

from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from decisions.models import Document
    from decisions.terms import Outcome

STEP = "legality_review"


@transaction.atomic(savepoint=False)
def sign_legal_opinion(decision: Decision, *, by: Actor, conclusion: Outcome, text: str) -> LegalOpinion:
    """A legal adviser or public lawyer signs an opinion on the current draft (art. 28): once on a version, for good."""
    draft = _draft_under_review(decision)
    if draft_opinion := decision.legal_opinions.filter(draft=draft, adviser=by.person).first():
        raise RuleBreached(
            [
                Breach(
                    _("%(person)s已于%(day)s就本稿草案签署法律意见，不能更改或者重复签署")
                    % {"person": by.person, "day": clock.day_of(draft_opinion.signed_at)},
                    Article("SC713", 28),
                )
            ]
        )
    involve(decision, by, STEP)
    opinion = LegalOpinion.objects.create(
        decision=decision,
        draft=draft,
        adviser=by.person,
        on_behalf_of=by.on_behalf_of,
        conclusion=conclusion,
        text=text,
    )
    log(
        decision,
        "legal_opinion.signed",
        by=by,
        opinion=opinion.pk,
        draft=draft.content_hash,
        conclusion=conclusion,
        text=text,
    )
    return opinion


@transaction.atomic(savepoint=False)
def remark_on_article(decision: Decision, *, by: Actor, text: str, article_number: int | None = None) -> ArticleOpinion:
    """The reviewer's remark on one article of the current draft, or on the whole (art. 27)."""
    draft = _draft_under_review(decision)
    if article_number is not None and not draft.articles.filter(number=article_number).exists():
        raise RuleBreached(
            [Breach(_("本稿草案没有第%d条") % article_number, Article("SC713", 27), _("请核对条款序号。"))]
        )
    involve(decision, by, STEP)
    remark = ArticleOpinion.objects.create(
        decision=decision, draft=draft, article_number=article_number, text=text, by=by.person
    )
    log(decision, "article.remarked", by=by, draft=draft.content_hash, article=article_number, text=text)
    return remark


@transaction.atomic(savepoint=False)
def request_supplement(decision: Decision, *, by: Actor, because: str) -> Supplement:
    """Ask the undertaking unit for materials that are not in order; the review's clock stands still (art. 26)."""
    draft = _draft_under_review(decision)
    if open_supplement(decision):
        raise RuleBreached(
            [Breach(_("已要求补充材料，尚待承办单位补充"), Article("SC713", 26, 1), _("请待材料补充后再提出。"))]
        )
    involve(decision, by, STEP)
    supplement = Supplement.objects.create(
        decision=decision, draft=draft, requested_on=clock.today(), because=because, requested_by=by.person
    )
    log(decision, "supplement.requested", by=by, supplement=supplement.pk, because=because)
    return supplement


@transaction.atomic(savepoint=False)
def supply(decision: Decision, *, by: Actor, note: str, document: Document | None = None) -> Supplement:
    """Supply what the reviewer asked for; the review's clock starts again today (art. 26)."""
    hold(decision)
    supplement = open_supplement(decision)
    if supplement is None:
        raise RuleBreached([Breach(_("没有待补充的材料"), Article("SC713", 26, 1))])
    involve(decision, by, STEP)
    supplement.supplied_on, supplement.supplied_note = clock.today(), note
    supplement.supplied_by, supplement.document = by.person, document
    supplement.save(update_fields=["supplied_on", "supplied_note", "supplied_by", "document"])
    sha256 = document.sha256 if document else None
    log(decision, "supplement.supplied", by=by, supplement=supplement.pk, note=note, document=sha256)
    return supplement


def open_supplement(decision: Decision) -> Supplement | None:
    """The request on the current draft that the undertaking unit has not met yet."""
    return decision.supplements.filter(draft=decision.current_draft, supplied_on__isnull=True).last()


def _draft_under_review(decision: Decision) -> Draft:
    """The draft version on which the review opines, with the decision locked."""
    hold(decision)
    assert decision.current_draft is not None
    return decision.current_draft
