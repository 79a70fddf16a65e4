from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

from .base import Breach, Rule, sentence_list
from .position import Position

if TYPE_CHECKING:
    from decisions.models import Decision, Exemption, StepRecord
    from decisions.periods import Due

FINDINGS = {
    "authority": gettext_lazy("决策事项是否符合法定权限"),
    "procedure": gettext_lazy("决策草案的形成是否履行相关法定程序"),
    "content": gettext_lazy("决策草案内容是否符合有关法律、法规、规章和国家政策的规定"),
}
"""The three findings of article 27, by their key in the record's details."""


class LegalityReview(Rule):
    """A draft that is unreviewed, or found unlawful, may not be put to the meeting."""

    title = gettext_lazy("合法性审查")
    article = Article("SC713", 25)
    asks = gettext_lazy("从权限、程序、内容三个方面审查，组织法律顾问、公职律师提出法律意见，一般不少于7个工作日。")
    roles = frozenset({Role.LEGALITY_REVIEWER})
    contributors = frozenset({Role.LEGAL_ADVISER, Role.HANDLER})
    stage = "review"
    outcomes = (O.LAWFUL, O.LAWFUL_AFTER_CHANGES, O.EXPLORATORY, O.UNLAWFUL, O.RETURNED)
    passing = frozenset({O.LAWFUL, O.EXPLORATORY})
    binding = "exact"
    statuses = {O.LAWFUL: Status.REVIEWED, O.EXPLORATORY: Status.REVIEWED}
    budget = "legality_review_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        if decision.supplements.filter(draft=decision.current_draft, supplied_on__isnull=True).exists():
            yield Breach(_("要求补充的材料尚未提交"), Article("SC713", 26, 1), _("请承办单位补充材料。"))
        needed = self.figure("legal_adviser_opinions", decision)
        signed = decision.legal_opinions.filter(draft=decision.current_draft).count()
        if signed < int(needed.value):
            yield Breach(
                _("本稿草案尚无法律顾问或者公职律师签署的法律意见"),
                Article("SC713", 28),
                _("请组织法律顾问、公职律师提出意见。"),
            )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        if record.draft_id != decision.current_draft_id:
            yield Breach(_("审查结论须针对现稿草案"), Article("SC713", 25, 2), _("请就现稿重新审查。"))
        if record.outcome not in (O.LAWFUL,) and not record.opinion.strip():
            yield Breach(_("应当写明审查意见和理由"), Article("SC713", 28), _("请填写审查意见。"))
        if record.outcome == O.RETURNED:
            return
        yield from super().breaches(decision, record)
        yield from self.finding_breaches(record)
        yield from self.time_breaches(decision, record)
        if record.outcome in self.passing:
            yield from self.exemption_examination(decision, record)
        if record.outcome == O.EXPLORATORY:
            yield from self.exploratory_breaches(decision, record)

    def finding_breaches(self, record: "StepRecord") -> Iterator[Breach]:
        """All three findings of article 27 are made; a draft that fails one does not pass as lawful."""
        if missing := [label for key, label in FINDINGS.items() if not record.details.get(key)]:
            yield Breach(_("缺少审查结论：%s") % sentence_list(missing), Article("SC713", 27), _("请逐项填写。"))
        # What no state rule settles yet cannot be measured by content; authority and procedure always can (art. 25).
        bearing = {O.LAWFUL: FINDINGS, O.EXPLORATORY: ("authority", "procedure")}.get(O(record.outcome), ())
        if failed := [FINDINGS[key] for key in record.details.get("not_met", ()) if key in bearing]:
            yield Breach(
                _("%(findings)s：不符合，不得作出“%(outcome)s”的结论")
                % {"findings": sentence_list(failed), "outcome": O(record.outcome).label},
                Article("SC713", 27),
                _("请核对审查判断或者结论。"),
            )

    def exploratory_breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        """Only an exploratory reform may go on without a clear rule, and only with its legal risk stated."""
        if not decision.is_exploratory:
            yield Breach(_("本事项未列为探索性改革，不适用载明法律风险后提请审议"), Article("SC713", 25, 2))
        if not record.details.get("legal_risk", "").strip():
            yield Breach(
                _("国家尚无明确规定的探索性改革，应当明示法律风险"), Article("SC713", 25, 2), _("请填写法律风险。")
            )

    def exemption_examination(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        """Every step left out was examined and the reviewer accepts its ground, or the draft does not pass."""
        accepted = record.details.get("exemptions_accepted") or ()
        for exemption in standing_exemptions(decision):
            if exemption.step not in accepted:
                yield Breach(
                    _("对已豁免的“%s”，尚未审查并同意其理由和依据") % Rule.registry[exemption.step].title,
                    Article("SC713", 27),
                    _("请逐项审查豁免，不同意的不得通过审查。"),
                )

    def time_breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        earliest = self.earliest(decision, record.opened_on)
        if earliest and record.completed_on < earliest.day and not record.because.strip():
            yield Breach(
                _("合法性审查时间少于%(period)s，最早可于%(day)s完成")
                % {"period": self.figure("legality_minimum", decision).period, "day": earliest.day.isoformat()},
                Article("SC713", 26, 2),
                _("请待期限届满，或者写明缩短审查时间的理由。"),
            )

    def earliest(self, decision: "Decision", opened_on: date) -> "Due | None":
        return self.figure("legality_minimum", decision).after(self.received_on(decision, opened_on))

    def due(self, decision: "Decision", opened_on: date) -> "Due | None":
        return self.figure(self.budget, decision).after(self.received_on(decision, opened_on))

    def received_on(self, decision: "Decision", opened_on: date) -> date:
        """The day the package was complete: the clock starts again when a supplement arrives."""
        supplied = decision.supplements.filter(draft=decision.current_draft).values_list("supplied_on", flat=True)
        return max([opened_on, *(day for day in supplied if day)])


def standing_exemptions(decision: "Decision") -> "list[Exemption]":
    """The exemptions on which the decision now relies, one a step: neither performed since nor voided by a change."""
    exemptions = {exemption.step: exemption for exemption in decision.exemptions.all()}
    if not exemptions:
        return []
    position = Position.of(decision)
    return [e for step, e in exemptions.items() if position.outcome(step) == O.EXEMPT and position.stands(step)]
