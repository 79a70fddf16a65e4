"""The event chain: read by its authority and by audit administrators, who see nothing else; a broken link shows."""

from django.db import connection
from django.test import Client

from decisions import guards
from decisions.models import Person
from decisions.terms import AdminRole
from tests.office import Office


def auditor() -> Client:
    client = Client()
    client.force_login(Person.objects.create(username="audit", name="审计员", admin_role=AdminRole.AUDIT))
    return client


def test_the_chain_is_shown_and_whole(office: Office) -> None:
    decision = office.initiate()
    response = office.client("li").get(f"/decisions/{decision.pk}/events/")
    assert "核验通过" in response.content.decode()
    assert "决策启动：同意启动" in response.content.decode()
    assert decision.events.last().hash in response.content.decode()


def test_a_changed_event_shows(office: Office) -> None:
    decision = office.initiate()
    with guards.removed(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE decisions_event SET payload = '{}' WHERE decision_id = %s AND sequence = 2", [decision.pk]
        )
    page = office.client("li").get(f"/decisions/{decision.pk}/events/").content.decode()
    assert "核验不通过" in page
    assert "第2号" in page


def test_audit_administrators_see_the_chain_and_nothing_else(office: Office) -> None:
    decision, client = office.propose(), auditor()
    assert client.get(f"/decisions/{decision.pk}/events/").status_code == 200
    for page in ("", "record/", "documents/", "process/"):
        assert client.get(f"/decisions/{decision.pk}/{page}").status_code == 404
    assert client.get("/decisions/999/events/").status_code == 404
    assert client.get("/decisions/").context["rows"] == []


def test_other_administrators_see_no_chain(office: Office) -> None:
    decision, client = office.propose(), Client()
    client.force_login(Person.objects.create(username="system", name="管理员", admin_role=AdminRole.SYSTEM))
    assert client.get(f"/decisions/{decision.pk}/events/").status_code == 404
