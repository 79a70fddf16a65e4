"""Published decisions: the text, how it came about, and what citizens report while it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from decisions import services
from decisions.redline import compare
from decisions.rules import STEPS, rule
from decisions.terms import OpinionChannel, Outcome

from . import visible
from .forms import FeedbackForm
from .limits import is_too_often
from .pages import posting_page, public_page
from .words import articles

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest, HttpResponse

    from decisions.models import Decision, Draft, Publication

NOT_SHOWN = ("archiving", "execution", "suspension", "adjustment")
"""Steps after the decision that are the authority's own affair."""


@public_page
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A published decision with its text, its history, and how opinions were taken up."""
    shown = visible.get_publication(pk)
    matter = shown.decision
    drafts = visible.public_drafts(matter)
    context = {
        **about(shown),
        "articles": articles(shown.draft),
        "history": history(matter, drafts),
        "earlier_drafts": [draft for draft in drafts if draft.pk != shown.draft_id],
        "results": visible.consultations().filter(decision=matter, results_published_on__isnull=False),
        "hearings": visible.hearings().filter(decision=matter),
        "documents": visible.documents(matter, drafts, is_published=True),
        "adjusts": visible.publications().filter(decision=matter.adjusts_id).first() if matter.adjusts_id else None,
        "takes_feedback": matter.status in visible.IN_FORCE,
    }
    return render(request, "portal/decision.html", context)


@public_page
def comparison(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What changed between a version put to the public and the text that was published."""
    shown = visible.get_publication(pk)
    drafts = {draft.number: draft for draft in visible.public_drafts(shown.decision)}
    before, after = drafts.get(number), drafts[shown.draft.number]
    if before is None or before == after:
        raise Http404
    rows = compare(texts(before), texts(after))
    return render(request, "portal/comparison.html", {**about(shown), "before": before, "rows": rows})


@posting_page
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What a citizen reports about a decision in force (art. 35)."""
    shown = visible.get_publication(pk)
    if shown.decision.status not in visible.IN_FORCE:
        return render(request, "portal/feedback_closed.html", about(shown), status=410)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and is_too_often(request, "feedback"):
        return render(request, "portal/feedback.html", {**about(shown), "form": form, "is_too_often": True}, status=429)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "portal/feedback.html", {**about(shown), "form": form}, status=status)
    keep_feedback(shown.decision, form)
    return render(request, "portal/feedback_received.html", about(shown))


def keep_feedback(matter: Decision, form: FeedbackForm) -> None:
    """Keep it once, however often the same form is sent."""
    words = {name: form.cleaned_data[name] for name in ("text", "name", "contact")}
    try:
        with transaction.atomic():
            services.submit_once(form.key)
            services.receive_feedback(matter, channel=OpinionChannel.ONLINE, **words)
    except IntegrityError as error:
        if "submission" not in str(error).lower():
            raise


@login_not_required
@require_safe
def document(request: HttpRequest, pk: int) -> FileResponse:
    """A public document as a file to save."""
    return services.serve(visible.get_document(pk))


def history(matter: Decision, drafts: list[Draft]) -> list[dict[str, Any]]:
    """The steps of the procedure with date, article and result: no names, no opinions, no versions never shown."""
    latest = {record.step: record for record in matter.records.all()}
    order = {step.key: place for place, step in enumerate(STEPS)}
    shown = (record for step, record in latest.items() if step in order and step not in NOT_SHOWN)
    numbers = {draft.pk: str(draft) for draft in drafts}
    return [
        {
            "title": rule(record.step).title,
            "at": record.completed_on,
            "outcome": record.get_outcome_display(),
            "article": rule(record.step).article,
            "draft": numbers.get(record.draft_id or 0, ""),
            "state": "exempt" if record.outcome == Outcome.EXEMPT else "done",
        }
        for record in sorted(shown, key=lambda record: (record.completed_on, order[record.step]))
    ]


def texts(draft: Draft) -> list[str]:
    return [article.text for article in draft.articles.all()]


def about(shown: Publication) -> dict[str, Any]:
    """What every page about a published decision names."""
    return {"publication": shown, "decision": shown.decision, "authority": shown.decision.authority}
