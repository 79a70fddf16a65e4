"""Facts out of order: the same conditions on SQLite and PostgreSQL (procedure, section 5)."""

from __future__ import annotations

from .after import AFTER
from .meeting import MEETING
from .trigger import Guard

REVIEWED = """NOT EXISTS (
    SELECT 1 FROM decisions_steprecord r WHERE r.decision_id = NEW.decision_id AND r.draft_id = NEW.draft_id
    AND r.step = 'legality_review' AND r.outcome IN ('lawful', 'exploratory')
    AND NOT EXISTS (SELECT 1 FROM decisions_steprecord later WHERE later.decision_id = r.decision_id
                    AND later.step = 'legality_review' AND later.id > r.id))"""

UNSPOKEN = """NEW.is_chief AND EXISTS (
    SELECT 1 FROM decisions_attendance a JOIN decisions_agendaitem i ON i.meeting_id = a.meeting_id
    WHERE i.id = NEW.item_id AND a.presence = 'present' AND NOT a.is_chief
    AND NOT EXISTS (SELECT 1 FROM decisions_recusal c WHERE c.item_id = i.id AND c.member_id = a.member_id)
    AND NOT EXISTS (SELECT 1 FROM decisions_statement s WHERE s.item_id = i.id AND s.member_id = a.member_id))"""

FACTS = (
    Guard(
        "only_a_reviewed_draft_is_put_to_a_meeting",
        "decisions_agendaitem",
        "INSERT",
        REVIEWED,
        "I1: this draft version has not passed legality review",
    ),
    Guard(
        "only_a_reviewed_draft_is_adopted",
        "decisions_steprecord",
        "INSERT",
        f"NEW.step = 'collective_decision' AND NEW.outcome IN ('adopted', 'adopted_with_changes') AND {REVIEWED}",
        "I1: this draft version has not passed legality review",
    ),
    Guard(
        "the_chief_speaks_last",
        "decisions_statement",
        "INSERT",
        UNSPOKEN,
        "I10: a present member has not spoken yet",
    ),
    Guard(
        "nobody_speaks_after_the_chief",
        "decisions_statement",
        "INSERT",
        "EXISTS (SELECT 1 FROM decisions_statement s WHERE s.item_id = NEW.item_id AND s.is_chief)",
        "I10: the chief executive has spoken already",
    ),
    Guard(
        "only_the_adopted_text_is_published",
        "decisions_publication",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id "
        "AND d.adopted_draft_id = NEW.draft_id)",
        "I9: this is not the adopted draft version",
    ),
    Guard(
        "participation_ends_after_its_period",
        "decisions_steprecord",
        "INSERT",
        "NEW.step = 'public_participation' AND NEW.outcome = 'done' "
        "AND EXISTS (SELECT 1 FROM decisions_participation p WHERE p.decision_id = NEW.decision_id "
        "AND p.closes_on >= NEW.completed_on)",
        "I6: a period for opinions is still running",
    ),
    Guard(
        "participation_ends_with_every_opinion_answered",
        "decisions_steprecord",
        "INSERT",
        "NEW.step = 'public_participation' AND NEW.outcome = 'done' AND EXISTS (SELECT 1 FROM decisions_opinion o "
        "WHERE o.decision_id = NEW.decision_id "
        "AND NOT EXISTS (SELECT 1 FROM decisions_opinionanswer a WHERE a.opinion_id = o.id))",
        "I14: an opinion has no answer",
    ),
    Guard(
        "a_comment_period_is_never_shortened",
        "decisions_participation",
        "UPDATE",
        "NEW.closes_on < OLD.closes_on OR NEW.opened_on <> OLD.opened_on OR NEW.minimum_days <> OLD.minimum_days",
        "I6: a published period may only be extended",
    ),
    Guard(
        "a_short_comment_period_says_why",
        "decisions_participation",
        "INSERT",
        "",
        "I6: shorter than the minimum without a reason",
    ),
)


def facts(vendor: str) -> list[Guard]:
    """The guards over facts; date arithmetic is the one thing the two databases write differently."""
    days = (
        "julianday(NEW.closes_on) - julianday(NEW.opened_on)"
        if vendor == "sqlite"
        else "(NEW.closes_on - NEW.opened_on)"
    )
    short = f"NEW.form = 'public_comment' AND {days} < NEW.minimum_days AND NEW.shortened_because = ''"
    return [
        guard if guard.refuses_when else Guard(guard.name, guard.table, guard.operation, short, guard.because)
        for guard in (*FACTS, *MEETING, *AFTER)
    ]
