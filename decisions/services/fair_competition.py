"""Fair-competition review of what touches market actors (art. 29; Regulation on Fair Competition Review)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, FairCompetitionReview
from decisions.rules import Breach, RuleBreached
from decisions.terms import FairCompetitionConclusion

from .recording import Actor, hold, involve, log

if TYPE_CHECKING:
    from datetime import date

STEP = "fair_competition_review"


@transaction.atomic(savepoint=False)
def record_fair_competition_review(
    decision: Decision,
    *,
    by: Actor,
    conclusion: FairCompetitionConclusion,
    findings: str,
    stakeholders_heard: str,
    exception_ground: str = "",
    exception_until: date | None = None,
) -> FairCompetitionReview:
    """Record the conclusion on the current draft; a later one on the same draft replaces it as the one that counts."""
    hold(decision)
    is_exception = conclusion == FairCompetitionConclusion.EXCEPTION
    if is_exception and not (exception_ground.strip() and exception_until):
        raise RuleBreached([_exception_incomplete()])
    involve(decision, by, STEP)
    assert decision.current_draft is not None
    facts = {
        "conclusion": conclusion,
        "findings": findings,
        "stakeholders_heard": stakeholders_heard,
        "exception_ground": exception_ground if is_exception else "",
        "exception_until": exception_until if is_exception else None,
    }
    review = FairCompetitionReview.objects.create(
        decision=decision, draft=decision.current_draft, by=by.person, reviewed_on=clock.today(), **facts
    )
    log(decision, "fair_competition.reviewed", by=by, review=review.pk, draft=review.draft.content_hash, **facts)
    return review


def _exception_incomplete() -> Breach:
    return Breach(
        _("适用例外规定的，应当写明理由和实施期限"),
        Article("LFCR", 12),
        _("请填写适用例外规定的理由和实施期限；没有期限的，不得适用例外规定。"),
    )
