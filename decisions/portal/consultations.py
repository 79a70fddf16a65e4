"""Reading a draft, commenting on it article by article, and the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.shortcuts import render
from django.urls import reverse

from decisions import services
from decisions.articles import Article
from decisions.models import Opinion
from decisions.rules import RuleBreached

from . import visible
from .forms import CommentForm, ReceiptForm
from .limits import is_too_often
from .masking import without_personal_data
from .pages import posting_page, public_page
from .paging import page
from .words import articles, deadline, label, state_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from decisions.models import Participation


@public_page
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice, the note and the draft by articles, each with a way to comment on it while the period runs."""
    shown = visible.get_consultation(pk)
    comment_url = reverse("portal_comment", args=[pk])
    lines = articles(shown.draft)
    for line in lines if shown.is_open else ():
        line["comment_url"] = f"{comment_url}?article={line['number']}"
    context = {
        **about(shown),
        "articles": lines,
        "comment_url": comment_url,
        "documents": visible.documents(shown.decision, [shown.draft], is_published=False),
        "hearings": visible.hearings().filter(draft=shown.draft),
        "article_15": Article("SC713", 15, 1),
    }
    return render(request, "portal/consultation.html", context)


@posting_page
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for an opinion; posted, it answers with the receipt, the same one however often it is sent."""
    shown = visible.get_consultation(pk)
    if not shown.is_open:
        return closed(request, shown)
    if request.method != "POST":
        form = CommentForm(draft=shown.draft, initial={"article_number": request.GET.get("article", "")})
        return show_form(request, shown, form)
    form = CommentForm(request.POST, draft=shown.draft)
    if opinion := given_before(shown, form):
        return receipt(request, opinion)
    if is_too_often(request, "comment"):
        return show_form(request, shown, form, status=429)
    if not form.is_valid():
        return show_form(request, shown, form, status=422)
    return receive(request, shown, form)


def receive(request: HttpRequest, shown: Participation, form: CommentForm) -> HttpResponse:
    """Keep the opinion, or find that this very posting was kept already."""
    fields = ("text", "article_number", "name", "is_organization", "contact")
    facts: dict[str, Any] = {name: form.cleaned_data[name] for name in fields}
    try:
        with transaction.atomic():
            opinion = services.receive_comment(shown, submission_key=form.key, **facts)
    except RuleBreached:
        return closed(request, shown)
    except IntegrityError:
        before = given_before(shown, form)
        if before is None:
            raise
        opinion = before
    return receipt(request, opinion)


def given_before(shown: Participation, form: CommentForm) -> Opinion | None:
    """The opinion that the same posting made before."""
    if form.is_stale:
        return None
    return shown.opinions.filter(receipt_code=services.receipt_for(form.key)).first()


def show_form(request: HttpRequest, shown: Participation, form: CommentForm, status: int = 200) -> HttpResponse:
    """The form under the article it is about; 429 says that too much was posted from here."""
    number = form["article_number"].value()
    about_article = next((line for line in articles(shown.draft) if str(line["number"]) == str(number)), None)
    context = {**about(shown), "form": form, "article": about_article, "is_too_often": status == 429}
    return render(request, "portal/comment.html", context, status=status)


def receipt(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    """The number and the code to keep; the code is in no address, so it is in no log."""
    return render(request, "portal/receipt.html", {"opinion": opinion, **about(opinion.participation)})


def closed(request: HttpRequest, shown: Participation) -> HttpResponse:
    """Word that the period has not begun or is over, and where to go from here."""
    return render(request, "portal/closed.html", about(shown), status=410)


@public_page
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of each opinion, names masked, contacts never shown."""
    shown = visible.get_result(pk)
    opinions = shown.opinions_on_draft()
    found = page(opinions.prefetch_related("answers"), request, key="number", ascending=True)
    rows = [row(opinion) for opinion in found.rows]
    context = {**about(shown), "page": found, "rows": rows, "count": opinions.count()}
    return render(request, "portal/adoption.html", context)


def row(opinion: Opinion) -> dict[str, Any]:
    """An opinion as the adoption table shows it."""
    return {
        "opinion": opinion,
        "name": opinion.masked_name,
        "text": without_personal_data(opinion.text),
        "article": label(opinion.article_number) if opinion.article_number else "",
        **answer_of(opinion),
    }


def answer_of(opinion: Opinion) -> dict[str, Any]:
    """The last answer to an opinion and the article it changed."""
    answers = list(opinion.answers.all())
    answer = answers[-1] if answers else None
    changed = answer.changed_article if answer else None
    return {"answer": answer, "changed": label(changed) if changed else ""}


@posting_page
def look_up(request: HttpRequest) -> HttpResponse:
    """A citizen finds the own opinion and its answer again by the code, which is posted and so in no log."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and is_too_often(request, "receipt"):
        return render(request, "portal/look_up.html", {"form": form, "is_too_often": True}, status=429)
    opinion = form.find() if form.is_valid() else None
    if opinion is None:
        return render(request, "portal/look_up.html", {"form": form}, status=422 if form.is_bound else 200)
    about_article = label(opinion.article_number) if opinion.article_number else ""
    context = {**about(opinion.participation), "opinion": opinion, "article": about_article, **answer_of(opinion)}
    return render(request, "portal/my_opinion.html", context)


def about(shown: Participation) -> dict[str, Any]:
    """What every page about a public comment names."""
    return {
        "consultation": shown,
        "authority": shown.decision.authority,
        "state": state_of(shown),
        "deadline": deadline(shown),
    }
