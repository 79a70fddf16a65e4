from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import IncidentKind, Role, Status
from decisions.terms import Outcome as O

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord


class Suspension(Rule):
    """In an urgent case the chief executive may first suspend execution; procedure must follow."""

    title = gettext_lazy("中止执行")
    article = Article("SC713", 37)
    asks = gettext_lazy("情况紧急的，行政首长可以先决定中止执行，写明理由；其后应当依程序处理。")
    roles = frozenset({Role.CHIEF})
    stage = "implementation"
    outcomes = (O.SUSPENDED, O.NOT_SUSPENDED)
    passing = frozenset(outcomes)
    statuses = {O.SUSPENDED: Status.SUSPENDED}
    budget = "suspension_due"

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if not record.because.strip():
            yield Breach(_("中止或者不中止执行，应当写明理由"), self.article, _("请填写理由。"))
        if record.outcome == O.SUSPENDED and not has_cause(decision):
            yield Breach(
                _("没有报告条例第三十五条规定的情形，也没有作出暂缓执行的评估处理，不得中止执行"),
                Article("SC713", 37),
                _("请执行单位先报告有关情形，或者依程序开展决策后评估。"),
            )


def has_cause(decision: "Decision") -> bool:
    """An incident was reported (art. 35), or an evaluation ended in suspending: without either nothing is stopped."""
    if decision.progress_reports.exclude(incident=IncidentKind.NONE).exists():
        return True
    return decision.records.filter(step="evaluation", outcome=O.SUSPEND).exists()
