from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.terms import Exclusion, ProposerKind, Role, Status
from decisions.terms import Outcome as O

from .base import Breach, Rule

if TYPE_CHECKING:
    from django.db.models import Field

    from decisions.models import Decision, StepRecord


class Proposal(Rule):
    """A proposal names the problem, the reasons, a plan, its necessity and feasibility; excluded matters stay out."""

    title = gettext_lazy("决策建议")
    article = Article("SC713", 10)
    asks = gettext_lazy("说明需要解决的主要问题、建议理由和依据、初步方案及其必要性、可行性。")
    roles = frozenset({Role.HANDLER, Role.UNIT_HEAD, Role.OFFICE_CLERK})
    stage = "initiation"
    statuses = {O.DONE: Status.PROPOSED}

    def lacks(self, decision: "Decision") -> Iterator[Breach]:
        for name in ("problem", "reasons", "preliminary_plan", "necessity", "feasibility"):
            if not getattr(decision, name).strip():
                label = cast("Field[Any, Any]", decision._meta.get_field(name)).verbose_name
                yield Breach(_("决策建议缺少“%s”") % label, Article("SC713", 10, 1, 2), _("请补充后再提交。"))
        if decision.exclusion != Exclusion.NONE:
            yield Breach(
                _("%s不适用本程序") % Exclusion(decision.exclusion).label,
                Article("SC713", 3, 3),
                _("请按有关专门规定办理。"),
            )

    def breaches(self, decision: "Decision", record: "StepRecord") -> Iterator[Breach]:
        yield from super().breaches(decision, record)
        if decision.proposer_kind not in (ProposerKind.UNIT, ProposerKind.LEADER) and record.role != Role.OFFICE_CLERK:
            yield Breach(
                _("人大代表、政协委员和社会公众的建议由党政办（政府办）统一登记"),
                Article("SC713", 10, 1, 3),
                _("请交党政办（政府办）登记。"),
            )
