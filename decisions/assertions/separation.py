"""办、审、定 apart, told anew from who did what in the chain of events, not from the register that refuses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from decisions.articles import Article
from decisions.rules import SIDE_OF
from decisions.terms import Role, Side

from .assertion import Assertion

if TYPE_CHECKING:
    from decisions.models import Decision


def separation(decision: Decision) -> Assertion:
    """Nobody who acted in the matter stands on two of its sides; the assertion says how many stand on each."""
    sides: dict[int, set[Side]] = defaultdict(set)
    for person, side in acted(decision):
        sides[person].add(side)
    counted = [(side, sum(side in taken for taken in sides.values())) for side in Side]
    told = "、".join(f"{side.label}{count}人" for side, count in counted if count)
    both = sum(len(taken) > 1 for taken in sides.values())
    words = _("办、审、定相互分离：%s") % (told or _("尚无人办理"))
    if both:
        words += _("；%d人兼有两种身份") % both
    return Assertion(words, Article("SEED"), both == 0)


def acted(decision: Decision) -> Iterator[tuple[int, Side]]:
    """Everybody who acted or spoke, principals of deputies included, each with the side of the act."""
    events = decision.events.exclude(kind="refused").values_list("actor", "on_behalf_of", "payload")
    for actor, principal, payload in events:
        role = json.loads(payload).get("role")
        if side := SIDE_OF.get(Role(role)) if role else None:
            yield from ((person, side) for person in (actor, principal) if person)
    speakers = decision.agenda_items.filter(statements__isnull=False).values_list("statements__member", flat=True)
    yield from ((person, Side.DECIDE) for person in speakers)
    registered = decision.involvements.values_list("person", "side")
    yield from ((person, Side(taken)) for person, taken in registered)
