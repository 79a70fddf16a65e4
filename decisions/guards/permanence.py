"""No row of the law and the facts is ever deleted; what is written once is never changed (art. 38)."""

from __future__ import annotations

from collections.abc import Iterator

from .trigger import Guard

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

CALENDARS = ("importednotice", "plan")
"""Written once like those above; in the schema since migration 0004."""

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


def permanence() -> Iterator[Guard]:
    """No row is ever deleted; rows written once are never changed."""
    for model in (*WRITTEN_ONCE, *CALENDARS):
        table = f"decisions_{model}"
        yield Guard(f"{model}_is_never_changed", table, "UPDATE", "1 = 1", f"I12: {model} rows are never changed")
    for model in sorted(kept_models()):
        table = f"decisions_{model}"
        yield Guard(f"{model}_is_never_deleted", table, "DELETE", "1 = 1", f"I12: {model} rows are never deleted")


def never_replaced() -> Iterator[Guard]:
    """On SQLite, INSERT OR REPLACE removes the row with the same key without asking the guards on deletion."""
    for model in (*WRITTEN_ONCE, *CALENDARS):
        if model != "submission":  # its key is the whole row
            table = f"decisions_{model}"
            taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
            yield Guard(f"{model}_is_never_replaced", table, "INSERT", taken, f"I12: {model} rows are never replaced")


def kept_models() -> set[str]:
    """Every model of the law and the facts that was in the schema when the guards were first installed."""
    return {*WRITTEN_ONCE, *CALENDARS, *CHANGEABLE}
