"""I9 and I10: who speaks at a meeting, when it ends, and which text it adopted."""

from __future__ import annotations

from .trigger import Guard

SPOKEN = """EXISTS (SELECT 1 FROM decisions_statement s JOIN decisions_agendaitem i ON i.id = s.item_id
    WHERE i.meeting_id = {row}.meeting_id)"""

NOT_TO_SPEAK = """NOT EXISTS (
    SELECT 1 FROM decisions_attendance a JOIN decisions_agendaitem i ON i.meeting_id = a.meeting_id
    WHERE i.id = NEW.item_id AND a.member_id = NEW.member_id AND a.presence = 'present' AND a.is_chief = NEW.is_chief)
    OR EXISTS (SELECT 1 FROM decisions_recusal c WHERE c.item_id = NEW.item_id AND c.member_id = NEW.member_id)"""

UNDECIDED = """NEW.step = 'collective_decision'
    AND NEW.outcome IN ('adopted', 'adopted_with_changes', 'revise', 'rejected') AND NOT EXISTS (
    SELECT 1 FROM decisions_agendaitem i JOIN decisions_statement s ON s.item_id = i.id
    WHERE i.decision_id = NEW.decision_id AND i.draft_id = NEW.draft_id AND s.is_chief)"""

NOT_DECIDED_ON = """NEW.adopted_draft_id IS NOT NULL
    AND (OLD.adopted_draft_id IS NULL OR NEW.adopted_draft_id <> OLD.adopted_draft_id) AND NOT EXISTS (
    SELECT 1 FROM decisions_steprecord r JOIN decisions_draft judged ON judged.id = r.draft_id
    JOIN decisions_draft adopted ON adopted.id = NEW.adopted_draft_id
    WHERE r.decision_id = NEW.id AND adopted.decision_id = NEW.id AND r.step = 'collective_decision'
    AND ((r.outcome = 'adopted' AND adopted.id = judged.id)
         OR (r.outcome = 'adopted_with_changes' AND adopted.number = judged.number + 1))
    AND NOT EXISTS (SELECT 1 FROM decisions_steprecord later WHERE later.decision_id = r.decision_id
                    AND later.step = 'collective_decision' AND later.id > r.id))"""

MEETING = (
    *(
        Guard(
            f"attendance_stands_once_somebody_spoke_{operation.lower()}",
            "decisions_attendance",
            operation,
            SPOKEN.format(row="NEW"),
            "I10: somebody spoke at this meeting already",
        )
        for operation in ("INSERT", "UPDATE")
    ),
    Guard(
        "only_those_who_are_there_speak",
        "decisions_statement",
        "INSERT",
        NOT_TO_SPEAK,
        "I10: this member is not present as registered, or withdrew",
    ),
    Guard(
        "whoever_spoke_does_not_withdraw",
        "decisions_recusal",
        "INSERT",
        "EXISTS (SELECT 1 FROM decisions_statement s WHERE s.item_id = NEW.item_id "
        "AND (s.is_chief OR s.member_id = NEW.member_id))",
        "I10: this member, or the chief executive, has spoken already",
    ),
    Guard(
        "a_meeting_decides_after_everybody_spoke",
        "decisions_steprecord",
        "INSERT",
        UNDECIDED,
        "I10: the chief executive, who speaks last, has not spoken",
    ),
    Guard(
        "only_the_text_decided_on_is_adopted",
        "decisions_decision",
        "UPDATE",
        NOT_DECIDED_ON,
        "I9: no meeting adopted this draft version",
    ),
)
