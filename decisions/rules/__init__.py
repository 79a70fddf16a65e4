"""The decree as code: one module for each statutory step, named by its step key."""

from . import (
    adjustment,
    archiving,
    collective_decision,
    coordination,
    drafting,
    evaluation,
    execution,
    expert_review,
    fair_competition_review,
    hearing,
    initiation,
    legality_review,
    party_report,
    position,
    proposal,
    public_participation,
    publication,
    revision,
    risk_assessment,
    submission,
    suspension,
)
from .base import SIDE_OF, Breach, Rule, RuleBreached, rule
from .position import Position

STEPS = (
    proposal.Proposal,
    initiation.Initiation,
    drafting.Drafting,
    coordination.Coordination,
    public_participation.PublicParticipation,
    hearing.Hearing,
    expert_review.ExpertReview,
    risk_assessment.RiskAssessment,
    fair_competition_review.FairCompetitionReview,
    revision.Revision,
    legality_review.LegalityReview,
    submission.Submission,
    collective_decision.CollectiveDecision,
    party_report.PartyReport,
    publication.Publication,
    archiving.Archiving,
    execution.Execution,
    evaluation.Evaluation,
    suspension.Suspension,
    adjustment.Adjustment,
)
"""All steps in the order of the procedure."""

__all__ = ["SIDE_OF", "STEPS", "Breach", "Position", "Rule", "RuleBreached", "position", "rule"]
