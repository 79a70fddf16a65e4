from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

from .base import Breach, Rule

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from decisions.models import Decision, StepRecord

MADE = (Status.PUBLISHED, Status.IN_EXECUTION, Status.CLOSED)
"""A decision that was made and issued."""


class Adjustment(Rule):
    """A decision is changed or stopped only by a new decision that went through the procedure, or resumed as it is."""

    title = gettext_lazy("决策调整")
    article = Article("SC713", 37)
    asks = gettext_lazy("重大调整或者停止执行，应当依程序作出新的决策；不需要调整的，恢复执行。")
    roles = frozenset({Role.CHIEF})
    contributors = frozenset({Role.OFFICE_CLERK})
    stage = "implementation"
    outcomes = (O.RESUMED, O.SUPERSEDED)
    passing = frozenset(outcomes)
    statuses = {O.RESUMED: Status.IN_EXECUTION, O.SUPERSEDED: Status.SUPERSEDED}
    budget = "adjustment_due"

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if not record.because.strip():
            yield Breach(_("应当写明处理理由"), self.article, _("请填写理由。"))
        if record.outcome == O.SUPERSEDED and not self.replacements(decision).exists():
            yield Breach(
                _("依法作出的决策，未经法定程序不得变更或者停止执行；尚无已公布的新决策"),
                Article("SC713", 37),
                _("请就调整事项提出新的决策建议，依程序作出决定并公布。"),
            )

    def replacements(self, decision: "Decision") -> "QuerySet[Decision]":
        """Decisions of the same authority that were proposed as an adjustment of this one, and made by procedure."""
        return decision.adjusted_by.filter(authority=decision.authority_id, status__in=MADE)
