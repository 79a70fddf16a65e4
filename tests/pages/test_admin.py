"""The administration: who may do what there, and that nothing is deleted and no matter is seen."""

import pytest
from django.contrib import admin
from django.test import Client

from decisions.models import Authority, Membership, Person, Unit
from decisions.terms import AdminRole, Role
from tests.office import Office

KEPT = (Authority, Unit, Person, Membership)


def administrator(role: AdminRole) -> Person:
    return Person.objects.create(username=f"admin-{role}", name="管理员", admin_role=role, is_staff=True)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def system(office: Office) -> Client:
    return signed_in(administrator(AdminRole.SYSTEM))


@pytest.fixture
def security(office: Office) -> Client:
    return signed_in(administrator(AdminRole.SECURITY))


def url(model: type, *rest: object) -> str:
    return "/".join(["/admin/decisions", model._meta.model_name, *map(str, rest), ""])


def test_only_administration_is_registered_and_no_fact_of_a_matter() -> None:
    ours = {model for model in admin.site._registry if model._meta.app_label == "decisions"}
    assert ours == set(KEPT)


@pytest.mark.parametrize("role", ["sun", "wang", AdminRole.AUDIT])
def test_nobody_else_enters(office: Office, role: str) -> None:
    client = signed_in(administrator(AdminRole.AUDIT)) if role == AdminRole.AUDIT else office.client(role)
    assert client.get("/admin/").status_code == 302


def test_the_first_superuser_enters_until_given_a_duty(office: Office) -> None:
    first = Person.objects.create_superuser("root", password="一个很长的口令", name="首位管理员")
    assert signed_in(first).get(url(Person)).status_code == 200
    office.employ("root", "首位管理员", "党政办", Role.OFFICE_CLERK)
    assert signed_in(first).get("/admin/").status_code == 302


def test_nothing_is_deleted(system: Client, office: Office) -> None:
    for model in KEPT:
        row = model.objects.first()
        assert system.get(url(model)).status_code == 200
        assert system.get(url(model, row.pk, "change")).status_code == 200
        assert system.post(url(model, row.pk, "delete"), {"post": "yes"}).status_code == 403
        tried = system.post(url(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
        assert tried.status_code in (200, 302)
        assert model.objects.filter(pk=row.pk).exists()


def test_the_system_administrator_makes_somebody_with_a_duty(system: Client, office: Office) -> None:
    new = {
        "username": "he",
        "name": "何新",
        "phone": "",
        "email": "",
        "admin_role": "",
        "password1": "长口令长口令长口令一",
    }
    response = system.post(url(Person, "add"), {**new, "password2": new["password1"]})
    assert response.status_code == 302, response.context["adminform"].errors
    he = Person.objects.get(username="he")
    assert he.check_password(new["password1"])
    assert not he.is_staff
    unit = office.unit("农业农村办")
    duty = {"person": he.pk, "unit": unit.pk, "duty": Role.HANDLER, "title": "", "since": "2026-03-02", "until": ""}
    assert system.post(url(Membership, "add"), duty).status_code == 302
    held = he.memberships.get()
    changed = {"title": "", "duty": Role.CHIEF, "since": "2020-01-01", "until": "2026-12-31"}
    assert system.post(url(Membership, held.pk, "change"), changed).status_code == 302
    held.refresh_from_db()
    assert (held.duty, str(held.since), str(held.until)) == (Role.HANDLER, "2026-03-02", "2026-12-31")


def test_administrators_hold_no_duty(system: Client, office: Office) -> None:
    clerk, auditor = office.people["li"], administrator(AdminRole.AUDIT)
    facts = {"username": "li", "name": "李文书", "phone": "", "email": "", "admin_role": "audit", "is_active": "on"}
    response = system.post(url(Person, clerk.pk, "change"), facts)
    assert "不得兼任" in response.content.decode()
    duty = {"person": auditor.pk, "unit": office.unit("党政办").pk, "duty": Role.MEMBER, "since": "2026-03-02"}
    assert system.post(url(Membership, "add"), duty).status_code == 200
    assert not auditor.memberships.exists()


def test_the_security_administrator_switches_accounts_and_no_more(security: Client, office: Office) -> None:
    sun, at_work = office.people["sun"], office.client("sun")
    assert security.get(url(Unit)).status_code == 403
    assert security.get(url(Person, "add")).status_code == 403
    assert security.get(url(Person, sun.pk, "password")).status_code == 403
    page = security.get(url(Person, sun.pk, "change")).content.decode()
    assert 'name="is_active"' in page
    assert 'name="admin_role"' not in page
    security.post(url(Person), {"action": "deactivate", "_selected_action": [sun.pk]})
    sun.refresh_from_db()
    assert not sun.is_active
    assert at_work.get("/").status_code == 302
    security.post(url(Person), {"action": "activate", "_selected_action": [sun.pk]})
    security.post(url(Person), {"action": "unlock", "_selected_action": [sun.pk]})
    sun.refresh_from_db()
    assert sun.is_active
