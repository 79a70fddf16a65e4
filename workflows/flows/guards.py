"""The questions gates ask: named, pure, of the position alone. The proof runs these very functions."""

from __future__ import annotations

from collections.abc import Callable

from decisions.rules import Position
from decisions.rules.position import BEFORE_REVIEW
from decisions.terms import Outcome


def is_started(position: Position) -> bool:
    """The chief executive decided to start."""
    return position.outcome("initiation") == Outcome.STARTED


def owes(step: str) -> Callable[[Position], bool]:
    """The step is needed and neither performed nor exempted for the current draft."""

    def owed(position: Position) -> bool:
        return position.owes(step)

    owed.__name__ = f"owes_{step}"
    return owed


def owes_procedures(position: Position) -> bool:
    """Some procedure was voided by a change, failed, or was added since."""
    return any(position.owes(step) for step in BEFORE_REVIEW)


def is_lawful(position: Position) -> bool:
    """The current draft version passed legality review."""
    return position.stands("legality_review")


def is_adopted(position: Position) -> bool:
    return position.outcome("collective_decision") in (Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES)


def is_to_revise(position: Position) -> bool:
    return position.outcome("collective_decision") == Outcome.REVISE


def is_postponed(position: Position) -> bool:
    return position.outcome("collective_decision") == Outcome.POSTPONED


def reports_to_party(position: Position) -> bool:
    return position.needs("party_report")


def is_agreed(position: Position) -> bool:
    """The Party committee agreed."""
    return position.outcome("party_report") == Outcome.AGREED


def has_grave_problem(position: Position) -> bool:
    return position.outcome("execution") == Outcome.GRAVE_PROBLEM


def is_suspended(position: Position) -> bool:
    return position.outcome("suspension") == Outcome.SUSPENDED


def is_resumed(position: Position) -> bool:
    return position.outcome("adjustment") == Outcome.RESUMED


def is_to_be_evaluated(position: Position) -> bool:
    return position.needs("evaluation")


def is_to_change(position: Position) -> bool:
    """The evaluation ends in adjusting or stopping."""
    return position.outcome("evaluation") in (Outcome.ADJUST, Outcome.STOP)


def is_to_suspend(position: Position) -> bool:
    return position.outcome("evaluation") == Outcome.SUSPEND
