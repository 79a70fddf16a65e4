"""What Viewflow leaves open (architecture, section 7) is closed here, each with its regression test."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import NoReverseMatch, get_resolver, reverse
from viewflow.workflow.models import Process, Task

from decisions import clock
from decisions.models import Deputy, Event, Membership, Person, StepRecord
from decisions.services import broken_links
from decisions.terms import Role
from workflows import checks
from workflows.flows import published
from workflows.locks import process_lock


def initiation(office):
    return {"outcome": "started", "lead_unit": office.unit("农业农村办").pk, "handler": office.people["sun"].pk}


def test_every_flow_uses_the_one_lock(monkeypatch):
    assert checks.check_locks(None) == []
    monkeypatch.setattr(published.DecisionMaking, "lock_impl", object())
    assert [error.id for error in checks.check_locks(None)] == ["workflows.E001"]


def test_a_published_graph_cannot_change_unnoticed(monkeypatch):
    assert checks.check_published_graphs(None) == []
    monkeypatch.setitem(published.PUBLISHED, published.DecisionMaking, "0" * 64)
    assert [error.id for error in checks.check_published_graphs(None)] == ["workflows.E002"]


def test_each_process_keeps_the_hash_of_the_graph_it_began_under(office):
    process = office.propose().processes.get()
    assert process.graph_hash == published.PUBLISHED[published.DecisionMaking]


def test_no_url_of_viewflow_is_mounted():
    names = {str(key) for key in get_resolver().reverse_dict}
    assert not any(word in name for name in names for word in ("undo", "revive", "cancel", "assign", "register"))
    with pytest.raises(NoReverseMatch):
        reverse("viewflow:index")


def test_an_act_of_another_step_does_not_reach_a_task(office):
    task = office.task(office.propose(), "initiate")
    response = office.client("wang").post(f"/tasks/{task.pk}/propose/", {})
    assert response.status_code == 404


def test_a_task_of_another_authority_does_not_exist(office, other_office):
    task = other_office.task(other_office.propose(), "initiate")
    assert office.client("wang").get(f"/tasks/{task.pk}/").status_code == 404
    assert office.client("wang").post(f"/tasks/{task.pk}/initiate/", initiation(office)).status_code == 404


def test_a_duty_that_ended_no_longer_signs(office):
    task = office.task(office.propose(), "initiate")
    client = office.client("wang")
    assert client.get(f"/tasks/{task.pk}/").status_code == 200
    Membership.objects.filter(person=office.people["wang"]).update(until=clock.today() - timedelta(days=1))
    assert client.post(f"/tasks/{task.pk}/initiate/", initiation(office)).status_code == 404
    assert not StepRecord.objects.filter(step="initiation").exists()


def test_a_deactivated_account_no_longer_signs(office):
    task = office.task(office.propose(), "initiate")
    client = office.client("wang")
    Person.objects.filter(username="wang").update(is_active=False)
    response = client.post(f"/tasks/{task.pk}/initiate/", initiation(office))
    assert response.status_code in (302, 404)
    assert not StepRecord.objects.filter(step="initiation").exists()


def test_a_deputy_whose_term_ended_no_longer_signs(office):
    day = clock.today()
    office.people["deputy"] = office.employ("deputy", "许代理", "镇政府领导", Role.SUPERVISOR)
    deputy = Deputy.objects.create(
        principal=office.people["wang"],
        deputy=office.people["deputy"],
        since=day,
        until=day + timedelta(days=2),
        because="外出学习",
        appointed_by=office.people["wang"],
    )
    first = office.propose()
    office.act(first, "initiate", by="deputy", **initiation(office))
    record = first.records.get(step="initiation")
    assert (record.by, record.on_behalf_of) == (office.people["deputy"], office.people["wang"])

    office.clock.advance(days=3)
    second = office.task(office.propose(), "initiate")
    assert office.client("deputy").post(f"/tasks/{second.pk}/initiate/", initiation(office)).status_code == 403
    assert deputy not in Deputy.objects.current()


def test_separation_of_duties_sees_through_a_deputy_and_is_recorded(office):
    """The chief decided to start; whoever deputizes for the handler then is not the chief's own deputy too."""
    decision = office.initiate()
    Deputy.objects.create(
        principal=office.people["sun"],
        deputy=office.people["wang"],
        since=clock.today(),
        until=clock.today(),
        because="请假",
        appointed_by=office.people["li"],
    )
    text = office.refused(decision, "conclude_drafting", by="wang")
    assert "王镇长已以“决定”身份参与本事项" in text
    assert "分离制度" in text
    assert Event.objects.filter(decision=decision, kind="refused", actor=office.people["wang"]).count() == 1
    assert broken_links(decision) == []


@pytest.mark.postgres
def test_the_database_allows_nobody_a_second_side(office):
    decision = office.initiate()
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.involvements.create(person=office.people["wang"], side="review", step="legality_review")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions_event SET payload = '{}'",
        "DELETE FROM decisions_event",
        "UPDATE decisions_steprecord SET outcome = 'lawful'",
        "DELETE FROM decisions_steprecord",
        "DELETE FROM decisions_person",
        "DELETE FROM decisions_decision",
        "UPDATE decisions_involvement SET side = 'review'",
        "INSERT INTO decisions_involvement (decision_id, person_id, side, step, since) "
        "SELECT decision_id, person_id, 'review', 'legality_review', since FROM decisions_involvement",
        "UPDATE decisions_decision SET published_on = proposed_on",
        "UPDATE decisions_decision SET exclusion = 'emergency'",
        "UPDATE decisions_decision SET openness = 'not_public'",
    ],
)
def test_raw_sql_cannot_falsify_the_record(office, statement):
    office.initiate()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_is_deleted_by_the_orm_either(office):
    with pytest.raises(TypeError):
        office.people["sun"].delete()
    assert Person.objects.filter(username="sun").exists()


def test_a_tampered_chain_is_noticed(office):
    decision = office.initiate()
    assert broken_links(decision) == []
    from decisions import guards

    with guards.removed():
        Event.objects.filter(decision=decision, sequence=2).update(payload="{}")
    assert broken_links(decision) == [2]


class Fault(DatabaseError):
    """Something breaks in the middle of a transaction."""


def test_a_fault_at_any_statement_leaves_nothing_half_done(office):
    """The nth statement of a sign-off fails, for every n: either everything happened or nothing did."""
    decision = office.propose()
    task = office.task(decision, "initiate")
    client = office.client("wang")
    client.raise_request_exception = False
    data = initiation(office)
    for broken_at in range(1, 80):
        seen = 0

        def break_it(execute, sql, params, many, context, at=broken_at):
            nonlocal seen
            seen += 1
            if seen == at:
                raise Fault(sql[:60])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(break_it):
            response = client.post(f"/tasks/{task.pk}/initiate/", data)
        if decision.records.filter(step="initiation").exists():
            break
        assert response.status_code == 500
        assert office.open_steps(decision) == ["initiation"]
        assert broken_links(decision) == []
        decision.refresh_from_db()
        assert decision.lead_unit is None
    assert office.open_steps(decision) == ["drafting"]
    assert broken_at > 15


def test_a_failure_stores_no_personal_data(office, monkeypatch):
    """The stock guard writes local variables into the task; ours lets the error go up and the transaction go back."""
    decision = office.propose()
    task = office.task(decision, "initiate")

    def fail(position):
        secret = office.people["sun"].name
        raise Fault(secret)

    monkeypatch.setattr(published.DecisionMaking.instance.node("is_started"), "question", fail)
    client = office.client("wang")
    client.raise_request_exception = False
    assert client.post(f"/tasks/{task.pk}/initiate/", initiation(office)).status_code == 500
    assert list(Task.objects.exclude(data={})) == []
    assert Task.objects.filter(status="ERROR").count() == 0
    assert office.open_steps(decision) == ["initiation"]


def test_the_lock_refuses_a_process_that_does_not_exist(db):
    with pytest.raises(Exception, match="no process"), process_lock(published.DecisionMaking, 0):
        pass


def test_facts_never_live_in_the_process(office):
    office.initiate()
    assert [process.data for process in Process.objects.all()] == [{}]
