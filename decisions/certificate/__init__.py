"""The procedure certificate (程序合规证书): computed from the records, dated and cited; it says what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from decisions import clock, parameters
from decisions.assertions import Assertion, assertions
from decisions.models import StepRecord
from decisions.rules import Breach, Position, Rule
from decisions.terms import Outcome, Status

from .integrity import integrity
from .lines import Line, lines

if TYPE_CHECKING:
    from datetime import datetime

    from decisions.models import Decision


@dataclass
class Certificate:
    """What the records show about a decision's procedure at a moment."""

    title: str
    number: str
    authority: str
    facts: list[tuple[str, Any]]
    rows: list[Line]
    missing: list[Breach]
    assertions: list[Assertion]
    head: str
    checked_at: datetime = field(default_factory=clock.now)
    is_final: bool = False

    @property
    def is_complete(self) -> bool:
        """The decision was made and published, and nothing is missing or irregular."""
        return self.is_final and not self.missing


def certificate(decision: Decision) -> Certificate:
    """Build the certificate; reads only."""
    read_once(decision)
    records = list(decision.records.all())
    latest = {record.step: record for record in records}
    position = as_decided(Position.of(decision), latest)
    checked = [*assertions(decision, latest), *integrity(decision, records)]
    missing = [*_missing(decision, position), *(a.breach for a in checked if not a.holds)]
    return Certificate(
        title=decision.title,
        number=decision.number,
        authority=str(decision.authority),
        facts=_facts(decision),
        rows=lines(decision, position, latest),
        missing=missing,
        assertions=checked,
        head=_head(decision),
        is_final="publication" in latest or decision.status in (Status.NOT_STARTED, Status.REJECTED),
    )


def read_once(decision: Decision) -> None:
    """Fetch what nearly every line asks for; a certificate writes nothing, so it stays true while it is made."""
    records = StepRecord.objects.select_related("by", "on_behalf_of", "draft")
    others = ("drafts", "exemptions__signed_by", "documents", "evaluation_orders", "participations")
    prefetch_related_objects([decision], Prefetch("records", queryset=records), *others)


def as_decided(position: Position, latest: dict[str, StepRecord]) -> Position:
    """Review and submission are bound to the version put to the meeting, which adopting with changes leaves behind."""
    decided = latest.get("collective_decision")
    if decided is None or decided.outcome != Outcome.ADOPTED_WITH_CHANGES:
        return position
    stood = {
        step
        for step, record in latest.items()
        if Rule.registry[step].binding == "exact"
        and record.draft_id == decided.draft_id
        and record.outcome in Rule.registry[step].passing
    }
    return replace(position, standing=position.standing | stood)


def _head(decision: Decision) -> str:
    last = decision.events.order_by("-sequence").values_list("hash", flat=True).first()
    return last or ""


def _facts(decision: Decision) -> list[tuple[str, Any]]:
    adopted = decision.adopted_draft
    return [
        (_("事项名称"), decision.title),
        (_("事项类别"), decision.get_matter_class_display()),
        (_("承办单位"), f"{decision.lead_unit or '—'}（{decision.handler or '—'}）"),
        (_("适用规则"), dict(parameters.choices()).get(decision.jurisdiction, decision.jurisdiction)),
        (_("通过文本"), f"{adopted} {adopted.content_hash}" if adopted else _("尚未通过")),
        (_("状态"), decision.get_status_display()),
    ]


BEFORE_FORCE = (
    "proposal",
    "initiation",
    "drafting",
    "coordination",
    "public_participation",
    "hearing",
    "expert_review",
    "risk_assessment",
    "fair_competition_review",
    "legality_review",
    "submission",
    "collective_decision",
    "party_report",
    "publication",
    "archiving",
)
"""What the certificate vouches for; execution and evaluation come after and are listed as they happen."""


def _missing(decision: Decision, position: Position) -> Iterator[Breach]:
    if decision.status in (Status.NOT_STARTED, Status.REJECTED):
        return
    for step in BEFORE_FORCE:
        if position.owes(step):
            rule = Rule.registry[step]
            yield Breach(_("“%s”尚未完成") % rule.title, rule.article)
