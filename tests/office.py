"""The cast of Muli Town, and a way to walk a decision through its procedure by real URLs."""

from __future__ import annotations

import pkgutil
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from importlib import import_module
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from viewflow.workflow.models import Task

import tests.walk
from decisions import clock
from decisions.forms import ActForm
from decisions.forms.initiation import Propose
from decisions.models import Authority, Decision, Expert, Membership, Person, StepRecord, Unit
from decisions.terms import Role
from workflows import acting, roles

OPENING_DAY = date(2026, 3, 2)
"""A Monday in a year whose holiday notice is out."""

CAST = {
    "sun": ("孙承办", "农业农村办", Role.HANDLER),
    "qian": ("钱承办", "农业农村办", Role.HANDLER),
    "zhou": ("周主任", "农业农村办", Role.UNIT_HEAD),
    "wu": ("吴审查", "司法所", Role.LEGALITY_REVIEWER),
    "zheng": ("郑律师", "司法所", Role.LEGAL_ADVISER),
    "wang": ("王镇长", "镇政府领导", Role.CHIEF),
    "feng": ("冯副镇长", "镇政府领导", Role.MEMBER),
    "chen": ("陈副镇长", "镇政府领导", Role.MEMBER),
    "chu": ("褚委员", "镇政府领导", Role.MEMBER),
    "li": ("李文书", "党政办", Role.OFFICE_CLERK),
    "wei": ("卫评估", "应急管理办", Role.ASSESSOR),
    "jiang": ("蒋后评", "财经办", Role.EVALUATOR),
    "shen": ("沈执行", "农业农村办", Role.EXECUTOR),
    "han": ("韩督查", "党政办", Role.SUPERVISOR),
}
"""Username: name, unit, duty."""

PROPOSAL: dict[str, Any] = {
    "matter": "木李镇利民水库除险加固工程",
    "matter_class": "4",
    "exclusion": "none",
    "proposer_kind": "unit",
    "problem": "水库坝体渗漏，汛期存在安全隐患。",
    "reasons": "水库安全鉴定为三类坝。",
    "preliminary_plan": "加固坝体，改造溢洪道和放水设施。",
    "necessity": "保障下游三个村防洪和灌溉安全。",
    "feasibility": "资金已列入年度计划，技术成熟。",
    "openness": "public",
}

Entry = tuple[str, dict[str, Any] | Callable[["Office", Decision], dict[str, Any]], int]


class Office:
    """The town at work. Every act goes through the URL a person would use, signed in afresh as whoever has the duty."""

    def __init__(self, now: clock.Clock, slug: str = "muli") -> None:
        self.clock = now
        self.authority = Authority.objects.create(
            slug=slug,
            name=f"木李镇人民政府{'' if slug == 'muli' else slug}",
            short_name="木李镇",
            document_code="木政发",
            level="township",
            jurisdiction="cn-shandong-township",
            meeting_name="镇长办公会议",
        )
        self.people: dict[str, Person] = {}
        for username, (name, unit, duty) in CAST.items():
            self.people[username] = self.employ(f"{username}{'' if slug == 'muli' else '-' + slug}", name, unit, duty)
        self.expert = Expert.objects.create(
            authority=self.authority, name="何教授", field="水利工程", organization="省水利勘测设计院"
        )

    def employ(self, username: str, name: str, unit: str, duty: Role) -> Person:
        """Somebody with a duty from the beginning."""
        person, _created = Person.objects.get_or_create(username=username, defaults={"name": name})
        office, _created = Unit.objects.get_or_create(authority=self.authority, name=unit)
        Membership.objects.create(person=person, unit=office, duty=duty, since=date(2019, 9, 1))
        return person

    def unit(self, name: str) -> Unit:
        return Unit.objects.get(authority=self.authority, name=name)

    def client(self, username: str) -> Client:
        """A browser in which this member of the cast is signed in."""
        client = Client()
        client.force_login(self.people.get(username) or Person.objects.get(username=username))
        return client

    # Time

    def wait(self, days: int) -> date:
        """Let days pass, and the waits that end in them."""
        from workflows import waits

        self.clock.advance(days=days)
        waits.release_due_waits()
        return clock.today()

    # Acting

    def propose(self, by: str = "sun", **facts: Any) -> Decision:
        """A new matter, proposed and recorded."""
        blank = Decision(authority=self.authority)
        person = self.people[by]
        actor = roles.actor_for(roles.duties_of(person), blank, Propose.roles)
        form = Propose({**PROPOSAL, **facts}, decision=blank, actor=actor)
        return acting.propose(form, by=person)

    def initiate(self, **facts: Any) -> Decision:
        """A matter started, with its handler named: the ground for nearly every test."""
        decision = self.propose(**facts)
        self.act(
            decision,
            "initiate",
            outcome="started",
            lead_unit=self.unit("农业农村办").pk,
            handler=self.people["sun"].pk,
        )
        decision.refresh_from_db()
        return decision

    def open_steps(self, decision: Decision) -> list[str]:
        """Names of the nodes at which the decision's tokens stand."""
        return sorted(task.flow_task.name for task in self.tasks(decision))

    def tasks(self, decision: Decision) -> list[Task]:
        open_tasks = Task.objects.filter(process__decisionprocess__decision=decision, finished__isnull=True)
        return [task for task in open_tasks.order_by("pk") if task.flow_task_type in ("HUMAN", "WAIT")]

    def task(self, decision: Decision, act: str) -> Task:
        """The open task within which an act is possible."""
        steps = ActForm.registry[act].steps
        found = [task for task in self.tasks(decision) if task.flow_task.name in steps]
        assert found, f"{act} belongs to {steps}, but {self.open_steps(decision)} are open"
        return found[0]

    def whoever_may(self, decision: Decision, act: str) -> str:
        """The first of the cast with the duty for an act (the handler for the handler's acts)."""
        decision.refresh_from_db()
        for username, person in self.people.items():
            if roles.actor_for(roles.duties_of(person), decision, ActForm.registry[act].roles):
                return username
        raise AssertionError(f"nobody may {act}")

    def post(self, decision: Decision, act: str, /, by: str | None = None, on: str = "", **data: Any) -> HttpResponse:
        """Post an act's form to the open task's URL; `on` names the step when the act is possible in several."""
        task = self.task(decision, act)
        if on:
            task = next(t for t in self.tasks(decision) if t.flow_task.name == on)
        client = self.client(by or self.whoever_may(decision, act))
        payload = {"submission_key": secrets.token_hex(8), **{k: v for k, v in data.items() if v is not None}}
        return client.post(f"/tasks/{task.pk}/{act}/", payload)

    def act(self, decision: Decision, act: str, /, by: str | None = None, on: str = "", **data: Any) -> HttpResponse:
        """Do an act and insist that it was done."""
        response = self.post(decision, act, by=by, on=on, **data)
        assert response.status_code == 302, refusals(response)
        decision.refresh_from_db()
        return response

    def refused(self, decision: Decision, act: str, /, by: str | None = None, on: str = "", **data: Any) -> str:
        """Try an act, insist that it was refused and that nothing was recorded; give the texts of the refusal."""
        before = StepRecord.objects.filter(decision=decision).count()
        response = self.post(decision, act, by=by, on=on, **data)
        assert response.status_code in (403, 422), response.status_code
        assert StepRecord.objects.filter(decision=decision).count() == before
        return refusals(response)

    def advance(self, decision: Decision, until: str = "", **overrides: dict[str, Any]) -> Decision:
        """Walk on with the example data of tests/walk until the step named is open (or nothing is)."""
        for _turn in range(80):
            names = self.open_steps(decision)
            if until in names or not names:
                return decision
            self.perform(decision, names[0], **overrides)
        raise AssertionError(f"{until} was not reached: {self.open_steps(decision)}")

    def perform(self, decision: Decision, step: str, **overrides: dict[str, Any]) -> None:
        """Do one open step with its example data; `overrides` change fields by act key."""
        for act, data, days in walk()[step]:
            if days:
                self.wait(days)
            if act:
                values = data(self, decision) if callable(data) else data
                self.act(decision, act, on=step, **{**values, **overrides.get(act, {})})


def walk() -> dict[str, list[Entry]]:
    """The example acts of every step: (act key, data, days to wait before); an empty key only waits."""
    merged: dict[str, list[Entry]] = {}
    for module in pkgutil.iter_modules(tests.walk.__path__):
        merged |= import_module(f"tests.walk.{module.name}").WALK
    return merged


def refusals(response: Any) -> str:
    """What a refused response says: form errors and breaches."""
    context = response.context or {}
    bound = context.get("bound") if response.context else None
    texts = [str(breach) for breach in (context.get("breaches") or [])] if response.context else []
    if bound is not None:
        texts += [f"{name}：{error}" for name, errors in bound.errors.items() for error in errors]
    return "\n".join(texts) or response.content.decode(errors="replace")[:2000]


def upload(name: str = "报告.txt", content: bytes = "决策材料".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def at_work(day: date = OPENING_DAY) -> AbstractContextManager[clock.Clock]:
    """The clock set to a day; it moves only when told."""
    return clock.at(day)


__all__ = ["CAST", "OPENING_DAY", "Office", "at_work", "refusals", "upload"]
