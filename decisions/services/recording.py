"""The record itself: completing a step, exempting one, taking a side, and the chained event log."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Decision, Event, Exemption, Involvement, Person, StepRecord, Submission
from decisions.rules import SIDE_OF, Breach, Rule, RuleBreached
from decisions.terms import Outcome, Role, Side, Status

if TYPE_CHECKING:
    from datetime import date

SEPARATION = Article("SEED")


@dataclass(frozen=True)
class Actor:
    """Who acts, under which duty, and for whom when deputizing."""

    person: Person
    role: Role
    on_behalf_of: Person | None = None

    @property
    def side(self) -> Side | None:
        return SIDE_OF.get(self.role)

    @property
    def people(self) -> list[Person]:
        """Everyone the act counts for: separation of duties sees through deputies."""
        return [self.person] if self.on_behalf_of is None else [self.person, self.on_behalf_of]


@dataclass(frozen=True)
class Occasion:
    """The one occasion at which a step is carried out (its task) and the day it was opened."""

    key: str
    opened_on: date


class SeparationBreached(RuleBreached):
    """Somebody tried to take a second side of one decision (办、审、定三分离)."""


def hold(decision: Decision) -> Decision:
    """Lock the decision for the rest of the transaction, so that its events follow one another.

    Whoever locked it already with the row that was read says so by `is_held` on that very instance (workflows.acting).
    """
    if not getattr(decision, "is_held", False):
        list(Decision.objects.select_for_update(no_key=True).filter(pk=decision.pk).values_list("pk"))
    return decision


def log(decision: Decision, kind: str, *, by: Actor | None, **payload: Any) -> Event:
    """Append an event to the decision's chain; its hash covers everything in it and the hash before."""
    hold(decision)
    sequence, previous = _end_of_chain(decision)
    event = Event(
        decision=decision,
        sequence=sequence + 1,
        kind=kind,
        actor=by.person if by else None,
        on_behalf_of=by.on_behalf_of if by else None,
        at=clock.now(),
        payload=canonical({**payload, **({"role": by.role} if by else {})}),
        previous_hash=previous,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    return event


def _end_of_chain(decision: Decision) -> tuple[int, str]:
    """The last event's number and hash, read under the lock."""
    last = decision.events.order_by("-sequence").values_list("sequence", "hash").first()
    return last or (0, "0" * 64)


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare blanks, so that equal content has equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def event_hash(event: Event) -> str:
    """SHA-256 over the event's content and its predecessor's hash."""
    content = [
        event.decision_id,
        event.sequence,
        event.kind,
        event.actor_id,
        event.on_behalf_of_id,
        event.at.astimezone(clock.SHANGHAI).isoformat(),
        event.payload,
        event.previous_hash,
    ]
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def broken_links(decision: Decision) -> list[int]:
    """Sequence numbers of events that do not follow from their predecessor; empty when the chain is whole."""
    broken, previous = [], "0" * 64
    for expected, event in enumerate(decision.events.order_by("sequence"), 1):
        if event.sequence != expected or event.previous_hash != previous or event.hash != event_hash(event):
            broken.append(event.sequence)
        previous = event.hash
    return broken


def separation_breaches(decision: Decision, actor: Actor) -> list[Breach]:
    """Why the actor, or the one acted for, may not take this side of the decision."""
    if actor.side is None:
        return []
    taken = decision.involvements.filter(person__in=actor.people).exclude(side=actor.side).select_related("person")
    return [
        Breach(
            _("%(person)s已以“%(taken)s”身份参与本事项（%(step)s），不得再以“%(side)s”身份参与")
            % {
                "person": involvement.person,
                "taken": involvement.get_side_display(),
                "step": Rule.registry[involvement.step].title,
                "side": actor.side.label,
            },
            SEPARATION,
            _("请由其他人员办理。"),
        )
        for involvement in taken
    ]


def involve(decision: Decision, actor: Actor, step: str) -> None:
    """Write down the side the actor takes; refuses a second one, as the database does."""
    if actor.side is None:
        return
    known = dict(decision.involvements.filter(person__in=actor.people).values_list("person_id", "side"))
    if any(side != actor.side for side in known.values()):
        raise SeparationBreached(separation_breaches(decision, actor))
    for person in actor.people:
        if person.pk not in known:
            Involvement.objects.create(decision=decision, person=person, side=actor.side, step=step)


@transaction.atomic(savepoint=False)
def complete_step(
    decision: Decision,
    rule: Rule,
    *,
    by: Actor,
    occasion: Occasion,
    outcome: Outcome = Outcome.DONE,
    opinion: str = "",
    because: str = "",
    details: dict[str, Any] | None = None,
) -> StepRecord:
    """Record that a step was carried out, or raise RuleBreached saying why it was not."""
    record = _new_record(decision, rule, by, occasion, outcome, opinion, because, details or {})
    if breaches := list(rule.breaches(decision, record)):
        raise RuleBreached(breaches)
    return _keep(record, rule, by)


@transaction.atomic(savepoint=False)
def exempt_step(
    decision: Decision, rule: Rule, *, by: Actor, occasion: Occasion, ground: str, legal_basis: str
) -> Exemption:
    """Leave a required step out by a signed act with its ground and legal basis, or raise RuleBreached."""
    if breaches := list(rule.exemption_breaches(decision, ground, legal_basis)):
        raise RuleBreached(breaches)
    record = _new_record(decision, rule, by, occasion, Outcome.EXEMPT, "", ground, {"legal_basis": legal_basis})
    _keep(record, rule, by)
    return Exemption.objects.create(
        decision=decision,
        record=record,
        step=rule.key,
        ground=ground,
        legal_basis=legal_basis,
        signed_by=by.on_behalf_of or by.person,
        signed_on=record.completed_on,
    )


def _new_record(
    decision: Decision,
    rule: Rule,
    by: Actor,
    occasion: Occasion,
    outcome: Outcome,
    opinion: str,
    because: str,
    details: dict[str, Any],
) -> StepRecord:
    return StepRecord(
        decision=decision,
        step=rule.key,
        draft=decision.current_draft,
        outcome=outcome,
        opinion=opinion,
        because=because,
        details=details,
        opened_on=occasion.opened_on,
        completed_on=clock.today(),
        by=by.person,
        on_behalf_of=by.on_behalf_of,
        role=by.role,
        occasion=occasion.key,
    )


def _keep(record: StepRecord, rule: Rule, by: Actor) -> StepRecord:
    decision = record.decision
    hold(decision)
    involve(decision, by, rule.key)
    record.save(force_insert=True)
    if status := rule.statuses.get(Outcome(record.outcome)):
        decision.status = status
        decision.save(update_fields=["status"])
    log(decision, f"{rule.key}.{record.outcome}", by=by, **record_facts(record))
    return record


def record_facts(record: StepRecord) -> dict[str, Any]:
    """What the chain keeps of a step record beside its step, outcome and people."""
    return {
        "record": record.pk,
        "draft": record.draft.content_hash if record.draft else None,
        "opinion": record.opinion,
        "because": record.because,
        "details": record.details,
        "opened_on": record.opened_on,
        "completed_on": record.completed_on,
    }


@transaction.atomic(savepoint=False)
def record_refusal(decision: Decision, *, by: Actor, act: str, breaches: list[Breach]) -> Event:
    """Keep that somebody was refused for taking a second side; written after the refused act was rolled back."""
    return log(decision, "refused", by=by, act=act, breaches=[str(breach) for breach in breaches])


@transaction.atomic(savepoint=False)
def begin_execution(decision: Decision) -> None:
    """A published decision is in execution (art. 34)."""
    decision.status = Status.IN_EXECUTION
    decision.save(update_fields=["status"])
    log(decision, "execution.begun", by=None, executing_unit=decision.executing_unit_id)


@transaction.atomic(savepoint=False)
def close_decision(decision: Decision) -> None:
    """Carried out, and evaluated where that is due."""
    decision.status, decision.closed_on = Status.CLOSED, clock.today()
    decision.save(update_fields=["status", "closed_on"])
    log(decision, "closed", by=None)


def submit_once(key: str) -> None:
    """Mark a form as posted; a second posting of the same key raises IntegrityError and so does nothing."""
    Submission.objects.bulk_create([Submission(key=key)])
