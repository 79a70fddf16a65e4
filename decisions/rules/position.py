"""Where a decision stands in law: which steps are needed, which stand for the current draft, how each last ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decisions.terms import Outcome

from .base import Rule

if TYPE_CHECKING:
    from decisions.models import Decision, StepRecord

BEFORE_REVIEW = (
    "public_participation",
    "hearing",
    "expert_review",
    "risk_assessment",
    "fair_competition_review",
)
"""The procedures that run side by side and that a material change may void."""

BEFORE_MEETING = ("drafting", "coordination", *BEFORE_REVIEW, "legality_review", "submission")
"""Everything that must stand, where it is needed, when the meeting decides."""


@dataclass(frozen=True)
class Position:
    """What gates ask. The proof builds the same object from its own states, so it runs the very gates."""

    needed: frozenset[str]
    standing: frozenset[str]
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def needs(self, step: str) -> bool:
        return step in self.needed

    def stands(self, step: str) -> bool:
        """The step was performed, or lawfully exempted, and no later change of the draft voids it."""
        return step in self.standing

    def owes(self, step: str) -> bool:
        """The step is needed and does not stand."""
        return step in self.needed and step not in self.standing

    def outcome(self, step: str) -> Outcome | None:
        """How the step last ended."""
        return self.outcomes.get(step)

    @classmethod
    def of(cls, decision: Decision) -> Position:
        """Read the position from the decision's draft versions and records (two queries, none where prefetched)."""
        versions = list(decision.drafts.all())
        numbers: dict[int | None, int] = {draft.pk: draft.number for draft in versions}
        latest = {record.step: record for record in decision.records.all()}
        needed = frozenset(key for key, rule in Rule.registry.items() if rule().applies(decision))
        standing = frozenset(
            step
            for step, record in latest.items()
            if step not in refused_exemptions(latest)
            and stands(
                Rule.registry[step],
                Outcome(record.outcome),
                judged=numbers.get(record.draft_id, 0),
                current=numbers.get(decision.current_draft_id, 0),
                voided_at=[draft.number for draft in versions if step in draft.voids],
            )
        )
        return cls(needed, standing, {step: Outcome(record.outcome) for step, record in latest.items()})


def refused_exemptions(latest: dict[str, StepRecord]) -> set[str]:
    """The exempted steps whose ground the last legality review did not accept: they are owed after all (art. 27)."""
    review = latest.get("legality_review")
    refused = review.details.get("exemptions_refused", ()) if review else ()
    return {
        step
        for step in refused
        if review and latest[step].outcome == Outcome.EXEMPT and latest[step].recorded_at <= review.recorded_at
    }


def stands(rule: type[Rule], outcome: Outcome, *, judged: int, current: int, voided_at: list[int]) -> bool:
    """Whether a step that ended so on draft version `judged` still stands for version `current`."""
    if outcome == Outcome.EXEMPT:
        return bool(rule.exempted_by) and not any(judged < number <= current for number in voided_at)
    if outcome not in rule.passing:
        return False
    if rule.binding == "exact":
        return judged == current
    if rule.binding == "until_voided":
        return not any(judged < number <= current for number in voided_at)
    return True


def round_start(decision: Decision, step: str) -> int:
    """The number of the first draft version whose facts count for the step: the last one that voided it, or 1."""
    return max((draft.number for draft in decision.drafts.all() if step in draft.voids), default=1)


def counting_drafts(decision: Decision, step: str) -> set[int]:
    """The draft versions (by primary key) whose facts count for the step."""
    start = round_start(decision, step)
    return {draft.pk for draft in decision.drafts.all() if draft.number >= start}
