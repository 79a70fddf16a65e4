from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Role

from .base import Breach, Rule, sentence_list
from .position import round_start

if TYPE_CHECKING:
    from decisions.models import Decision


class ExpertReview(Rule):
    """Experts without a direct interest sign their opinions, and each is answered."""

    title = gettext_lazy("专家论证")
    article = Article("SC713", 19)
    asks = gettext_lazy("聘请无直接利害关系的专家，对必要性、可行性、科学性提出并签署论证意见，逐一研究答复。")
    roles = frozenset({Role.HANDLER})
    stage = "expert"
    binding = "until_voided"
    exempted_by = frozenset({Role.CHIEF})
    budget = "expert_review_due"

    def exemption_breaches(self, decision: "Decision", ground: str, legal_basis: str) -> Iterator[Breach]:
        yield from super().exemption_breaches(decision, ground, legal_basis)
        if decision.is_technical:
            yield Breach(_("专业性、技术性较强的决策事项应当组织专家论证，不得豁免"), Article("SC713", 19, 1))

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        asked = [
            a
            for a in decision.expert_appointments.select_related("expert", "opinion")
            .annotate(replies=Count("opinion__replies"))
            .filter(draft__number__gte=round_start(decision, self.key))
            if not a.withdrawn_because
        ]
        signed = [a for a in asked if hasattr(a, "opinion")]
        minimum = self.figure("expert_minimum", decision)
        if interested := [a.expert.name for a in asked if a.has_interest]:
            yield Breach(
                _("%s与决策事项有直接利害关系") % sentence_list(interested),
                Article("SC713", 20),
                _("请解除聘请，另选专家。"),
            )
        if len(signed) < int(minimum.value):
            yield Breach(
                _("已签署意见的专家%(n)d名，少于%(minimum)d名") % {"n": len(signed), "minimum": int(minimum.value)},
                minimum.article or self.article,
                _("请聘请专家并请其签署意见。"),
            )
        if waiting := [a.expert.name for a in asked if not hasattr(a, "opinion") and not a.has_interest]:
            yield Breach(
                _("专家%s尚未签署意见") % sentence_list(waiting), Article("SC713", 19, 2), _("请催办或者解除聘请。")
            )
        if unanswered := [a.expert.name for a in signed if not a.replies]:
            yield Breach(
                _("对专家%s的意见尚未答复") % sentence_list(unanswered),
                Article("SC713", 29, 1, 3),
                _("请逐一答复采纳情况和理由。"),
            )
