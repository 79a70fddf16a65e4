"""What must hold of the meeting and of the text it adopted (arts. 25 and 30)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.rules.collective_decision import CollectiveDecision, goes_against, majority
from decisions.terms import Outcome

from .assertion import Assertion, Records

if TYPE_CHECKING:
    from decisions.models import AgendaItem, Decision, StepRecord


def at_meeting(decision: Decision, latest: Records) -> Iterator[Assertion]:
    """The version discussed, the quorum, who spoke and in which order, reasons, and the text that came of it."""
    record, review = latest["collective_decision"], latest.get("legality_review")
    if record.outcome == Outcome.POSTPONED:
        return
    same = review is not None and review.draft_id == record.draft_id
    yield Assertion(_("会议审议的草案与合法性审查通过的草案为同一版本"), Article("SC713", 25, 2), same)
    item = item_of(decision, record)
    if item is None:
        yield Assertion(_("会议决定有对应的会议议题记录"), Article("SC713", 30, 1), False)
        return
    breaches = list(CollectiveDecision().meeting_breaches(decision, item))
    words = _("%(meeting)s：出席且未回避%(present)s人（组成人员%(body)s人），逐人表态，行政首长末位发言") % {
        "meeting": item.meeting,
        "present": record.details.get("present", "—"),
        "body": record.details.get("body", "—"),
    }
    yield Assertion(words, Article("SC713", 30), not breaches)
    if goes_against(Outcome(record.outcome), majority(item)):
        words = _("决定与多数人意见不一致，行政首长在会上说明了理由")
        yield Assertion(words, Article("SC713", 30, 2), bool(record.because.strip()))
    if decision.adopted_draft is not None:
        yield _adopted(decision, record)


def item_of(decision: Decision, record: StepRecord) -> AgendaItem | None:
    """The agenda item that the record of the meeting's decision names."""
    items = decision.agenda_items.filter(draft=record.draft_id).select_related("meeting")
    return items.filter(pk=record.details.get("item") or 0).first()


def _adopted(decision: Decision, record: StepRecord) -> Assertion:
    """The text adopted is the one discussed, or the next version with the changes that the meeting itself made."""
    adopted = decision.adopted_draft
    assert adopted is not None
    if record.outcome != Outcome.ADOPTED_WITH_CHANGES:
        holds = adopted.pk == record.draft_id
        return Assertion(_("通过的文本为会议审议的%s") % adopted, Article("SC713", 30, 1), holds)
    discussed = record.draft.number if record.draft else 0
    words = _("会议修改后通过的%(draft)s不属于实质性修改：%(because)s") % {
        "draft": adopted,
        "because": adopted.not_material_because,
    }
    holds = adopted.number == discussed + 1 and not adopted.voids and bool(adopted.not_material_because.strip())
    return Assertion(words, Article("SC713", 25, 2), holds)
