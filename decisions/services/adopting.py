"""What the meeting adopted, and the report to the Party committee that may undo it (arts. 30 and 31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import AgendaItem, Decision, Draft, PartyReport
from decisions.rules import Breach, RuleBreached

from .drafting import write_draft
from .recording import Actor, hold, log

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

REPORTING = Article("SC713", 31)


@transaction.atomic(savepoint=False)
def adopt(decision: Decision, item: AgendaItem, *, by: Actor, draft: Draft | None = None) -> Decision:
    """The meeting adopted a text: the one before it, or the version that carries the changes it made."""
    hold(decision)
    decision.adopted_draft, decision.adopted_on = draft or item.draft, item.meeting.held_on
    decision.save(update_fields=["adopted_draft", "adopted_on"])
    adopted = decision.adopted_draft
    log(
        decision,
        "adopted",
        by=by,
        meeting=str(item.meeting),
        adopted_on=decision.adopted_on,
        draft=adopted.pk,
        content_hash=adopted.content_hash,
    )
    return decision


@transaction.atomic(savepoint=False)
def change_at_meeting(
    decision: Decision, item: AgendaItem, *, by: Actor, changes: Mapping[int, str], not_material_because: str
) -> Draft:
    """The version with the articles that the meeting changed; a material change goes back to the procedure instead."""
    hold(decision)
    articles = [article.text for article in item.draft.articles.all()]
    if breaches := change_breaches(articles, changes):
        raise RuleBreached(breaches)
    for number in sorted(changes):
        articles[number - 1 : number] = [changes[number]]
    return write_draft(
        decision,
        by=by,
        articles=articles,
        explanatory_note=item.draft.explanatory_note,
        legal_bases=[(basis.title, basis.provision) for basis in item.draft.legal_bases.all()],
        cost_benefit=item.draft.cost_benefit,
        alternatives=item.draft.alternatives,
        change_summary=_("%(meeting)s讨论修改：%(articles)s")
        % {"meeting": item.meeting, "articles": "、".join(f"第{number}条" for number in sorted(changes))},
        not_material_because=not_material_because,
    )


def change_breaches(articles: list[str], changes: Mapping[int, str]) -> list[Breach]:
    """Articles are changed, or added at the end, one after another."""
    if not changes:
        return [
            Breach(_("修改后通过的，应当载明修改后的条文"), Article("SC713", 30, 3), _("请逐条填写会议作出的修改。"))
        ]
    added = [number for number in sorted(changes) if number > len(articles)]
    if added and added != list(range(len(articles) + 1, len(articles) + 1 + len(added))):
        said = _("草案共%(count)d条，没有第%(number)d条") % {"count": len(articles), "number": added[-1]}
        return [Breach(said, Article("SC713", 30, 3), _("请核对条文序号；新增条文接在最后一条之后。"))]
    return []


@transaction.atomic(savepoint=False)
def withdraw_adoption(decision: Decision, *, by: Actor, because: str) -> Decision:
    """What was adopted must be revised and discussed again: until then no text is the adopted one."""
    hold(decision)
    draft = decision.adopted_draft
    decision.adopted_draft = decision.adopted_on = None
    decision.save(update_fields=["adopted_draft", "adopted_on"])
    log(decision, "adoption.withdrawn", by=by, draft=draft.content_hash if draft else None, because=because)
    return decision


@transaction.atomic(savepoint=False)
def report_to_party(
    decision: Decision,
    *,
    by: Actor,
    reference: str,
    reported_on: date,
    replied_on: date | None = None,
    reply: str = "",
) -> PartyReport:
    """Write down the report on the adopted text to the Party committee of the same level (art. 31)."""
    hold(decision)
    if decision.adopted_draft is None:
        raise RuleBreached([Breach(_("会议尚未通过决策，无从请示报告"), REPORTING)])
    report = PartyReport(
        decision=decision,
        draft=decision.adopted_draft,
        reference=reference.strip(),
        reported_on=reported_on,
        replied_on=replied_on,
        reply=reply.strip(),
        by=by.person,
    )
    _refuse_dates(report)
    report.save(force_insert=True)
    _log_report(report, "party.reported", by)
    return report


@transaction.atomic(savepoint=False)
def receive_reply(report: PartyReport, *, by: Actor, replied_on: date, reply: str) -> PartyReport:
    """Write down the committee's reply to a report."""
    hold(report.decision)
    if report.replied_on is not None:
        raise RuleBreached([Breach(_("该请示报告的答复已经登记"), REPORTING)])
    report.replied_on, report.reply = replied_on, reply.strip()
    _refuse_dates(report)
    report.save(update_fields=["replied_on", "reply"])
    _log_report(report, "party.replied", by)
    return report


def _refuse_dates(report: PartyReport) -> None:
    breaches = []
    if max(filter(None, (report.reported_on, report.replied_on))) > clock.today():
        breaches.append(Breach(_("请示报告、答复日期不得晚于今日"), REPORTING, _("请核对日期。")))
    if report.replied_on and report.replied_on < report.reported_on:
        breaches.append(Breach(_("答复日期早于请示报告日期"), REPORTING, _("请核对日期。")))
    if breaches:
        raise RuleBreached(breaches)


def _log_report(report: PartyReport, kind: str, by: Actor) -> None:
    log(
        report.decision,
        kind,
        by=by,
        report=report.pk,
        reference=report.reference,
        reported_on=report.reported_on,
        replied_on=report.replied_on,
        reply=report.reply,
        draft=report.draft.content_hash,
    )
