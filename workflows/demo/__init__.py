"""The demo: Muli Town, its county and its neighbour, with matters at every stage, played like any other case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password

from decisions import clock
from decisions.models import Membership, Person
from workflows.play import Case, Malformed, Played, Tally, play, read_cases
from workflows.play.marks import read_documents
from workflows.play.town import settle

HERE = Path(__file__).parent
TOWN = HERE / "town.yaml"
MATTERS = HERE / "matters"
PASSWORD = "muli-demo-2026"
"""The one password of every demo account. It is printed, and nowhere else but in the README."""


def cases() -> list[Case]:
    """The matters, oldest first, so that numbers follow the days."""
    return [case for file in sorted(MATTERS.glob("*.yaml")) for case in read_cases(file)]


def load(today: date, tell: Callable[[str], None]) -> int:
    """Play every matter up to today and let everybody sign in; how many matters there are."""
    for case in (found := cases()):
        tell(case.title)
        tally = play(case, Unmet(case), keeps=True, today=today)
        if tally.unmet:
            raise Malformed(case.file, case.section.line, "", "演示事项与预期不符")
    admit()
    return len(found)


class Unmet:
    """Says nothing of what goes as expected; what does not is a fault of the demo."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def begin(self, case: Case, jurisdiction: str) -> None:
        pass

    def tell(self, played: Played) -> None:
        if played.unmet:
            said = "；".join([*played.unmet, *map(str, played.reasons)])
            raise Malformed(self.case.file, played.act.line, played.act.name, said)

    def end(self, tally: Tally, *, is_kept: bool) -> None:
        pass


def people() -> list[Person]:
    """Everybody of the demo, in the order of the town's file."""
    return list(settle(read_documents(TOWN)[0], clock.today()).people.values())


def admit() -> None:
    """Give everybody of the demo the same password; hashed once, for argon2 takes its time."""
    Person.objects.filter(pk__in=[person.pk for person in people()]).update(password=make_password(PASSWORD))


def accounts() -> Iterator[tuple[str, str, str, str]]:
    """Username, name, duties and authority of every demo account that exists."""
    held = Membership.objects.current().select_related("person", "unit__authority").order_by("pk")
    for person in people():
        mine = [row for row in held if row.person_id == person.pk]
        duties = (
            "、".join(dict.fromkeys(str(row.get_duty_display()) for row in mine)) or person.get_admin_role_display()
        )
        where = mine[0].unit.authority.short_name if mine else ""
        yield person.username, person.name, duties, where
