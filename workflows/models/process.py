"""Viewflow's run over a decision. Facts never live here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

from decisions.models import Decision


class DecisionProcess(Process):
    """One run of a flow over a decision; keeps the hash of the graph it began under."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="processes")
    graph_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("办理流程")

    def __str__(self) -> str:
        return f"{self.flow_class}：{self.decision}"
