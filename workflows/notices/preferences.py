"""Which channels a person is told by, and when it is too late in the evening for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings

from decisions.clock import SHANGHAI
from decisions.models import Person
from workflows.models import Preference, Receiving
from workflows.terms import Kind, Medium

DEFAULTS: dict[Kind, frozenset[Medium]] = {
    Kind.ARRIVED: frozenset(),
    Kind.DUE_SOON: frozenset({Medium.EMAIL}),
    Kind.OVERDUE: frozenset({Medium.EMAIL, Medium.SMS}),
    Kind.DIGEST: frozenset({Medium.EMAIL}),
    Kind.INCIDENT: frozenset({Medium.EMAIL}),
}
"""The channels besides the inbox, which is always served, while a person has chosen nothing."""

QUIET_FROM, QUIET_UNTIL = time(22), time(7)
MOBILE = re.compile(r"1\d{10}")


class Preferences:
    """The choices of some people, read at once."""

    def __init__(self, people: Iterable[int]) -> None:
        wanted = list(people)
        self._chosen: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
        for person, kind, channel, is_on in Preference.objects.filter(person__in=wanted).values_list(
            "person", "kind", "channel", "is_on"
        ):
            self._chosen[person, kind][channel] = is_on
        rows = Receiving.objects.filter(person__in=wanted).values_list("person", "quiet_from", "quiet_until")
        self._quiet = {person: (since, until) for person, since, until in rows}

    def channels(self, person: Person, kind: Kind) -> list[Medium]:
        """The channels that are wanted and can reach the person; the inbox first."""
        wanted = {medium: medium in DEFAULTS[kind] for medium in (Medium.EMAIL, Medium.SMS)}
        wanted |= {Medium(channel): is_on for channel, is_on in self._chosen.get((person.pk, kind), {}).items()}
        return [Medium.INBOX, *(medium for medium, is_on in wanted.items() if is_on and reaches(medium, person))]

    def not_before(self, person: Person, now: datetime) -> datetime:
        """When the person may be disturbed: now, or the end of the quiet hours."""
        since, until = self._quiet.get(person.pk, (QUIET_FROM, QUIET_UNTIL))
        return after_quiet(now, since, until)


def reaches(medium: Medium, person: Person) -> bool:
    """Whether the channel is set up and the person has an address for it."""
    if medium == Medium.EMAIL:
        return bool(person.email)
    return bool(settings.SMS_GATEWAY_URL) and MOBILE.fullmatch(person.phone) is not None


def after_quiet(now: datetime, since: time, until: time) -> datetime:
    """The moment itself, or the end of the quiet hours it falls in (they may run over midnight)."""
    local = now.astimezone(SHANGHAI)
    clock, crosses = local.time(), since > until
    is_quiet = (clock >= since or clock < until) if crosses else since <= clock < until
    if not is_quiet:
        return now
    morning = local.date() + timedelta(days=1 if crosses and clock >= since else 0)
    return datetime.combine(morning, until, SHANGHAI)
