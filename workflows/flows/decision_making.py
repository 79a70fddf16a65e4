"""From proposal to archiving: chapters 2 and 3 of the decree. Published: change it only by a new module (ADR 0005)."""

from viewflow import this
from viewflow.workflow import flow

from decisions import rules
from workflows.flows import guards
from workflows.flows.implementation import begin_implementation
from workflows.locks import process_lock
from workflows.models import DecisionProcess
from workflows.nodes import Branches, Choice, Gate, Gather, Step


class DecisionMaking(flow.Flow):
    """重大行政决策程序"""

    process_class = DecisionProcess
    lock_impl = process_lock

    # Chapter 2, section 1: initiation
    start = flow.StartHandle().Next(this.proposal)
    proposal = Step(rules.proposal.Proposal).Next(this.initiation)
    initiation = Step(rules.initiation.Initiation).Next(this.is_started)
    is_started = Gate(guards.is_started, "是否启动").Then(this.drafting).Else(this.not_started)

    # Drafting and coordination
    drafting = Step(rules.drafting.Drafting).Next(this.coordination)
    coordination = Step(rules.coordination.Coordination).Next(this.procedures)

    # Sections 2 to 4: participation, experts, risk, side by side
    procedures = (
        Branches()
        .Next(this.public_participation, case=guards.owes("public_participation"))
        .Next(this.hearing, case=guards.owes("hearing"))
        .Next(this.expert_review, case=guards.owes("expert_review"))
        .Next(this.risk_assessment, case=guards.owes("risk_assessment"))
        .Next(this.fair_competition_review, case=guards.owes("fair_competition_review"))
        .Always(this.procedures_done)
    )
    public_participation = Step(rules.public_participation.PublicParticipation).Next(this.procedures_done)
    hearing = Step(rules.hearing.Hearing).Next(this.procedures_done)
    expert_review = Step(rules.expert_review.ExpertReview).Next(this.procedures_done)
    risk_assessment = Step(rules.risk_assessment.RiskAssessment).Next(this.procedures_done)
    fair_competition_review = Step(rules.fair_competition_review.FairCompetitionReview).Next(this.procedures_done)
    procedures_done = Gather().Next(this.revision)

    # The draft is improved; what a material change voids, or what failed, is done again
    revision = Step(rules.revision.Revision).Next(this.owes_procedures)
    owes_procedures = Gate(guards.owes_procedures, "是否重新履行").Then(this.procedures).Else(this.legality_review)

    # Chapter 3, section 1: legality review
    legality_review = Step(rules.legality_review.LegalityReview).Next(this.is_lawful)
    is_lawful = Gate(guards.is_lawful, "审查是否通过").Then(this.submission).Else(this.revision)

    # Section 2: collective decision and publication
    submission = Step(rules.submission.Submission).Next(this.collective_decision)
    collective_decision = Step(rules.collective_decision.CollectiveDecision).Next(this.meeting_outcome)
    meeting_outcome = (
        Choice("会议决定")
        .Case(this.reports_to_party, guards.is_adopted)
        .Case(this.revision, guards.is_to_revise)
        .Case(this.collective_decision, guards.is_postponed)
        .Default(this.rejected)
    )
    reports_to_party = Gate(guards.reports_to_party, "是否请示报告").Then(this.party_report).Else(this.publication)
    party_report = Step(rules.party_report.PartyReport).Next(this.is_agreed)
    is_agreed = Gate(guards.is_agreed, "党委是否同意").Then(this.publication).Else(this.revision)
    publication = Step(rules.publication.Publication).Next(this.implementation)
    implementation = flow.Function(begin_implementation).Next(this.archiving)
    archiving = Step(rules.archiving.Archiving).Next(this.archived)

    not_started = flow.End()
    rejected = flow.End()
    archived = flow.End()
