"""Draft versions of a matter: the list, one version, and two versions side by side."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from decisions import services
from decisions.models import Decision, Draft
from decisions.redline import Row, changed
from decisions.rules import Rule
from workflows.http import get_decision


@require_GET
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with its change and claim; `a` and `b` in the query choose two to compare."""
    decision = get_decision(request, pk)
    chosen = [request.GET.get(name, "") for name in ("a", "b")]
    if all(number.isdecimal() and len(number) < 6 for number in chosen):
        return redirect("draft_changes", pk, *sorted(map(int, chosen)))
    versions = list(decision.drafts.select_related("written_by").order_by("-number"))
    return render(request, "workflows/drafts.html", {"decision": decision, "versions": versions})


@require_GET
def draft(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version in full, with the opinions each article received and the procedures carried out on it."""
    decision = get_decision(request, pk)
    version = get_draft(decision, number)
    counted = services.opinions_by_article(decision).get(version.pk, Counter())
    articles = [
        {
            "anchor": f"a{a.number}",
            "label": str(a),
            "text": a.text,
            "comments": counted.get(a.number),
        }
        for a in version.articles.all()
    ]
    context = {
        "decision": decision,
        "draft": version,
        "previous": number - 1,
        "articles": articles,
        "judged_by": judged_by(version),
    }
    return render(request, "workflows/draft.html", context)


def judged_by(draft: Draft) -> list[list[Any]]:
    """The procedures that were carried out on a version: name, result, day."""
    records = draft.records.order_by("pk")
    return [[Rule.registry[r.step].title, r.get_outcome_display(), r.completed_on] for r in records]


@require_GET
def draft_changes(request: HttpRequest, pk: int, a: int, b: int) -> HttpResponse:
    """修改对照 of two versions; with `only=changed` what stayed the same is left out."""
    decision = get_decision(request, pk)
    before, after = get_draft(decision, a), get_draft(decision, b)
    rows = services.compare_versions(before, after)
    only_changed = request.GET.get("only") == "changed"
    context = {
        "decision": decision,
        "before": before,
        "after": after,
        "rows": changed(rows) if only_changed else rows,
        "only_changed": only_changed,
        "counts": counts(rows),
        "discussed": discussed(decision, before, rows),
    }
    return render(request, "workflows/draft_changes.html", context)


def get_draft(decision: Decision, number: int) -> Draft:
    """A version of the matter by its number, with everything it says."""
    versions = decision.drafts.select_related("written_by").prefetch_related("articles", "legal_bases")
    found = versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def counts(rows: list[Row]) -> dict[str, int]:
    """How many rows were changed, added and removed."""
    return {change: sum(row.change == change for row in rows) for change in ("changed", "added", "removed")}


def discussed(decision: Decision, before: Draft, rows: list[Row]) -> list[tuple[Row, int]]:
    """The changed articles that had received opinions in the earlier version, with their number."""
    counted = services.opinions_by_article(decision).get(before.pk, Counter())
    asked = ((row, counted[row.before_number or 0]) for row in changed(rows))
    return [(row, count) for row, count in asked if count]
