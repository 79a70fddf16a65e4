"""What each open step asks of each duty, in the words of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.terms import Role

from .say import Say

if TYPE_CHECKING:
    from decisions.rules import Rule

ASKS: dict[tuple[str, Role], Any] = {
    ("initiation", Role.CHIEF): gettext_lazy("决定是否启动"),
    ("initiation", Role.OFFICE_CLERK): gettext_lazy("登记启动决定"),
    ("public_participation", Role.OFFICE_CLERK): gettext_lazy("登记线下意见"),
    ("hearing", Role.OFFICE_CLERK): gettext_lazy("协助组织听证"),
    ("risk_assessment", Role.CHIEF): gettext_lazy("认定风险是否可控"),
    ("risk_assessment", Role.ASSESSOR): gettext_lazy("提交风险评估报告"),
    ("legality_review", Role.LEGALITY_REVIEWER): gettext_lazy("出具审查意见"),
    ("legality_review", Role.LEGAL_ADVISER): gettext_lazy("签署法律意见"),
    ("legality_review", Role.HANDLER): gettext_lazy("补充审查材料"),
    ("submission", Role.UNIT_HEAD): gettext_lazy("审核并提请审议"),
    ("collective_decision", Role.OFFICE_CLERK): gettext_lazy("记录会议讨论决定"),
    ("collective_decision", Role.MEMBER): gettext_lazy("发表意见"),
    ("collective_decision", Role.CHIEF): gettext_lazy("末位发表意见"),
    ("execution", Role.EXECUTOR): gettext_lazy("报告执行情况"),
    ("execution", Role.SUPERVISOR): gettext_lazy("督促检查"),
    ("evaluation", Role.EVALUATOR): gettext_lazy("提交评估报告"),
    ("evaluation", Role.CHIEF): gettext_lazy("处理评估结果"),
    ("suspension", Role.CHIEF): gettext_lazy("决定是否中止执行"),
    ("adjustment", Role.CHIEF): gettext_lazy("决定调整或者恢复执行"),
}
"""What a step asks of a duty, where “办理” would not say it."""


def asks_of(rule: Rule, role: Role) -> Any:
    """What the step asks of the duty, as a button says it."""
    return ASKS.get((rule.key, role)) or _("办理“%s”") % rule.title


def button_for(rule: Rule, role: Role, say: Say) -> Any:
    """The same for a button in a row that names the step already; whoever waits or may help has a look."""
    if say == Say.WAIT:
        return _("查看")
    return ASKS.get((rule.key, role)) or (_("办理") if say == Say.ACT else _("查看"))
