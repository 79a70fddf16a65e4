"""What the pages of experts, risk, fair competition, legality review and submission show beyond their forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from decisions.articles import Article, in_chinese
from decisions.redline import changed, compare
from decisions.rules.legality_review import standing_exemptions
from decisions.rules.position import counting_drafts
from decisions.rules.submission import MATERIALS, PERFORMED, due_materials
from decisions.services.comparing import judged_versions, texts
from decisions.services.expert_links import LinkState, link_state
from decisions.statement import procedure_statement
from decisions.templatetags.juece import full_date

if TYPE_CHECKING:
    from decisions.models import Decision, Draft, ExpertAppointment, FairCompetitionReview, RiskAssessment
    from decisions.redline import Row

register = template.Library()

STATES = {
    LinkState.OPEN: "waiting",
    LinkState.EXPIRED: "overdue",
    LinkState.INTERESTED: "refused",
    LinkState.WITHDRAWN: "closed",
    LinkState.OVER: "closed",
}
"""How an appointment is shown; a signed one is done once it is answered."""


@register.filter
def article_label(number: int | None) -> str:
    """第三条, or the draft as a whole when no article is named."""
    return _("草案整体") if number is None else f"第{in_chinese(number)}条"


@dataclass(frozen=True)
class Asked:
    """An expert's appointment with its state, opinion and replies."""

    appointment: ExpertAppointment
    state: str
    counts: bool
    """Whether it belongs to the round that counts for the current draft."""

    @property
    def opinion(self) -> Any:
        return getattr(self.appointment, "opinion", None)


def read_once(decision: Decision) -> None:
    """Fetch what nearly everything on a page asks for; a page writes nothing, so it stays true while drawn."""
    prefetch_related_objects([decision], "drafts", "records", "exemptions")


@register.simple_tag
def experts_asked(decision: Decision) -> list[Asked]:
    """Every expert asked, newest round and earlier ones."""
    read_once(decision)
    counting = counting_drafts(decision, "expert_review")
    appointments = decision.expert_appointments.select_related("expert", "draft", "opinion")
    return [
        Asked(appointment, _state_of(appointment), appointment.draft_id in counting)
        for appointment in appointments.prefetch_related("opinion__replies__by")
    ]


def _state_of(appointment: ExpertAppointment) -> str:
    state = link_state(appointment)
    if state != LinkState.SIGNED:
        return STATES[state]
    return "done" if appointment.opinion.replies.all() else "answering"


@register.simple_tag
def risk_reports(decision: Decision) -> list[RiskAssessment]:
    """The reports on versions that count, the one that holds first."""
    counting = counting_drafts(decision, "risk_assessment")
    reports = decision.risk_assessments.filter(draft__in=counting).select_related("draft", "assessor")
    return list(reports.prefetch_related("risks").order_by("-pk"))


@register.simple_tag
def fair_competition_reviews(decision: Decision) -> list[FairCompetitionReview]:
    """The conclusions on versions that count, the one that holds first."""
    counting = counting_drafts(decision, "fair_competition_review")
    return list(
        decision.fair_competition_reviews.filter(draft__in=counting).select_related("draft", "by").order_by("-pk")
    )


@dataclass(frozen=True)
class Desk:
    """审查台: the draft by article with remarks, what changed since the last review, and what it rests on."""

    draft: Draft
    articles: list[tuple[Any, list[Any]]]
    general: list[Any]
    reviewed: Draft | None
    rows: list[Row]
    opinions: list[Any]
    supplements: list[Any]
    exemptions: list[Any]

    @property
    def is_waiting(self) -> bool:
        """Whether a supplement is awaited, so that the review's time stands still."""
        return any(supplement.supplied_on is None for supplement in self.supplements)


@register.simple_tag
def legality_desk(decision: Decision) -> Desk | None:
    """Everything a reviewer looks at on one page."""
    draft = decision.current_draft
    if draft is None:
        return None
    read_once(decision)
    remarks = list(decision.article_opinions.filter(draft=draft).select_related("by"))
    reviewed = judged_versions(decision).get("legality_review")
    articles = [(a, [r for r in remarks if r.article_number == a.number]) for a in draft.articles.all()]
    return Desk(
        draft=draft,
        articles=articles,
        general=[remark for remark in remarks if remark.article_number is None],
        reviewed=reviewed if reviewed != draft else None,
        rows=changed(compare(texts(reviewed), texts(draft))) if reviewed else [],
        opinions=list(decision.legal_opinions.filter(draft=draft).select_related("adviser", "on_behalf_of")),
        supplements=list(
            decision.supplements.filter(draft=draft).select_related("requested_by", "supplied_by", "document")
        ),
        exemptions=standing_exemptions(decision),
    )


register.simple_tag(procedure_statement)


@register.simple_tag
def submission_materials(decision: Decision) -> list[dict[str, Any]]:
    """The six items of article 29 as a task list: due or not, there or missing, and where each is."""
    read_once(decision)
    due = due_materials(decision)
    told = {performed.step: performed for performed in procedure_statement(decision)}
    return [_material(decision, number, key, key in due, told) for number, key in enumerate(MATERIALS, 1)]


def _material(decision: Decision, number: int, key: str, is_due: bool, told: dict[str, Any]) -> dict[str, Any]:
    where = [told[step].text for step in PERFORMED.get(key, ()) if told[step].text]
    if key == "draft" and decision.current_draft:
        where = [told["drafting"].text, told["fair_competition_review"].text]
    if key == "legality":
        where = [_legality(decision)]
    if key == "others":
        where = [_("卷宗所附材料%d件。") % decision.documents.count()]
    is_missing = any(told[step].state == "missing" for step in PERFORMED.get(key, ()))
    state = "missing" if is_missing else "done" if is_due or key == "others" else "exempt"
    return {
        "title": MATERIALS[key],
        "state": state,
        "hint": "".join(where) or (_("尚未履行该程序。") if is_missing else _("未履行该程序，无此项材料。")),
        "article": Article("SC713", 29, 1, number),
    }


def _legality(decision: Decision) -> str:
    record = [record for record in decision.records.all() if record.step == "legality_review"][-1:]
    if not record:
        return _("尚未审查。")
    words = {
        "draft": record[0].draft,
        "day": full_date(record[0].completed_on),
        "outcome": record[0].get_outcome_display(),
    }
    return _("%(day)s就%(draft)s作出审查结论：%(outcome)s。") % words
