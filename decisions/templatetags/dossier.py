"""What pages of a matter show from its dossier: documents filed, and what changed since a procedure was carried out."""

from collections import Counter
from typing import Any

from django import template

from decisions import services
from decisions.models import Decision, Document, OpinionAnswer
from decisions.rules import STEPS, Rule
from decisions.rules.revision import DEMAND_CHANGES
from decisions.services.comparing import JUDGING
from decisions.terms import Adoption

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


@register.simple_tag
def steps_needed(decision: Decision) -> str:
    """The procedures this matter must go through, in words."""
    needed = (each for each in STEPS if each.key in JUDGING and each().applies(decision))
    return "、".join(str(each.title) for each in needed)


@register.simple_tag
def results_to_answer(decision: Decision) -> list[dict[str, Any]]:
    """How each procedure last ended: what a revision has to answer."""
    records = decision.records.filter(step__in=(*JUDGING, *DEMAND_CHANGES)).select_related("draft").order_by("pk")
    latest = {record.step: record for record in records}
    return [{"title": Rule.registry[step].title, "record": record} for step, record in latest.items()]


@register.simple_tag
def answers_counted(decision: Decision) -> list[tuple[str, int]]:
    """How many opinions were adopted, partly adopted, not adopted; by each opinion's last answer."""
    answers = OpinionAnswer.objects.filter(opinion__decision=decision).order_by("pk")
    last = dict(answers.values_list("opinion", "adoption"))
    counted = Counter(last.values())
    return [(str(adoption.label), counted[adoption]) for adoption in Adoption if counted[adoption]]
