"""A flow's graph as plain data, read from the running class: what the proof searches and mutants are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from viewflow.workflow import flow

from decisions.rules import STEPS, Position, Rule
from workflows.nodes import Branches, Choice, Gate, Gather, Step, Wait

Question = Callable[[Position], bool]


@dataclass(frozen=True)
class Place:
    """One node: its kind, the rule of a step, and its edges with the question that opens each (none: always)."""

    name: str
    kind: str
    title: str
    edges: tuple[tuple[Question | None, str], ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True)
class Graph:
    """All places of a flow by name."""

    name: str
    places: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, flow_class: Any) -> Graph:
        """Read the graph that the engine runs."""
        places = {node.name: _place(node) for node in flow_class.instance.nodes()}
        return cls(str(flow_class.process_title), places)

    @property
    def steps(self) -> list[Place]:
        """Its statutory steps in the order of the procedure."""
        return [self.places[step.key] for step in STEPS if step.key in self.places]


def _place(node: Any) -> Place:
    kinds = {Step: "step", Wait: "wait", Gate: "gate", Choice: "choice", Branches: "branches", Gather: "gather"}
    known = next((kind for node_class, kind in kinds.items() if isinstance(node, node_class)), None)
    if known is None:
        known = "end" if isinstance(node, flow.End) else "pass"
    title = str(node.task_title or node.name)
    return Place(node.name, known, title, tuple(_edges(node, known)), node.rule if known == "step" else None)


def _edges(node: Any, kind: str) -> Any:
    if kind == "gate":
        question = node.question
        yield question, node._on_true.name
        yield None, node._on_false.name
    elif kind in ("choice", "branches"):
        yield from ((case, target.name) for target, case, *_data in node._branches)
    elif kind != "end" and node._next is not None:
        yield None, node._next.name
