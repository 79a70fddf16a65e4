"""One batch of watches: reckon each from the facts, say the latest rung reached, say when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from decisions import clock
from workflows.models import Group, Notice, Watch
from workflows.nodes import Step, Wait
from workflows.notices.audience import Audience, Recipient, node_of, read_facts
from workflows.notices.keeping import keep, keep_watches, say_again, settle
from workflows.notices.ladder import Climb, Ladders, tomorrow_morning
from workflows.notices.writing import Words, render, write
from workflows.terms import Kind, Tier
from workflows.watching import ARRIVED


class Batch:
    """Watches that were claimed together."""

    def __init__(self, watches: Sequence[Watch], now: datetime) -> None:
        self.now, self.today = now, clock.day_of(now)
        self.closed = [watch for watch in watches if watch.closed_at]
        self.open = [watch for watch in watches if not watch.closed_at]

    def run(self) -> int:
        """Everything, in the surrounding transaction; how many deliveries now wait."""
        settle(self.closed, self.now)
        if not self.open:
            return 0
        read_facts(self.open)
        authorities = {watch.authority_id for watch in self.open}
        self.ladders = Ladders(authorities, self.now)
        self.audience = Audience(self.open, self.today)
        self.groups = list(Group.objects.filter(is_active=True, authority__in=authorities))
        notices = [notice for watch in self.open for notice in self.look_at(watch)]
        waiting = keep(notices, self.now) + say_again(self.unheard, self.now)
        keep_watches(self.open)
        return waiting

    def look_at(self, watch: Watch) -> Iterator[Notice]:
        """What is to be said about one task now; the watch remembers it and when to look again."""
        node = node_of(watch.step)
        self.reckon(watch, node)
        assert watch.due_on is not None
        standing = self.ladders.standing(watch.authority_id, watch.step, watch.due_on)
        if reached := [climb for climb in standing.reached if is_news(climb, watch)]:
            yield from self.climbed(watch, node, reached)
        elif not watch.rung:
            yield from self.arrived(watch, node)
        watch.next_at = min(standing.next_at, tomorrow_morning(self.now)) if watch.colour else standing.next_at

    def reckon(self, watch: Watch, node: Step | Wait) -> None:
        """The deadline as the facts stand; a moved one starts the ladder anew."""
        deadline = node.deadline(watch.decision, watch.opened_on)
        if watch.due_on != deadline.day and watch.rung:
            watch.rung, watch.colour = ARRIVED, ""
        watch.due_on, watch.because, watch.is_statutory = deadline.day, deadline.because, deadline.is_statutory

    def arrived(self, watch: Watch, node: Step | Wait) -> Iterator[Notice]:
        """Tell whose turn it is that something came in; a wait asks nothing of anybody."""
        watch.rung = ARRIVED
        if isinstance(node, Step):
            for to in self.audience.of(watch, [Tier.PERSON]):
                yield personal(Kind.ARRIVED, watch, self.words(Kind.ARRIVED, watch, node, to.tier), to)

    def climbed(self, watch: Watch, node: Step | Wait, reached: list[Climb]) -> Iterator[Notice]:
        """Say the latest rung, also to those whom an earlier one, passed while nobody swept, would have told."""
        last = reached[-1]
        watch.rung, watch.colour = last.name, last.rung.colour
        kind = Kind.OVERDUE if last.offset > 0 else Kind.DUE_SOON
        passed = [climb for climb in reached if climb.offset > 0] or [last]
        for to in self.audience.of(watch, {tier for climb in passed for tier in climb.rung.tiers}):
            yield personal(kind, watch, self.words(kind, watch, node, to.tier), to)
        if watch.colour:
            yield from (to_group(watch, group) for group in self.groups if group.authority_id == watch.authority_id)

    def words(self, kind: Kind, watch: Watch, node: Step | Wait, tier: Tier) -> Words:
        title = str(node.rule.title if isinstance(node, Step) else node.task_title)
        return write(kind, watch, title, today=self.today, tier=tier, is_wait=isinstance(node, Wait))

    @property
    def unheard(self) -> Iterable[Watch]:
        """Overdue watches whose present rung may have to be said again."""
        return [watch for watch in self.open if watch.colour]


def is_news(climb: Climb, watch: Watch) -> bool:
    """Whether a rung was not said yet; one that lay behind when the task came in never is."""
    if climb.offset <= 0 and clock.day_of(climb.moment) <= watch.opened_on:
        return False
    return watch.rung in ("", ARRIVED) or climb.offset > int(watch.rung)


def personal(kind: Kind, watch: Watch, words: Words, to: Recipient) -> Notice:
    """A notice to one person, not yet kept."""
    url = f"/tasks/{watch.task_id}/" if to.tier == Tier.PERSON else f"/decisions/{watch.decision_id}/"
    who = {"recipient": to.person, "on_behalf_of": to.on_behalf_of, "tier": to.tier}
    return _notice(kind, watch, words, f"person:{to.person.pk}", url=url, **who)


def to_group(watch: Watch, group: Group) -> Notice:
    """A notice to a chat group, not yet kept: it names nobody and quotes nothing."""
    words = render("group", url=settings.SITE_URL)
    return _notice(Kind.OVERDUE, watch, words, f"group:{group.pk}", group=group, is_unread=False)


def _notice(kind: Kind, watch: Watch, words: Words, to: str, **more: Any) -> Notice:
    return Notice(
        key=f"task:{watch.task_id}:{watch.due_on}:{watch.rung}:{to}",
        kind=kind,
        watch=watch,
        decision=watch.decision,
        rung=watch.rung,
        colour=watch.colour,
        due_on=watch.due_on,
        is_statutory=watch.is_statutory,
        subject=words.subject,
        text=words.text,
        sha256=words.sha256,
        **more,
    )
