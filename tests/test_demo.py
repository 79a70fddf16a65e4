"""The demo town: loaded once into an empty database, alive at every stage, the same for the same day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from decisions.models import Authority, Decision, Person
from decisions.rules import rule
from tests.office import at_work
from workflows import demo
from workflows.play.checking import open_steps

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)


@pytest.fixture
def loaded() -> str:
    """What is said while the demo is loaded."""
    out = StringIO()
    with at_work(TODAY):
        call_command("demo", "--if-empty", today=TODAY, stdout=out)
    return out.getvalue()


def test_it_is_alive_at_every_stage(loaded: str) -> None:
    assert "15个事项" in loaded
    muli = Authority.objects.get(slug="muli")
    assert muli.parent == Authority.objects.get(slug="gaoqing")
    stages = {decision.title: (decision.status, open_steps(decision)) for decision in muli.decisions.all()}
    assert len(stages) >= 8
    statuses = {status for status, _steps in stages.values()}
    assert statuses >= {
        "proposed", "not_started", "started", "drafted", "submitted", "adopted", "in_execution", "closed"
    }  # fmt: skip
    steps = {step for _status, open_ in stages.values() for step in open_}
    assert steps >= {
        "initiation", "drafting", "coordination", "public_participation", "expert_review", "risk_assessment",
        "revision", "legality_review", "collective_decision", "party_report", "archiving", "execution",
    }  # fmt: skip
    check_what_pages_show(muli)
    check_signing_in()
    check_it_is_loaded_once()


def check_what_pages_show(muli: Authority) -> None:
    """Opinions with answers, changed articles, experts, risks, statements, an overdue report."""
    garbage = muli.decisions.get(title__contains="垃圾分类")
    assert garbage.opinions.count() >= 8
    assert {answer.adoption for opinion in garbage.opinions.all() for answer in opinion.answers.all()} == {"adopted"}
    sewage = muli.decisions.get(title__contains="污水治理")
    item = sewage.agenda_items.get()
    assert (item.meeting.held_on, item.statements.count()) == (TODAY, 3)
    assert sewage.drafts.count() == 2
    road = muli.decisions.get(title__contains="道路改造")
    assert road.expert_appointments.filter(opinion__isnull=False).count() == 1
    assert road.expert_appointments.filter(opinion__isnull=True).count() == 1
    assert road.risk_assessments.get().risks.count() == 3
    straw = muli.decisions.get(title__contains="秸秆")
    assert straw.agenda_items.get().statements.filter(position="disagree").exists()
    with at_work(TODAY):
        toilets = muli.decisions.get(title__contains="户厕")
        due = rule("execution").due(toilets, TODAY)
        assert due is not None
        assert due.day < TODAY


def check_signing_in() -> None:
    """Everybody has the one password, hashed once; nobody sees the neighbour's matters."""
    out = StringIO()
    with at_work(TODAY):
        call_command("demo_accounts", stdout=out)
        for person in demo.people():
            assert person.username in out.getvalue()
    assert demo.PASSWORD in out.getvalue()
    assert len(set(Person.objects.values_list("password", flat=True))) == 1
    assert Person.objects.get(username="zhenzhang").check_password(demo.PASSWORD)
    neighbour = Client()
    neighbour.force_login(Person.objects.get(username="tangfang"))
    foreign = Decision.objects.get(title__contains="污水治理")
    with at_work(TODAY):
        assert neighbour.get(foreign.get_absolute_url()).status_code == 404


def check_it_is_loaded_once() -> None:
    before = Decision.objects.count()
    call_command("demo", "--if-empty", today=TODAY, stdout=StringIO())
    assert Decision.objects.count() == before
    with pytest.raises(CommandError):
        call_command("demo", today=TODAY, stdout=StringIO())


def test_without_the_demo_no_account_is_told() -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert out.getvalue() == ""
