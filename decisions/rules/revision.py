from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

DEMAND_CHANGES: dict[str, tuple[frozenset[O], Article]] = {
    "risk_assessment": (frozenset({O.UNCONTROLLABLE}), Article("SC713", 24)),
    "fair_competition_review": (frozenset({O.RETURNED}), Article("LFCR", 18)),
    "legality_review": (frozenset({O.UNLAWFUL, O.LAWFUL_AFTER_CHANGES}), Article("SC713", 28)),
    "collective_decision": (frozenset({O.REVISE}), Article("SC713", 30)),
    "party_report": (frozenset({O.RETURNED}), Article("SC713", 31)),
}
"""Results that can only be answered by a new draft version."""


class Revision(Rule):
    """The draft is improved in the light of opinions, experts, risks and review; the change says what it voids."""

    title = gettext_lazy("修改完善")
    article = Article("SC713", 18)
    asks = gettext_lazy("根据各方面意见修改草案，说明修改情况以及是否属于实质性修改；无须修改的，说明情况。")
    roles = frozenset({Role.HANDLER})
    stage = "review"
    budget = "revision_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        demanded: list[tuple[str, Article]] = []
        latest = {
            r["step"]: r
            for r in decision.records.filter(step__in=DEMAND_CHANGES)
            .order_by("pk")
            .values("step", "outcome", "draft_id")
        }
        for step, (outcomes, article) in DEMAND_CHANGES.items():
            record = latest.get(step)
            if record and record["outcome"] in outcomes and record["draft_id"] == decision.current_draft_id:
                demanded.append((str(Rule.registry[step].title), article))
        for title, article in demanded:
            yield Breach(
                _("“%s”要求修改，尚未形成新的草案版本") % title,
                article,
                _("请录入修改后的草案，说明是否属于实质性修改。"),
            )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if not record.opinion.strip() and not is_new(decision):
            yield Breach(
                _("没有形成新稿，也没有说明无须修改的情况"),
                Article("SC713", 18),
                _("请录入修改后的草案，或者在办理意见中说明各方面意见的研究情况。"),
            )


def is_new(decision: "Decision") -> bool:
    """Whether the current version was written after the procedures that were to improve it."""
    records = decision.records.filter(draft=decision.current_draft_id)
    return not records.exclude(step__in=("drafting", "coordination")).exists()
