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


class PartyReport(Rule):
    """Before it is issued, the decision is reported to the Party committee of the same level."""

    title = gettext_lazy("请示报告")
    article = Article("SC713", 31)
    asks = gettext_lazy("决策作出前（公布前）按规定向同级党委请示报告，登记文号、日期和答复意见。")
    roles = frozenset({Role.OFFICE_CLERK})
    stage = "decision"
    outcomes = (O.AGREED, O.RETURNED)
    passing = frozenset({O.AGREED})
    statuses = {O.RETURNED: Status.DRAFTED}
    budget = "party_report_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        report = decision.party_reports.filter(draft=decision.adopted_draft).last()
        if report is None:
            yield Breach(_("尚未登记向同级党委请示报告的情况"), self.article, _("请登记请示报告文号和日期。"))
        elif report.replied_on is None or not report.reply.strip():
            yield Breach(_("尚未登记同级党委的答复"), self.article, _("请登记答复日期和答复意见。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if record.outcome == O.RETURNED and not record.because.strip():
            yield Breach(_("同级党委要求修改的，应当载明理由"), self.article, _("请填写答复要求修改的理由。"))
