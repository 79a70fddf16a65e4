"""Chapter 2, section 1: proposing a matter, starting it, naming who undertakes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from decisions import clock
from decisions.articles import Article
from decisions.models import Authority, Decision, Person, Unit
from decisions.rules import Breach, RuleBreached
from decisions.terms import Exclusion, NonDisclosureGround, Status

from .recording import Actor, log

if TYPE_CHECKING:
    from decisions.models import CatalogueItem


@transaction.atomic(savepoint=False)
def propose(authority: Authority, *, by: Actor, adjusts: Decision | None = None, **facts: Any) -> Decision:
    """Create a matter from its proposal (art. 10). The rule judges it when the proposal is recorded; what is outside
    the decree, or must not enter this system, is not even created."""
    if breaches := list(admission_breaches(facts.get("exclusion", ""), facts.get("nondisclosure_ground", ""))):
        raise RuleBreached(breaches)
    decision = Decision.objects.create(
        authority=authority,
        jurisdiction=authority.jurisdiction,
        number=next_number(authority),
        proposed_by=by.person,
        proposed_on=clock.today(),
        status=Status.PROPOSED,
        adjusts=adjusts,
        **facts,
    )
    log(decision, "proposed", by=by, title=decision.title, adjusts=adjusts.pk if adjusts else None)
    return decision


def admission_breaches(exclusion: str, nondisclosure_ground: str) -> Iterator[Breach]:
    """Why a matter may not be handled here at all."""
    if exclusion not in ("", Exclusion.NONE):
        yield Breach(
            _("%s不适用本程序") % Exclusion(exclusion).label, Article("SC713", 3, 3), _("请按有关专门规定办理。")
        )
    if nondisclosure_ground == NonDisclosureGround.STATE_SECRET:
        yield Breach(
            _("涉及国家秘密的事项不得在非涉密信息系统中存储、处理"),
            Article("LSEI", 41),
            _("请转入涉密渠道线下办理，不要在本系统填写任何内容。"),
        )


def next_number(authority: Authority) -> str:
    """The authority's next serial number of the year: 2026-007."""
    list(Authority.objects.select_for_update(no_key=True).filter(pk=authority.pk).values_list("pk"))
    year = clock.today().year
    last = authority.decisions.filter(number__startswith=f"{year}-").order_by("-number").values_list("number").first()
    return f"{year}-{int(last[0].rpartition('-')[2]) + 1 if last else 1:03d}"


@transaction.atomic(savepoint=False)
def appoint_undertaking(
    decision: Decision,
    *,
    by: Actor,
    lead_unit: Unit | None,
    co_units: list[Unit],
    handler: Person | None,
    catalogue_item: CatalogueItem | None = None,
) -> Decision:
    """Name the lead unit, co-units and handler of a matter that starts today (art. 11)."""
    decision.lead_unit, decision.handler = lead_unit, handler
    decision.catalogue_item = catalogue_item
    decision.initiated_on = clock.today() if lead_unit else None
    decision.save(update_fields=["lead_unit", "handler", "catalogue_item", "initiated_on"])
    decision.co_units.set(co_units)
    log(
        decision,
        "undertaking.appointed",
        by=by,
        lead_unit=lead_unit.name if lead_unit else None,
        co_units=[unit.name for unit in co_units],
        handler=handler.pk if handler else None,
    )
    return decision
