"""Where each node of a published flow stands in the diagram, and its official words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

ROWS: dict[str, dict[str, tuple[int, int]]] = {
    "DecisionMaking": {
        "start": (0, 2), "proposal": (1, 2), "initiation": (2, 2), "is_started": (3, 2), "not_started": (4, 1),
        "drafting": (4, 2), "coordination": (5, 2), "procedures": (6, 2),
        "hearing": (7, 0), "expert_review": (7, 1), "public_participation": (7, 2), "risk_assessment": (7, 3),
        "fair_competition_review": (7, 4), "procedures_done": (8, 2),
        "revision": (1, 5), "owes_procedures": (2, 5), "legality_review": (3, 5), "is_lawful": (4, 5),
        "submission": (5, 5), "collective_decision": (6, 5), "meeting_outcome": (7, 5), "rejected": (8, 5),
        "reports_to_party": (1, 6), "party_report": (2, 6), "is_agreed": (3, 6), "publication": (4, 6),
        "implementation": (5, 6), "archiving": (6, 6), "archived": (7, 6),
    },
    "Implementation": {
        "start": (0, 0), "execution": (1, 0), "has_grave_problem": (2, 0), "is_to_be_evaluated": (3, 0),
        "evaluation_period": (4, 0), "evaluation": (5, 0), "evaluation_result": (6, 0), "closing": (7, 0),
        "closed": (8, 0), "suspension": (2, 1), "is_suspended": (3, 1), "adjustment": (4, 1), "is_resumed": (5, 1),
        "superseded": (6, 1),
    },
}  # fmt: skip
"""Column and row of each node of a published flow; one that is not listed is laid out by Viewflow."""

WORDS: dict[str, Any] = {
    "start": _("开始"),
    "procedures": _("分别履行"),
    "procedures_done": _("均已履行"),
    "implementation": _("转入执行"),
    "closing": _("办结"),
    "not_started": _("不予启动"),
    "rejected": _("未通过"),
    "archived": _("已归档"),
    "closed": _("已办结"),
    "superseded": _("由新决策替代"),
}
"""Official words for nodes that are neither steps nor questions."""

ANSWERS: dict[str, Any] = {
    "is_adopted": _("通过"),
    "is_to_revise": _("修改后再议"),
    "is_postponed": _("暂缓"),
    "is_to_change": _("调整、停止"),
    "is_to_suspend": _("暂缓执行"),
}
OTHERWISE: dict[str, Any] = {"meeting_outcome": _("不通过"), "evaluation_result": _("继续")}
"""The answers of choices, by the question, and by the choice when no question holds."""

ROW_HEIGHT = {"DecisionMaking": (74, 74, 104, 74, 74, 128, 128), "Implementation": (128, 128)}
"""Rows with questions are higher: their words stand above the diamonds."""
