from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import AuthorityLevel, FairCompetitionConclusion, Role
from decisions.terms import Outcome as O

from .base import Breach, Rule
from .position import round_start

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord
    from decisions.models import FairCompetitionReview as Review


class FairCompetitionReview(Rule):
    """What touches market actors is reviewed for fair competition before it may go on."""

    title = gettext_lazy("公平竞争审查")
    article = Article("SC713", 29, 1, 1)
    asks = gettext_lazy("涉及市场主体经济活动的，由起草单位进行公平竞争审查；适用例外规定的，写明理由和实施期限。")
    roles = frozenset({Role.HANDLER})
    stage = "risk"
    outcomes = (O.DONE, O.RETURNED)
    binding = "until_voided"
    budget = "fair_competition_review_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        if self.review(decision) is None:
            yield Breach(_("尚未进行公平竞争审查"), self.article, _("请登记审查结论。"))

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        review = self.review(decision)
        violates = review is not None and review.conclusion == FairCompetitionConclusion.VIOLATES
        if violates and record.outcome == O.DONE:
            yield Breach(
                _("不符合公平竞争审查标准的政策措施不得出台"), Article("LFCR", 18), _("请退回修改草案后重新审查。")
            )

        is_county = decision.authority.level == AuthorityLevel.COUNTY
        if is_county and record.outcome == O.DONE and not record.details.get("market_regulation", "").strip():
            yield Breach(
                _("县级以上人民政府出台的政策措施，应当由市场监督管理部门会同起草单位审查"),
                Article("LFCR", 14),
                _("请送市场监督管理部门审查并填写其意见。"),
            )

    def review(self, decision: "Decision") -> "Review | None":
        start = round_start(decision, self.key)
        return decision.fair_competition_reviews.filter(draft__number__gte=start).last()
