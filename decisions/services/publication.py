"""Chapter 3, section 2, its end: secrecy review and publication, and the dossier's check before it is filed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Publication, Unit
from decisions.rules import Breach, RuleBreached, rule

from .documents import digest
from .recording import Actor, broken_links, hold, log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from decisions.models import Document

DOCUMENT_NUMBER = re.compile(
    "^(?P<code>[\u4e00-\u9fff]{2,12})〔(?P<year>(19|20)\\d{2})〕(?P<seq>[1-9]\\d*)号$", re.ASCII
)
"""Agency code, year, serial number: 木政发〔2022〕1号."""

SECRECY = Article("SC711", 17)
PUBLISHING = Article("SC713", 32)
AUTHENTIC = Article("LARI", 40)


def is_document_number(text: str) -> bool:
    """Whether it is written as the official format asks: square brackets 〔〕, no 第, no leading zero."""
    return DOCUMENT_NUMBER.fullmatch(text) is not None


@transaction.atomic(savepoint=False)
def publish(
    decision: Decision,
    *,
    by: Actor,
    executing_unit: Unit | None,
    document_number: str,
    secrecy_reviewer: str,
    secrecy_reviewed_on: date,
    secrecy_conclusion: str,
    is_published: bool = True,
    nondisclosure_ground: str = "",
    published_on: date | None = None,
    channels: str = "",
    uptake: str = "",
) -> Publication:
    """Issue the adopted text and no other: published after the secrecy review, or withheld on a named ground."""
    hold(decision)
    row = Publication(
        decision=decision,
        draft=decision.adopted_draft,
        document_number=document_number.strip(),
        secrecy_reviewer=secrecy_reviewer.strip(),
        secrecy_reviewed_on=secrecy_reviewed_on,
        secrecy_conclusion=secrecy_conclusion.strip(),
        is_published=is_published,
        nondisclosure_ground="" if is_published else nondisclosure_ground,
        published_on=(published_on or clock.today()) if is_published else None,
        channels=channels.strip() if is_published else "",
        uptake=uptake.strip(),
        by=by.person,
    )
    decision.executing_unit = executing_unit
    if breaches := [*_publication_breaches(row), *rule("publication").lacks(decision)]:
        raise RuleBreached(breaches)
    row.save(force_insert=True)
    decision.published_on = row.published_on
    decision.save(update_fields=["published_on", "executing_unit"])
    _log_publication(row, by)
    return row


def _log_publication(row: Publication, by: Actor) -> None:
    fields = (
        "document_number secrecy_reviewer secrecy_reviewed_on secrecy_conclusion is_published nondisclosure_ground "
        "published_on channels uptake"
    )
    facts = {name: getattr(row, name) for name in fields.split()}
    unit = row.decision.executing_unit
    log(
        row.decision,
        "published",
        by=by,
        draft=row.draft.content_hash,
        executing_unit=unit.name if unit else "",
        **facts,
    )


def _publication_breaches(row: Publication) -> Iterator[Breach]:
    """What stands against the row beside the rule's own demands."""
    decision = row.decision
    if decision.adopted_draft is None or decision.adopted_on is None:
        yield Breach(_("没有会议通过的文本，不得公布"), PUBLISHING, _("请先经集体讨论决定。"))
        return
    if not is_document_number(row.document_number):
        yield Breach(_("发文字号“%s”不合规范") % row.document_number, PUBLISHING, number_advice(row))
    elif _number_is_taken(row):
        yield Breach(_("发文字号“%s”已被使用") % row.document_number, PUBLISHING, _("请核对顺序号。"))
    if not row.secrecy_reviewer or not row.secrecy_conclusion:
        yield Breach(_("公布前应当进行保密审查"), SECRECY, _("请填写保密审查人和审查意见。"))
    yield from _date_breaches(row, decision.adopted_on)


def _number_is_taken(row: Publication) -> bool:
    used = Publication.objects.filter(decision__authority=row.decision.authority_id)
    return used.filter(document_number=row.document_number).exists()


def _date_breaches(row: Publication, adopted_on: date) -> Iterator[Breach]:
    day, today = row.published_on, clock.today()
    if row.secrecy_reviewed_on > today or (day and day > today):
        yield Breach(_("保密审查日期、公布日期不得晚于今日"), PUBLISHING, _("请核对日期。"))
    if day and row.secrecy_reviewed_on > day:
        yield Breach(_("应当先审查后公开，保密审查日期晚于公布日期"), SECRECY, _("请先完成保密审查。"))
    if day and day < adopted_on:
        yield Breach(_("公布日期早于决定日期"), PUBLISHING, _("请核对日期。"))


def number_advice(row: Publication) -> str:
    """How the number should be written, as an example of the authority's own."""
    year = (row.published_on or clock.today()).year
    example = f"{row.decision.authority.document_code}〔{year}〕1号"
    return _("请写作“%s”：年份用六角括号，序号不加“第”字，不编虚位。") % example


def dossier_breaches(decision: Decision) -> list[Breach]:
    """What is wrong with the dossier as it is stored: a broken chain of events, a document missing or changed."""
    breaches = []
    if broken := broken_links(decision):
        said = _("办理记录链在第%s条处中断，记录可能被改动") % "、".join(map(str, broken))
        breaches.append(Breach(said, AUTHENTIC, _("请立即报告审计管理员。")))
    for document in decision.documents.all():
        breaches += faults_of(document)
    return breaches


def faults_of(document: Document) -> Iterator[Breach]:
    """Why a stored document is not what was filed: it is missing (art. 33), or its content is another."""
    way_out = _("请立即报告系统管理员，从备份恢复。")
    try:
        with document.file.open("rb") as stored:
            same = digest(stored) == document.sha256
    except FileNotFoundError:
        yield Breach(_("材料“%s”的文件缺失") % document.title, Article("SC713", 33), way_out)
        return
    if not same:
        yield Breach(_("材料“%s”与归入时的摘要值不一致") % document.title, AUTHENTIC, way_out)
