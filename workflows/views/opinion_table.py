"""采纳情况表: on A4 and for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from decisions import clock
from decisions.models import Decision, Opinion, OpinionAnswer
from decisions.models.participation import OpinionQuerySet
from workflows.http import get_decision
from workflows.views.opinions import sees_contacts

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet would take for a formula."""

MOST_PRINTED = 2000


@require_GET
def opinions_print(request: HttpRequest, pk: int) -> HttpResponse:
    """采纳情况表 on A4, names masked unless the whole ones are asked for."""
    decision = get_decision(request, pk)
    is_masked = names_masked(request, decision)
    rows = [table_row(opinion, is_masked) for opinion in table(decision)[:MOST_PRINTED]]
    context = {
        "decision": decision,
        "rows": rows,
        "total": decision.opinions.count(),
        "is_masked": is_masked,
        "may_unmask": sees_contacts(request, decision),
        "back_url": reverse("opinions", args=[pk]),
    }
    return render(request, "workflows/opinions_print.html", context)


@require_GET
def opinions_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same table for a spreadsheet, in which nothing is a formula."""
    decision = get_decision(request, pk)
    lines = csv_lines(decision, names_masked(request, decision))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="opinions-{decision.number}.csv"'
    return response


def names_masked(request: HttpRequest, decision: Decision) -> bool:
    """Names are masked unless somebody who may see them asks for the whole ones."""
    return request.GET.get("names") != "whole" or not sees_contacts(request, decision)


def csv_lines(decision: Decision, is_masked: bool) -> Iterator[str]:
    """The table line by line, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    headings = (
        _("编号"),
        _("来源"),
        _("收到时间"),
        _("提出人"),
        _("条款"),
        _("意见"),
        _("采纳情况"),
        _("理由"),
        _("修改条款"),
    )
    yield cast(str, writer.writerow(headings))
    for opinion in table(decision).iterator(chunk_size=500):
        row = table_row(opinion, is_masked)
        cells = [row[name] for name in COLUMNS]
        yield cast(str, writer.writerow([harmless(str(cell)) for cell in cells]))


class Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value


COLUMNS = ("number", "channel", "received_at", "name", "article", "text", "adoption", "reason", "changed")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before anything a spreadsheet would calculate."""
    return f"'{cell}" if cell.lstrip(" ").startswith(DANGEROUS) or cell.startswith(DANGEROUS) else cell


def table(decision: Decision) -> OpinionQuerySet:
    """Every opinion in order, with its answers."""
    return decision.opinions.order_by("number").prefetch_related("answers")


def table_row(opinion: Opinion, is_masked: bool) -> dict[str, Any]:
    """One line of 采纳情况表."""
    answers = list(opinion.answers.all())
    last: OpinionAnswer | None = answers[-1] if answers else None
    return {
        "number": opinion.number,
        "channel": opinion.get_channel_display(),
        "received_at": f"{opinion.received_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
        "name": opinion.masked_name if is_masked else (opinion.name or opinion.masked_name),
        "article": opinion.article_number or "",
        "text": opinion.text,
        "adoption": last.get_adoption_display() if last else "",
        "reason": last.reason if last else "",
        "changed": (last.changed_article or "") if last else "",
    }
