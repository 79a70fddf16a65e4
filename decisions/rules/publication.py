from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord
    from decisions.periods import Due


class Publication(Rule):
    """The adopted text, and no other, is published within twenty working days, after a secrecy review."""

    title = gettext_lazy("决策公布")
    article = Article("SC713", 32)
    asks = gettext_lazy("先审查后公开：完成保密审查，公布通过的文本，说明公众意见和专家意见采纳情况。")
    roles = frozenset({Role.OFFICE_CLERK})
    stage = "publication"
    statuses = {O.DONE: Status.PUBLISHED}
    budget = "publication_maximum"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        published = getattr(decision, "publication", None)
        if published is None:
            yield Breach(
                _("尚未登记保密审查和公布情况"), Article("SC711", 17), _("请先完成保密审查，再登记公布情况。")
            )
            return
        if published.draft_id != decision.adopted_draft_id:
            yield Breach(_("公布文本与会议通过的文本不一致"), Article("SC713", 32), _("请公布会议通过的文本。"))
        if published.is_published and not published.channels.strip():
            yield Breach(_("未载明公布渠道"), Article("SC713", 32), _("请填写政府公报、政府网站等公布渠道。"))
        heard = decision.participations.exists() or decision.expert_appointments.exists()
        if published.is_published and heard and not published.uptake.strip():
            yield Breach(_("未说明公众意见、专家论证意见的采纳情况"), Article("SC713", 32, 2), _("请填写采纳情况说明。"))

    def naming_breaches(self, decision: "Decision") -> Iterator[Breach]:
        if not decision.executing_unit_id:
            yield Breach(_("尚未明确决策执行单位"), Article("SC713", 34), _("请选择执行单位。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        yield from self.naming_breaches(decision)
        due = self.due(decision, record.opened_on)
        if due and record.completed_on > due.day and not record.because.strip():
            yield Breach(
                _("已超过公开期限（%s）") % due.day.isoformat(), Article("SC711", 26), _("请写明逾期公布的原因。")
            )

    def due(self, decision: "Decision", opened_on: date) -> "Due | None":
        return self.figure(self.budget, decision).after(decision.adopted_on or opened_on)
