from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Openness, Role, Status
from decisions.terms import Outcome as O

from .base import Breach, Rule
from .position import Position

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord
    from decisions.models import Publication as Row
    from decisions.periods import Due


NOT_TO_BE_PUBLISHED = {
    Openness.NOT_PUBLIC: Article("SC711", 14),
    Openness.ON_APPLICATION: Article("SC711", 27),
}
"""What the authority does not publish of itself: what may not be disclosed, and what is given on application only."""


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
        if Position.of(decision).owes("party_report"):
            yield Breach(_("尚未按规定向同级党委请示报告，不得公布"), Article("SC713", 31), _("请先办理请示报告。"))
        published = getattr(decision, "publication", None)
        if published is None:
            yield Breach(_("尚未登记保密审查和公布情况"), Article("SC711", 17), _("请先完成保密审查，再登记公布情况。"))
            return
        if not decision.executing_unit_id:
            yield Breach(_("尚未明确决策执行单位"), Article("SC713", 34), _("请选择执行单位。"))
        if published.draft_id != decision.adopted_draft_id:
            yield Breach(_("公布文本与会议通过的文本不一致"), Article("SC713", 32), _("请公布会议通过的文本。"))
        if published.is_published:
            yield from self.publishing_breaches(decision, published)
        elif not published.nondisclosure_ground:
            yield Breach(
                _("不向社会公布的，应当载明不予公开的理由"), Article("SC713", 32, 1), _("请选择公开条例规定的理由。")
            )

    def publishing_breaches(self, decision: "Decision", published: "Row") -> Iterator[Breach]:
        """What stands against making it public, and what making it public asks for."""
        if decision.openness != Openness.PUBLIC:
            yield Breach(
                _("本事项的公开属性为“%s”，不得向社会公布") % Openness(decision.openness).label,
                NOT_TO_BE_PUBLISHED[Openness(decision.openness)],
                _("请选择不予公布并载明理由。"),
            )
        if not published.channels.strip():
            yield Breach(_("未载明公布渠道"), Article("SC713", 32, 1), _("请填写政府公报、政府网站等公布渠道。"))
        heard = decision.participations.exists() or decision.expert_appointments.exists()
        if heard and not published.uptake.strip():
            yield Breach(
                _("未说明公众意见、专家论证意见的采纳情况"), Article("SC713", 32, 2), _("请填写采纳情况说明。")
            )
        replied = [day for day in decision.party_reports.values_list("replied_on", flat=True) if day]
        if replied and published.published_on and published.published_on < max(replied):
            yield Breach(_("公布日期早于同级党委答复日期"), Article("SC713", 31), _("请核对公布日期。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        due = self.due(decision, record.opened_on)
        published = getattr(decision, "publication", None)
        day = (published.published_on if published else None) or record.completed_on
        if due and day > due.day and not record.because.strip():
            yield Breach(
                _("已超过公开期限（%s）") % due.day.isoformat(), Article("SC711", 26), _("请写明逾期公布的原因。")
            )

    def due(self, decision: "Decision", opened_on: date) -> "Due | None":
        return self.figure(self.budget, decision).after(decision.adopted_on or opened_on)
