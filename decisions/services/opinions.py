"""Opinions of the public and what became of them: one numbered set for each decision, however they came (art. 18)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Opinion, OpinionAnswer, Participation
from decisions.models.participation import CODE_LENGTH, CODE_LETTERS, receipt_code
from decisions.rules import Breach
from decisions.rules.public_participation import PublicParticipation
from decisions.terms import Adoption, Openness, OpinionChannel, ParticipationForm

from .participation import refuse
from .recording import Actor, hold, involve, log, submit_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

STEP = PublicParticipation.key


def receipt_for(submission_key: str) -> str:
    """The receipt code that belongs to one posting of the form: the same posting twice gives the same receipt."""
    digest = salted_hmac("juece.receipt", submission_key, algorithm="sha256").digest()
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:CODE_LENGTH])


@transaction.atomic(savepoint=False)
def receive_comment(
    participation: Participation,
    *,
    submission_key: str,
    text: str,
    article_number: int | None = None,
    name: str = "",
    is_organization: bool = False,
    contact: str = "",
) -> Opinion:
    """Take an opinion from the public site while the period runs; a second posting raises IntegrityError."""
    submit_once(submission_key)
    decision = hold(participation.decision)
    participation.refresh_from_db(fields=["opened_on", "closes_on"])
    refuse(list(_comment_breaches(participation)))
    return _number(
        Opinion(
            decision=decision,
            participation=participation,
            article_number=article_number,
            channel=OpinionChannel.ONLINE,
            name=name,
            is_organization=is_organization,
            contact=contact,
            text=text,
            receipt_code=receipt_for(submission_key),
        ),
        by=None,
    )


@transaction.atomic(savepoint=False)
def register_opinion(
    participation: Participation,
    *,
    by: Actor,
    channel: OpinionChannel,
    text: str,
    received_at: datetime,
    article_number: int | None = None,
    name: str = "",
    is_organization: bool = False,
    contact: str = "",
) -> Opinion:
    """Register an opinion that came on paper, by word of mouth or otherwise; it joins the same numbered set."""
    decision = hold(participation.decision)
    refuse(list(_registration_breaches(participation, received_at)))
    involve(decision, by, STEP)
    return _number(
        Opinion(
            decision=decision,
            participation=participation,
            article_number=article_number,
            channel=channel,
            name=name,
            is_organization=is_organization,
            contact=contact,
            text=text,
            received_at=received_at,
            registered_by=by.person,
            receipt_code=receipt_code(),
        ),
        by=by,
    )


@transaction.atomic(savepoint=False)
def answer_opinions(
    opinions: Iterable[Opinion],
    *,
    by: Actor,
    adoption: Adoption,
    reason: str,
    changed_article: int | None = None,
) -> list[OpinionAnswer]:
    """Answer opinions of one decision alike: adopted, partly or not, why, and which article changed (art. 18)."""
    answered = list(opinions)
    if not answered:
        return []
    decision = hold(answered[0].decision)
    involve(decision, by, STEP)
    answers = OpinionAnswer.objects.bulk_create(
        OpinionAnswer(opinion=opinion, adoption=adoption, reason=reason, changed_article=changed_article, by=by.person)
        for opinion in answered
    )
    log(
        decision,
        "opinions.answered",
        by=by,
        opinions=[opinion.number for opinion in answered],
        adoption=adoption,
        reason=reason,
        changed_article=changed_article,
    )
    return answers


def answer_opinion(
    opinion: Opinion, *, by: Actor, adoption: Adoption, reason: str, changed_article: int | None = None
) -> OpinionAnswer:
    """Answer one opinion; answering again corrects the answer, and the last one holds."""
    return answer_opinions([opinion], by=by, adoption=adoption, reason=reason, changed_article=changed_article)[0]


def digest(text: str) -> str:
    """What the chain keeps of a citizen's words: their SHA-256, so that they cannot be changed unnoticed."""
    return hashlib.sha256(text.encode()).hexdigest()


def _number(opinion: Opinion, *, by: Actor | None) -> Opinion:
    """Give the opinion its number while the decision is held, so that numbers follow without gaps."""
    decision = opinion.decision
    last = decision.opinions.order_by("-number").values_list("number", flat=True).first()
    opinion.number = (last or 0) + 1
    opinion.save(force_insert=True)
    log(
        decision,
        "opinion.received",
        by=by,
        opinion=opinion.number,
        participation=opinion.participation_id,
        channel=opinion.channel,
        article=opinion.article_number,
        received_at=opinion.received_at,
        text=digest(opinion.text),
    )
    return opinion


def _comment_breaches(participation: Participation) -> Iterator[Breach]:
    is_comment = participation.form == ParticipationForm.PUBLIC_COMMENT
    if not is_comment or participation.decision.openness != Openness.PUBLIC:
        yield Breach(_("本事项没有向社会公开征求意见"), Article("SC713", 15, 1))
    elif not participation.is_open:
        yield Breach(
            _("征求意见的期限为%(from)s至%(until)s 24:00，现在不接收意见")
            % {"from": participation.opened_on, "until": participation.closes_on},
            Article("SC713", 15, 1),
        )


def _registration_breaches(participation: Participation, received_at: datetime) -> Iterator[Breach]:
    if received_at > clock.now():
        yield Breach(_("收到时间不得晚于现在"), Article("SC713", 18))
    if clock.day_of(received_at) < participation.opened_on:
        yield Breach(
            _("收到时间早于“%(title)s”开始的日期%(day)s") % {"title": participation, "day": participation.opened_on},
            Article("SC713", 18),
            _("请核对收到时间，或者选择相应的参与活动。"),
        )
