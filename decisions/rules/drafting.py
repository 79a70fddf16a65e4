from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Outcome as O
from decisions.terms import Role, Status

from .base import Breach, Rule

if TYPE_CHECKING:
    from decisions.models import Decision


class Drafting(Rule):
    """The undertaking unit drafts numbered articles, explains them and lists what they rest on."""

    title = gettext_lazy("拟订草案")
    article = Article("SC713", 12)
    asks = gettext_lazy("拟订决策草案和起草说明，梳理所依据的法律、法规、规章和政策，并作成本效益分析。")
    roles = frozenset({Role.HANDLER})
    stage = "drafting"
    statuses = {O.DONE: Status.DRAFTED}
    budget = "drafting_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        draft = decision.current_draft
        if draft is None:
            yield Breach(_("尚未拟订决策草案"), Article("SC713", 12, 1), _("请录入草案条文。"))
            return
        if not draft.legal_bases.exists():
            yield Breach(
                _("草案未列明所依据的法律、法规、规章和政策"),
                Article("SC713", 12, 2),
                _("请在草案中补充制定依据清单。"),
            )
