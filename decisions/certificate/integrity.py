"""Whether the record is what was written: drafts against their hashes, step records against the chain, the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.assertions import Assertion
from decisions.services.drafting import hash_of
from decisions.services.recording import broken_links, canonical, record_facts

if TYPE_CHECKING:
    from decisions.models import Decision, Event, StepRecord

FILING = Article("SC713", 33)


def integrity(decision: Decision, records: Iterable[StepRecord]) -> Iterator[Assertion]:
    """Three checks that need nothing but what is stored."""
    yield _drafts(decision)
    yield _records(list(records), list(decision.events.all()))
    yield _chain(decision)


def _drafts(decision: Decision) -> Assertion:
    """Every draft version says what its hash says."""
    drafts = list(decision.drafts.prefetch_related("articles", "legal_bases"))
    for draft in drafts:
        draft.decision = decision
    changed = [str(draft) for draft in drafts if hash_of(draft) != draft.content_hash]
    if changed:
        return Assertion(_("%s的内容与摘要值不符") % "、".join(changed), FILING, False)
    return Assertion(_("草案%d个版本的内容与摘要值逐一相符") % len(drafts), FILING, True)


def _records(records: list[StepRecord], events: list[Event]) -> Assertion:
    """Every step record says what the chain kept of it: by whom, when, on which draft, with what end."""
    kept = {told(event.kind, event.actor_id, event.on_behalf_of_id, event.payload) for event in events}
    changed = [record for record in records if told_of(record) not in kept]
    if changed:
        numbers = "、".join(str(record.pk) for record in changed)
        return Assertion(_("程序记录%s与记录链不符") % numbers, FILING, False)
    return Assertion(_("程序记录%d条与记录链逐一相符") % len(records), FILING, True)


def told(kind: str, actor: int | None, principal: int | None, payload: str) -> str:
    return canonical([kind, actor, principal, payload])


def told_of(record: StepRecord) -> str:
    """The event that the record must have left behind."""
    payload = canonical({**record_facts(record), "role": record.role})
    return told(f"{record.step}.{record.outcome}", record.by_id, record.on_behalf_of_id, payload)


def _chain(decision: Decision) -> Assertion:
    """The event chain is whole from its first link to its head."""
    broken = broken_links(decision)
    if broken:
        return Assertion(_("记录链第%s号事件校验不符") % "、".join(map(str, broken)), FILING, False)
    return Assertion(_("记录链共%d个事件，逐一校验相符") % decision.events.count(), FILING, True)
