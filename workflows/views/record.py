"""The record of the process: every step carried out, as one official sentence, in short or as a sheet to print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from decisions.models import StepRecord
from decisions.rules import Rule
from decisions.terms import Outcome
from workflows.http import get_decision
from workflows.keyset import page

UNFAVOURABLE = {
    Outcome.NOT_STARTED: "refused",
    Outcome.UNCONTROLLABLE: "returned",
    Outcome.LAWFUL_AFTER_CHANGES: "returned",
    Outcome.UNLAWFUL: "refused",
    Outcome.RETURNED: "returned",
    Outcome.REVISE: "returned",
    Outcome.POSTPONED: "waiting",
    Outcome.REJECTED: "refused",
    Outcome.GRAVE_PROBLEM: "refused",
    Outcome.SUSPENDED: "waiting",
    Outcome.EXEMPT: "exempt",
}
"""Results that did not simply let the matter go on, and how each is shown."""


def entries(records: Iterable[StepRecord]) -> list[dict[str, Any]]:
    """The records in the order they were made, each with its sentence, result, reason and state."""
    return [_entry(record, number) for number, record in enumerate(records, 1)]


def _entry(record: StepRecord, number: int) -> dict[str, Any]:
    rule = Rule.registry[record.step]
    return {
        "number": number,
        "title": rule.title,
        "article": rule.article,
        "sentence": sentence(record),
        "at": record.completed_on,
        "outcome": record.get_outcome_display(),
        "opinion": record.opinion.strip(),
        "because": record.because.strip(),
        "legal_basis": record.details.get("legal_basis", ""),
        "state": UNFAVOURABLE.get(Outcome(record.outcome), "done"),
    }


def sentence(record: StepRecord) -> str:
    """One official sentence: day, duty and person, for whom, on which draft version, what was done, its result."""
    day = record.completed_on
    who = f"{record.get_role_display()}{record.by}"
    if record.on_behalf_of_id:
        who += _("（代理%s）") % record.on_behalf_of
    draft = _("就%s") % record.draft if record.draft else ""
    if record.outcome == Outcome.EXEMPT:
        done = _("签署“%s”的豁免") % Rule.registry[record.step].title
    else:
        done = _("办结“%s”") % Rule.registry[record.step].title
        if record.outcome != Outcome.DONE:
            done += _("，结果为“%s”") % record.get_outcome_display()
    return f"{day.year}年{day.month}月{day.day}日，{who}{draft}{done}。"


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole record on a sheet: every word of every opinion and reason."""
    decision = get_decision(request, pk)
    records = decision.records.select_related("by", "on_behalf_of", "draft")
    context = {"decision": decision, "records": entries(records), "back_url": decision.get_absolute_url()}
    return render(request, "workflows/record.html", context)


@require_GET
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything filed about the matter, newest first, by pages."""
    decision = get_decision(request, pk)
    shown = page(decision.documents.select_related("filed_by"), request, size=50)
    return render(request, "workflows/documents.html", {"decision": decision, "page": shown})
