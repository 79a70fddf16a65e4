"""I5, I9 and I11: what is published, who evaluates, and how a decision in force ends."""

from __future__ import annotations

from .trigger import Guard

BARRED = """EXISTS (SELECT 1 FROM decisions_involvement i WHERE i.decision_id = NEW.decision_id
    AND i.person_id = NEW.evaluator_id AND i.side <> 'evaluate')
    OR EXISTS (SELECT 1 FROM decisions_riskassessment r WHERE r.decision_id = NEW.decision_id
               AND r.assessor_name = NEW.evaluator_name)"""


def reached_by(status: str, step: str, outcome: str) -> Guard:
    """A decision has this status only after a record that says so."""
    return Guard(
        f"a_decision_is_{status}_by_procedure",
        "decisions_decision",
        "UPDATE",
        f"NEW.status = '{status}' AND OLD.status <> '{status}' AND NOT EXISTS (SELECT 1 FROM decisions_steprecord r "
        f"WHERE r.decision_id = NEW.id AND r.step = '{step}' AND r.outcome = '{outcome}')",
        "I11: a decision is changed or ended by procedure only",
    )


AFTER = (
    Guard(
        "what_is_not_public_is_not_published",
        "decisions_publication",
        "INSERT",
        "NEW.is_published AND EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id "
        "AND d.openness <> 'public')",
        "I9: this matter is not to be published",
    ),
    Guard(
        "the_text_issued_stays_the_adopted_one",
        "decisions_decision",
        "UPDATE",
        "OLD.adopted_draft_id IS NOT NULL "
        "AND (NEW.adopted_draft_id IS NULL OR NEW.adopted_draft_id <> OLD.adopted_draft_id) "
        "AND EXISTS (SELECT 1 FROM decisions_publication p WHERE p.decision_id = NEW.id)",
        "I9: the text was issued already",
    ),
    Guard(
        "whoever_assessed_before_does_not_evaluate",
        "decisions_evaluation",
        "INSERT",
        BARRED,
        "I5: whoever took part before the decision does not evaluate it",
    ),
    reached_by("suspended", "suspension", "suspended"),
    reached_by("superseded", "adjustment", "superseded"),
    reached_by("closed", "execution", "done"),
)
