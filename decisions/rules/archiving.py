from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Role

from .base import Breach, Rule
from .position import Position

if TYPE_CHECKING:
    from decisions.models import Decision

CHECKLIST = (
    "proposal",
    "initiation",
    "drafting",
    "coordination",
    "public_participation",
    "hearing",
    "expert_review",
    "risk_assessment",
    "fair_competition_review",
    "revision",
    "legality_review",
    "submission",
    "collective_decision",
    "party_report",
    "publication",
)
"""The steps whose records make the dossier complete, where they are needed."""


class Archiving(Rule):
    """The dossier is complete by its checklist and filed."""

    title = gettext_lazy("归档")
    article = Article("SC713", 33)
    asks = gettext_lazy("按清单核对各环节记录和材料，完整、及时归档。")
    roles = frozenset({Role.OFFICE_CLERK})
    stage = "publication"
    budget = "archiving_due"

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        position = Position.of(decision)
        for step in CHECKLIST:
            if position.needs(step) and position.outcome(step) is None:
                yield Breach(_("归档清单缺少“%s”的记录") % Rule.registry[step].title, self.article, _("请补齐后归档。"))
