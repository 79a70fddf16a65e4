"""Every URL × every duty × every method, walked from the resolver; what each may see is data in access.toml."""

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from decisions import clock
from decisions.models import Deputy, Meeting, Person
from decisions.terms import AdminRole, Role
from tests.office import Office, upload

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ACTORS = ("anonymous", "handler", "reviewer", "chief", "clerk", "foreigner", "system", "audit", "nobody")
METHODS = ("get", "post", "put", "delete")


def walk(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name; a pattern without a name is named by its route."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, inner)
        else:
            yield namespace + (entry.name or str(entry.pattern)), entry


def names() -> list[str]:
    return sorted({name for name, _pattern in walk(get_resolver())})


@pytest.fixture
def town(office: Office, other_office: Office) -> dict[str, Any]:
    """A matter under legality review, with something behind every kind of URL."""
    matter = office.initiate()
    office.act(matter, "file_document", kind="other", document_title="附件", upload=upload(), openness="not_public")
    office.advance(matter, until="legality_review")
    people = {
        "anonymous": None,
        "handler": office.people["sun"],
        "reviewer": office.people["wu"],
        "chief": office.people["wang"],
        "clerk": office.people["li"],
        "foreigner": other_office.people["li"],
        "system": Person.objects.create(username="system", name="系统员", admin_role=AdminRole.SYSTEM, is_staff=True),
        "audit": Person.objects.create(username="audit", name="审计员", admin_role=AdminRole.AUDIT),
        "nobody": Person.objects.create(username="nobody", name="无职责"),
    }
    office.employ("standin", "代理人", "党政办", Role.SUPERVISOR)
    deputy = Deputy.objects.create(
        principal=office.people["sun"],
        deputy=Person.objects.get(username="standin"),
        since=clock.today(),
        until=clock.today() + timedelta(days=3),
        because="请假",
        appointed_by=office.people["sun"],
    )
    meeting = Meeting.objects.create(
        authority=office.authority,
        name="镇长办公会议",
        number=1,
        year=2026,
        held_on=clock.today(),
        convened_by=office.people["li"],
    )
    first = matter.participations.first()
    assert first is not None
    return {
        "people": people,
        "decision": matter.pk,
        "task": office.tasks(matter)[0].pk,
        "document": matter.documents.order_by("pk")[0].pk,
        "deputy": deputy.pk,
        "meeting": meeting.pk,
        "participation": first.pk,
        "none": 10**9,
    }


def url_of(name: str, town: dict[str, Any]) -> str:
    arguments = {key: town.get(value, value) for key, value in TABLE[name].get("arguments", {}).items()}
    return reverse(name, kwargs=arguments)


def signed_in(clients: dict[int | None, Client], person: Person | None) -> Client:
    """A browser for each person, signed in again when the last request signed it out."""
    client = clients.setdefault(person.pk if person else None, Client())
    if person and "_auth_user_id" not in client.session:
        client.force_login(person)
    return client


def answer(client: Client, method: str, url: str) -> int:
    client.raise_request_exception = False
    response = getattr(client, method)(url)
    # Close the file, but not through response.close(), which would also close the test's database connection
    for close_file in getattr(response, "_resource_closers", []):
        close_file()
    code: int = response.status_code
    return code


def test_every_url_is_in_the_table():
    ours = [name for name in names() if not name.startswith("admin:")]
    assert ours == sorted(TABLE)


def test_each_duty_sees_what_the_table_says(town):
    different = []
    clients: dict[int | None, Client] = {}
    for name, row in TABLE.items():
        url = url_of(name, town)
        for actor, person in town["people"].items():
            for method in METHODS:
                got = answer(signed_in(clients, person), method, url)
                expected = row[method].get(actor, row[method].get("others"))
                if got != expected:
                    different.append(f"{name} {method} {actor}: {got}, not {expected}")
    assert different == []


def admin_url(name: str, pattern: URLPattern) -> str:
    """An address of Django's administration, with 1 for every object; its catch-all stands for any other."""
    if not pattern.name:
        return "/admin/anything/else/"
    if name == "admin:app_list":
        return reverse(name, kwargs={"app_label": "decisions"})
    return reverse(name, kwargs=dict.fromkeys(pattern.pattern.converters, "1"))


def test_the_administration_is_for_system_administrators(town):
    """Others are sent to sign in as one; nobody may delete anything, through any URL of it."""
    clients: dict[int | None, Client] = {}
    for name, pattern in walk(get_resolver()):
        if not name.startswith("admin:") or "login" in name or "jsi18n" in name or "autocomplete" in name:
            continue
        url = admin_url(name, pattern)
        for actor, person in town["people"].items():
            if actor == "system":
                continue
            assert answer(signed_in(clients, person), "get", url) in (302, 403, 404), (name, actor)
        if name.endswith("_delete"):
            assert answer(signed_in(clients, town["people"]["system"]), "post", url) in (302, 403, 404)


def observed(town: dict[str, Any], rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The table as it is, for writing it anew after looking at each difference (see docs/adr)."""
    for name, row in rows.items():
        yield f'["{name}"]'
        if arguments := row.get("arguments"):
            yield "arguments = { " + ", ".join(f'{k} = "{v}"' for k, v in arguments.items()) + " }"
        url = reverse(name, kwargs={key: town.get(value, value) for key, value in row.get("arguments", {}).items()})
        for method in METHODS:
            codes = {}
            for actor, person in town["people"].items():
                client = Client()
                if person:
                    client.force_login(person)
                codes[actor] = answer(client, method, url)
            usual = max(set(codes.values()), key=list(codes.values()).count)
            special = {actor: code for actor, code in codes.items() if code != usual}
            inner = ", ".join(f"{actor} = {code}" for actor, code in {**special, "others": usual}.items())
            yield f"{method} = {{ {inner} }}"
        yield ""
