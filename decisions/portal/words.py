"""States and deadlines as the public reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import in_chinese
from decisions.templatetags.juece import full_date

if TYPE_CHECKING:
    from decisions.models import Draft, Participation


def state_of(consultation: Participation) -> str:
    """`open`, `answering` until the result is out, then `published`."""
    if consultation.is_open:
        return "open"
    published_on = consultation.results_published_on
    return "published" if published_on and published_on <= clock.today() else "answering"


def deadline(consultation: Participation) -> str:
    """How long there is still to comment, or when it was over, in words."""
    if not consultation.is_open:
        return _("已于%s 24:00截止") % full_date(consultation.closes_on)
    days = (consultation.closes_on - clock.today()).days
    if days == 0:
        return _("今天24:00截止")
    return _("还有%(days)d日，%(day)s 24:00截止") % {"days": days, "day": full_date(consultation.closes_on)}


def articles(draft: Draft) -> list[dict[str, Any]]:
    """A version's articles as components/draft_article.html reads them."""
    return [
        {"number": a.number, "anchor": f"article-{a.number}", "label": label(a.number), "text": a.text}
        for a in draft.articles.all()
    ]


def label(number: int) -> str:
    return _("第%s条") % in_chinese(number)
