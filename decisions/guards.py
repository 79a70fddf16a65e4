"""What the database itself refuses: changed or removed records, and facts out of order (procedure, section 5).

The same conditions run as triggers on SQLite and PostgreSQL. They are part of the schema: migrations install them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

WRITTEN_ONCE = (
    "articleopinion",
    "document",
    "draft",
    "draftarticle",
    "evaluation",
    "evaluationorder",
    "event",
    "exemption",
    "expertopinion",
    "expertreply",
    "faircompetitionreview",
    "involvement",
    "legalbasis",
    "legalopinion",
    "opinion",
    "opinionanswer",
    "progressreport",
    "publication",
    "publicfeedback",
    "recusal",
    "risk",
    "riskassessment",
    "statement",
    "steprecord",
    "submission",
    "supervision",
)
"""Models whose rows are never changed once written."""


@dataclass(frozen=True)
class Guard:
    """A trigger: it refuses the operation on the table when the condition holds for the new (or old) row."""

    name: str
    table: str
    operation: str
    refuses_when: str
    because: str

    def create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} WHEN {self.refuses_when} "
                f"BEGIN SELECT RAISE(ABORT, '{self.because}'); END"
            ]
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.refuses_when} THEN RAISE EXCEPTION '{self.because}' USING ERRCODE = 'check_violation'; END IF; "
            f"{'RETURN OLD' if self.operation == 'DELETE' else 'RETURN NEW'}; END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}"]


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
        "NEW.step = 'public_participation' AND NEW.outcome = 'done' AND EXISTS (SELECT 1 FROM decisions_participation p "
        "WHERE p.decision_id = NEW.decision_id AND p.closes_on >= NEW.completed_on)",
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
        for guard in FACTS
    ]


def permanence() -> Iterator[Guard]:
    """No row is ever deleted; rows written once are never changed."""
    for model in WRITTEN_ONCE:
        table = f"decisions_{model}"
        yield Guard(f"{model}_is_never_changed", table, "UPDATE", "1 = 1", f"I12: {model} rows are never changed")
    for model in sorted(kept_models()):
        table = f"decisions_{model}"
        yield Guard(f"{model}_is_never_deleted", table, "DELETE", "1 = 1", f"I12: {model} rows are never deleted")


def kept_models() -> set[str]:
    """Every model of the law and the facts that was in the schema when the guards were first installed."""
    return {*WRITTEN_ONCE, *CHANGEABLE}


CHANGEABLE = (
    "agendaitem",
    "attendance",
    "authority",
    "catalogue",
    "catalogueitem",
    "decision",
    "deputy",
    "executionplan",
    "expert",
    "expertappointment",
    "hearing",
    "hearingparticipant",
    "meeting",
    "membership",
    "participation",
    "partyreport",
    "person",
    "supplement",
    "suspension",
    "unit",
    "unitconsultation",
)
"""Models whose rows change as facts come in, but are never deleted."""


def guards(vendor: str) -> list[Guard]:
    return [*facts(vendor), *permanence()]


def install(_apps: Any = None, schema_editor: Any = None) -> None:
    """Put every guard in place."""
    database = schema_editor.connection if schema_editor else connection
    with database.cursor() as cursor:
        for guard in guards(database.vendor):
            for statement in guard.create(database.vendor):
                cursor.execute(statement)


def uninstall(_apps: Any = None, schema_editor: Any = None) -> None:
    database = schema_editor.connection if schema_editor else connection
    with database.cursor() as cursor:
        for guard in guards(database.vendor):
            for statement in guard.drop(database.vendor):
                cursor.execute(statement)


@contextmanager
def removed() -> Iterator[None]:
    """Without guards: only for emptying a test database between tests."""
    uninstall()
    try:
        yield
    finally:
        install()


def unguarded_models() -> set[str]:
    """Models of ours that no guard protects from deletion; must be empty."""
    models = {m._meta.model_name for m in apps.get_app_config("decisions").get_models(include_auto_created=False)}
    return {name for name in models if name is not None} - kept_models()
