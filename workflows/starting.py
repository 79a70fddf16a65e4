"""Beginning a run of a flow over a decision."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from workflows.nodes import outgoing

if TYPE_CHECKING:
    from decisions.models import Decision
    from workflows.models import DecisionProcess


def begin(flow_class: Any, decision: Decision) -> DecisionProcess:
    """Start a flow over the decision and let its token move to the first open task."""
    start = flow_class.instance.node("start")
    activation = start.activation_class.create(start, None, None)
    process: DecisionProcess = activation.process
    process.decision = decision
    process.graph_hash = graph_hash(flow_class)
    activation.execute()
    return process


@lru_cache
def graph_hash(flow_class: Any) -> str:
    """SHA-256 over a flow's nodes and edges: what a published flow may never change."""
    lines = []
    for node in sorted(flow_class.instance.nodes(), key=lambda node: node.name):
        edges = ",".join(f"{label}>{target.name}" for label, target in outgoing(node))
        lines.append(f"{node.name}:{type(node).__name__}:{edges}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
