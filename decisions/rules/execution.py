from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.periods import Period, Unit
from decisions.terms import IncidentKind, Role
from decisions.terms import Outcome as O

from . import evaluation
from .base import Breach, Rule

if TYPE_CHECKING:
    from datetime import date

    from decisions.models import Decision, StepRecord
    from decisions.periods import Due


class Execution(Rule):
    """The executing unit carries the decision out, reports in time, and reports at once what endangers its goal."""

    title = gettext_lazy("决策执行")
    article = Article("SC713", 34)
    asks = gettext_lazy("制定执行方案，按期报告执行情况；出现严重影响决策目标的情形，立即报告。")
    roles = frozenset({Role.EXECUTOR})
    contributors = frozenset({Role.SUPERVISOR, Role.OFFICE_CLERK, Role.CHIEF})
    stage = "implementation"
    outcomes = (O.DONE, O.GRAVE_PROBLEM)
    budget = "progress_report_interval"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        if not hasattr(decision, "execution_plan"):
            yield Breach(_("尚未制定执行方案"), Article("SC713", 34), _("请登记执行方案和成效指标。"))
        if not decision.progress_reports.exists():
            yield Breach(_("尚未报告执行情况"), Article("SC713", 34), _("请提交执行情况报告。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        last = decision.progress_reports.last()
        if last is None:
            return
        if record.outcome == O.GRAVE_PROBLEM and last.incident == IncidentKind.NONE:
            yield Breach(
                _("报告严重影响决策目标的情形，应当说明具体情况"),
                Article("SC713", 35, 1),
                _("请先提交载明异常情况的报告。"),
            )
        unfinished = last.percent < 100 and not evaluation.open_orders(decision)
        if record.outcome == O.DONE:
            yield from self.overdue_breaches(decision, record.opened_on)
        if record.outcome == O.DONE and unfinished:
            yield Breach(
                _("执行进度为%d%%，尚未执行完毕") % last.percent,
                Article("SC713", 34),
                _("请继续执行并报告，或者由决策机关启动决策后评估。"),
            )

    def due(self, decision: "Decision", opened_on: "date") -> "Due | None":
        """The next report's date: the interval runs from the last report, or from the start."""
        last = decision.progress_reports.last()
        return self.next_report(decision, last.reported_on if last else opened_on)

    def next_report(self, decision: "Decision", since: "date") -> "Due":
        """When the report after `since` is due: by the figure, or by the plan's own shorter interval."""
        figure = self.figure(self.budget, decision)
        plan = getattr(decision, "execution_plan", None)
        if plan and figure.unit == Unit.MONTHS and plan.report_every_months < figure.value:
            return Period(plan.report_every_months, Unit.MONTHS).after(since, basis=str(_("执行方案")))
        return figure.after(since)

    def overdue_breaches(self, decision: "Decision", opened_on: "date") -> Iterator[Breach]:
        """A report that is late by today is owed before anything else."""
        due = self.due(decision, opened_on)
        if due and clock.today() > due.day:
            yield Breach(
                _("执行情况报告应于%(day)s前提交，已逾期%(days)d日")
                % {"day": due.day.isoformat(), "days": (clock.today() - due.day).days},
                Article("SC713", 34),
                _("请立即报告执行情况，说明逾期原因。"),
            )
