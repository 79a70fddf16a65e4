"""What pages of a matter show from its dossier: documents filed, and what changed since a procedure was carried out."""

from typing import Any

from django import template

from decisions import services
from decisions.models import Decision, Document

from .juece import page

register = template.Library()


@register.inclusion_tag("components/documents.html")
def documents(decision: Decision, step: str = "") -> dict[str, Any]:
    """The documents of a matter, or of one step of it, each with its link, digest and openness."""
    filed = decision.documents.select_related("filed_by")
    return {"documents": [shown(each) for each in (filed.filter(step=step) if step else filed)]}


def shown(document: Document) -> dict[str, Any]:
    """A document as components/documents.html reads it."""
    return {
        "name": document.title,
        "url": page("document", document.pk),
        "kind": document.get_kind_display(),
        "size": document.size,
        "at": document.filed_at,
        "by": document.filed_by,
        "openness": document.get_openness_display(),
        "sha256": document.sha256,
    }


@register.simple_tag
def changes_since(decision: Decision) -> list[Any]:
    """For each procedure carried out on an earlier version: the articles that differ in the current one."""
    return services.changes_since_judged(decision)


@register.simple_tag
def claimed_void(draft: Any) -> str:
    """The procedures that a version says it voids, in words."""
    titles = dict(services.voidable())
    return "、".join(titles[step] for step in draft.voids if step in titles)
