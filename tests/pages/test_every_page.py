"""axe-core finds nothing on any page, at 1280 and 390 px: every URL of the access table, and the page of every step."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from decisions import clock
from tests.browser_fixtures import examine
from tests.office import Office
from tests.test_access import TABLE, town, url_of
from workflows import acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
assert town  # the fixture

NOT_PAGES = ("opinions_csv", "document", "healthz", "readyz", "metrics", "calendar_feed", "plan_ics", "logout")


@pytest.fixture
def office(transactional_db: None):
    """The town months ago: a server in another thread sees today's clock, and what was made here must lie behind it."""
    with clock.at(timezone.localdate() - timedelta(days=900)) as now:
        yield Office(now)


def shown_to(row: dict[str, Any]) -> str | None:
    """The first of the actors whom the table lets see a page."""
    order = ("anonymous", "handler", "clerk", "chief", "reviewer", "system", "audit")
    return next((actor for actor in order if row["get"].get(actor, row["get"]["others"]) == 200), None)


def test_every_page_of_the_table(town, new_page, office):
    for name, row in TABLE.items():
        actor = shown_to(row)
        if actor is None or name in NOT_PAGES:
            continue
        person = town["people"][actor]
        page = new_page(person.username if person else None)
        response = page.goto(url_of(name, town))
        assert response is not None
        assert response.status == 200, (name, actor)
        examine(page, f"url-{name}")
        page.context.close()


def test_the_page_of_every_step(office, new_page):
    decision = office.initiate(
        has_possible_harm="on", is_technical="on", affects_market="on", affects_vital_interests="on"
    )
    seen: set[str] = set()
    for _turn in range(40):
        tasks = office.tasks(decision)
        if not tasks:
            break
        for task in tasks:
            if task.flow_task.name not in seen:
                seen.add(task.flow_task.name)
                look(office, new_page, task)
        office.perform(decision, office.open_steps(decision)[0])
    assert len(seen) >= 15


def look(office: Office, new_page, task) -> None:
    """Open the task as the first of the cast who has something to do there."""
    for person in office.people.values():
        if acting.find(task.pk, person).actors:
            page = new_page(person.username)
            response = page.goto(f"/tasks/{task.pk}/")
            assert response is not None
            assert response.status == 200
            examine(page, f"step-{task.flow_task.name}")
            page.context.close()
            return
    raise AssertionError(f"nobody can open {task.flow_task.name}")
