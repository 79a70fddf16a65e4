from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.terms import Role

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord


class Coordination(Rule):
    """Units whose duties the matter touches are consulted; what stays in dispute is stated with both sides' reasons."""

    title = gettext_lazy("部门协商")
    article = Article("SC713", 13)
    asks = gettext_lazy(
        "与涉及其职责的部门、下级政府充分协商；不能达成一致的，写明争议的主要问题、各方意见和理由依据。"
    )
    roles = frozenset({Role.HANDLER})
    stage = "drafting"
    budget = "coordination_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        today = clock.today()
        for asked in decision.unit_consultations.all():
            if asked.replied_on is None and today <= asked.due_on:
                yield Breach(
                    _("%(unit)s尚未回复，回复期限为%(day)s")
                    % {"unit": asked.unit_name, "day": asked.due_on.isoformat()},
                    Article("SC713", 13, 1),
                    _("请登记回复，或者待期限届满后再办结。"),
                )
            if asked.is_disputed and not asked.dispute_statement.strip():
                yield Breach(
                    _("%s的意见未能达成一致，尚未说明争议情况") % asked.unit_name,
                    Article("SC713", 13, 2),
                    _("请写明争议的主要问题、双方意见、理由和依据。"),
                )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if not record.opinion.strip() and not decision.unit_consultations.exists():
            yield Breach(
                _("既未征求任何部门意见，也未说明不涉及其他部门职责"),
                Article("SC713", 13, 1),
                _("请登记征求意见的部门，或者在办理意见中说明。"),
            )
