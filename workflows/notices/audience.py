"""Whose turn it is, who stands above them, and who deputizes: whom a rung of the ladder reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from decisions.models import Decision, Deputy, Membership, Person
from decisions.terms import Role
from workflows.models import Leader, Watch
from workflows.nodes import Step, Wait
from workflows.pending import FACTS_OF_PART, Say, part_of
from workflows.roles import Duty, fits, nodes_for
from workflows.terms import Tier


@dataclass(frozen=True)
class Recipient:
    """Somebody to be told: as what, and for whom when deputizing."""

    person: Person
    tier: Tier
    on_behalf_of: Person | None = None


def read_facts(watches: Sequence[Watch]) -> None:
    """Prefetch, for all decisions together, what their due days and the parts of duties depend on."""
    wanted: dict[Any, list[Decision]] = defaultdict(list)
    for watch in watches:
        for lookup in _facts_of_parts(watch.step):
            wanted[lookup].append(watch.decision)
    for lookup, decisions in wanted.items():
        prefetch_related_objects(decisions, lookup)


def _facts_of_parts(step: str) -> set[Any]:
    return {fact for (name, _role), facts in FACTS_OF_PART.items() if name == step for fact in facts}


class Audience:
    """Who holds which duty in some authorities on one day, read at once."""

    def __init__(self, watches: Sequence[Watch], day: date) -> None:
        authorities = {watch.authority_id for watch in watches}
        held = Membership.objects.on(day).filter(unit__authority__in=authorities, person__is_active=True)
        self._duties: dict[tuple[int, Role], list[Duty]] = defaultdict(list)
        for each in held.select_related("person", "unit").order_by("pk"):
            duty = Duty(Role(each.duty), each.unit_id, each.unit.authority_id, each.person, each.person)
            self._duties[duty.authority_id, duty.role].append(duty)
        self._leaders = {row.unit_id: row.person for row in _leaders(authorities)}
        self._deputies: dict[int, list[Person]] = defaultdict(list)
        deputies = Deputy.objects.on(day).filter(deputy__is_active=True, principal__memberships__in=held)
        for deputy in deputies.select_related("deputy").distinct():
            self._deputies[deputy.principal_id].append(deputy.deputy)

    def of(self, watch: Watch, tiers: Iterable[str]) -> list[Recipient]:
        """Everybody whom these tiers reach, each once under the nearest tier, with their deputies."""
        turn = self.turn(watch)
        reached: dict[int, Recipient] = {}
        for tier in sorted(map(Tier, tiers), key=list(Tier).index):
            for person in self._people(tier, watch, turn):
                reached.setdefault(person.pk, Recipient(person, tier))
        for recipient in list(reached.values()):
            for deputy in self._deputies.get(recipient.person.pk, ()):
                reached.setdefault(deputy.pk, Recipient(deputy, recipient.tier, recipient.person))
        return list(reached.values())

    def turn(self, watch: Watch) -> list[Duty]:
        """The duties that are to act now; when everybody waits for somebody, those that complete the step."""
        node = node_of(watch.step)
        if not isinstance(node, Step):
            return self._fitting(node.roles, watch)
        duties = self._fitting(node.rule.roles | node.rule.contributors, watch)
        acting = [d for d in duties if part_of(node.rule, d, watch.decision, watch).say == Say.ACT]
        return acting or [duty for duty in duties if duty.role in node.rule.roles]

    def _fitting(self, roles: Iterable[Role], watch: Watch) -> list[Duty]:
        return [duty for role in sorted(roles) for duty in self._with(role, watch) if fits(duty, watch.decision)]

    def _people(self, tier: Tier, watch: Watch, turn: list[Duty]) -> list[Person]:
        if tier == Tier.PERSON:
            return [duty.holder for duty in turn] or self._in_place(watch)
        if tier == Tier.UNIT_HEAD:
            units = {duty.unit_id for duty in turn}
            return [head.holder for head in self._with(Role.UNIT_HEAD, watch) if head.unit_id in units]
        if tier == Tier.LEADER:
            leaders = [self._leaders[unit] for unit in {duty.unit_id for duty in turn} if unit in self._leaders]
            return leaders or self._holders(Role.CHIEF, watch)
        return self._holders(Role.CHIEF if tier == Tier.CHIEF else Role.SUPERVISOR, watch)

    def _in_place(self, watch: Watch) -> list[Person]:
        """Nobody holds the duty: the office is told, and the chief executive, so that somebody is named."""
        return self._holders(Role.OFFICE_CLERK, watch) + self._holders(Role.CHIEF, watch)

    def _holders(self, role: Role, watch: Watch) -> list[Person]:
        return [duty.holder for duty in self._with(role, watch)]

    def _with(self, role: Role, watch: Watch) -> list[Duty]:
        return self._duties.get((watch.authority_id, role), [])


def _leaders(authorities: Iterable[int]) -> Iterable[Leader]:
    return Leader.objects.filter(unit__authority__in=authorities, person__is_active=True).select_related("person")


_nodes: dict[str, Step | Wait] = {}


def node_of(step: str) -> Step | Wait:
    """The published node of this name; names are the same in every version of a flow."""
    if not _nodes:
        _nodes.update({node.name: node for role in Role for node in nodes_for(role)})
    return _nodes[step]
