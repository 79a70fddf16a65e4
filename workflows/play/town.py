"""A case's town in the database: authorities, units, people with their duties for a time, experts, catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from decisions import parameters
from decisions.models import Authority, Catalogue, CatalogueItem, Expert, Membership, Person, Unit
from decisions.terms import AdminRole, AuthorityLevel, Role
from workflows.play.days import NotADay, moment
from workflows.play.marks import Section

IN_FORCE = date(2019, 9, 1)
"""The day Decree 713 took effect: duties begin then unless the case says otherwise."""

AUTHORITY_FIELDS = (
    "name",
    "short_name",
    "document_code",
    "slug",
    "level",
    "jurisdiction",
    "parent",
    "meeting_name",
    "contact",
)
TOWN_FIELDS = (*AUTHORITY_FIELDS, "units", "people", "experts", "catalogues", "others")
DUTY_FIELDS = ("duty", "unit", "title", "since", "until")
PERSON_FIELDS = (*DUTY_FIELDS, "duties", "username", "admin", "phone")


@dataclass
class Town:
    """The authorities of a case, the one that decides first, and everybody by name."""

    authority: Authority
    today: date
    people: dict[str, Person] = field(default_factory=dict)


def settle(section: Section, today: date, *, slug: str = "", jurisdiction: str = "") -> Town:
    """Put the town into the database and give it with the authority that decides; what is there is used as it is."""
    superior = section.text("parent", "")
    places = sorted([section, *section.sections("others")], key=lambda place: place.text("slug") != superior)
    people: dict[str, Person] = {}
    towns = {}
    for place in places:
        place.allow(*TOWN_FIELDS)
        decides = place.text("slug") == (slug or section.text("slug"))
        town = towns[place.text("slug")] = Town(_authority(place, jurisdiction if decides else ""), today, people)
        _settle_one(place, town)
    return towns[slug or section.text("slug")]


def _settle_one(section: Section, town: Town) -> None:
    units = {name: _unit(town.authority, name) for name in section.texts("units")}
    people = section.section("people")
    for name in people:
        if name not in town.people:
            town.people[name] = _person(people.section(name), name, town, units)
    for name in section.section("experts"):
        _expert(section.section("experts").section(name), name, town)
    for catalogue in section.sections("catalogues"):
        _catalogue(catalogue, town)


def _authority(section: Section, jurisdiction: str) -> Authority:
    code = jurisdiction or section.text("jurisdiction")
    known = [each for each, _name in parameters.choices()]
    if code not in known:
        raise section.wrong("jurisdiction", f"没有“{code}”的规则；有：{'、'.join(known)}")
    level = section.text("level", AuthorityLevel.TOWNSHIP)
    if level not in AuthorityLevel.values:
        raise section.wrong("level", f"没有这个层级；可用的有：{'、'.join(AuthorityLevel.values)}")
    parent = section.text("parent", "")
    superior = Authority.objects.filter(slug=parent).first() if parent else None
    if parent and superior is None:
        raise section.wrong("parent", f"没有网址标识为“{parent}”的上级机关；请写在 others 中")
    name = section.text("name")
    facts = {
        "name": name,
        "short_name": section.text("short_name", name),
        "document_code": section.text("document_code", "政发"),
        "level": level,
        "jurisdiction": code,
        "parent": superior,
        "meeting_name": section.text("meeting_name", "政府办公会议"),
        "contact": section.text("contact", ""),
    }
    authority, _is_new = Authority.objects.get_or_create(slug=section.text("slug"), defaults=facts)
    if jurisdiction and authority.jurisdiction != jurisdiction:
        authority.jurisdiction = jurisdiction
        authority.save(update_fields=["jurisdiction"])
    return authority


def _unit(authority: Authority, name: str) -> Unit:
    unit, _is_new = Unit.objects.get_or_create(authority=authority, name=name)
    return unit


def _person(section: Section, name: str, town: Town, units: dict[str, Unit]) -> Person:
    section.allow(*PERSON_FIELDS)
    admin = section.text("admin", "")
    if admin and admin not in AdminRole.values:
        raise section.wrong("admin", f"没有这个管理员类别；可用的有：{'、'.join(AdminRole.values)}")
    username = section.text("username", f"{town.authority.slug}-{name}")
    facts = {"name": name, "admin_role": admin, "is_staff": bool(admin), "phone": section.text("phone", "")}
    person, is_new = Person.objects.get_or_create(username=username, defaults=facts)
    if is_new:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    for duty in section.sections("duties") or ([section] if "duty" in section else []):
        _duty(duty, person, units, town.today)
    return person


def _duty(section: Section, person: Person, units: dict[str, Unit], today: date) -> None:
    if "duties" not in section:
        section.allow(*PERSON_FIELDS)
    duty, unit = section.text("duty"), section.text("unit")
    if duty not in Role.values:
        raise section.wrong("duty", f"没有这个职责；可用的有：{'、'.join(Role.values)}")
    if unit not in units:
        raise section.wrong("unit", f"没有“{unit}”这个单位；有：{'、'.join(units)}")
    Membership.objects.get_or_create(
        person=person,
        unit=units[unit],
        duty=duty,
        since=day_of(section, "since", today) or IN_FORCE,
        defaults={"title": section.text("title", ""), "until": day_of(section, "until", today)},
    )


def _expert(section: Section, name: str, town: Town) -> None:
    section.allow("field", "organization", "contact", "person")
    person = section.text("person", "")
    if person and person not in town.people:
        raise section.wrong("person", f"没有“{person}”这个人员")
    Expert.objects.get_or_create(
        authority=town.authority,
        name=name,
        organization=section.text("organization"),
        defaults={
            "field": section.text("field"),
            "contact": section.text("contact", ""),
            "person": town.people.get(person),
        },
    )


def _catalogue(section: Section, town: Town) -> None:
    section.allow("year", "reference", "party_consent", "published_on", "items")
    published_on = day_of(section, "published_on", town.today)
    if published_on is None:
        raise section.wrong("published_on", "必须填写")
    catalogue, _is_new = Catalogue.objects.get_or_create(
        authority=town.authority,
        year=number_of(section, "year"),
        defaults={
            "reference": section.text("reference"),
            "party_consent": section.text("party_consent"),
            "published_on": published_on,
        },
    )
    for row in section.sections("items"):
        row.allow("number", "matter", "undertaking_unit", "deadline", "basis")
        CatalogueItem.objects.get_or_create(
            catalogue=catalogue,
            number=number_of(row, "number"),
            defaults={
                "matter": row.text("matter"),
                "undertaking_unit": row.text("undertaking_unit"),
                "deadline": day_of(row, "deadline", town.today),
                "basis": row.text("basis", ""),
            },
        )


def day_of(section: Section, key: str, today: date) -> date | None:
    """A day that a section gives, or none."""
    written: Any = section.get(key)
    if written is None:
        return None
    try:
        return moment(written, today)
    except NotADay as error:
        raise section.wrong(key, str(error)) from error


def number_of(section: Section, key: str) -> int:
    """A whole number that a section gives."""
    value = section.get(key)
    if type(value) is not int:
        raise section.wrong(key, "应当是整数")
    return value
