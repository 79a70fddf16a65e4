from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

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
