"""Many people at once: a step is done exactly once, branches join exactly once, nobody sees a server error."""

import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from viewflow.workflow.models import Task

from decisions import clock
from decisions.models import Decision, StepRecord, Submission
from decisions.rules.position import BEFORE_REVIEW
from decisions.terms import Outcome
from tests.office import Office
from tests.test_proof import record
from workflows import acting
from workflows.flows.decision_making import DecisionMaking
from workflows.starting import begin

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def busy_office(transactional_db: None):
    with clock.at(clock.now()) as now:
        yield Office(now)


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in as many threads, each with a connection of its own, under the test's clock."""
    moment = clock.now()

    def run(job: Callable[[], Any]) -> Any:
        try:
            with clock.at(moment):
                return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def sign_off(client: Client, task: Task, office: Office, key: str = "") -> int:
    data = {
        "outcome": "started",
        "lead_unit": office.unit("农业农村办").pk,
        "handler": office.people["sun"].pk,
        "submission_key": key or secrets.token_hex(8),
    }
    return client.post(f"/tasks/{task.pk}/initiate/", data).status_code


def test_fifty_sign_offs_of_one_task_are_one(busy_office):
    office = busy_office
    for _round in range(2):
        decision = office.propose()
        task = office.task(decision, "initiate")
        clients = [office.client("wang") for _n in range(50)]
        codes = Counter(at_once([lambda c=c, t=task: sign_off(c, t, office) for c in clients]))
        assert set(codes) <= {302, 409}, codes
        assert decision.records.filter(step="initiation").count() == 1
        assert office.open_steps(decision) == ["drafting"]


def test_one_form_posted_often_counts_once(busy_office):
    office = busy_office
    decision = office.propose()
    task = office.task(decision, "initiate")
    clients = [office.client("wang") for _n in range(10)]
    codes = at_once([lambda c=c: sign_off(c, task, office, key="the-same") for c in clients])
    assert set(codes) <= {302, 409}
    assert Submission.objects.filter(key="the-same").count() == 1
    assert StepRecord.objects.filter(decision=decision, step="initiation").count() == 1


def in_procedures(office: Office) -> Decision:
    """A matter whose participation, expert and risk branches are all open."""
    decision = office.initiate(has_possible_harm="on", is_technical="on")
    for step in ("drafting", "coordination"):
        finish(office, decision.pk, step)
    assert set(office.open_steps(decision)) >= {"public_participation", "expert_review", "risk_assessment"}
    return decision


def finish(office: Office, decision_pk: int, step: str) -> None:
    """End one open step as an act does: lock, record, move on. Busy is answered by trying again, as a person does."""
    for _attempt in range(20):
        try:
            with transaction.atomic():
                task = office_task(decision_pk, step)
                turn = acting.find(task.pk, office.people["li"], locked=True)
                outcome = Outcome.CONTROLLABLE if step == "risk_assessment" else Outcome.DONE
                record(office, turn.decision, turn.node.rule, outcome, [])
                acting.move_on(turn, office.people["li"])
            return
        except acting.Busy:
            continue
    raise AssertionError(f"{step} stayed busy")


def office_task(decision_pk: int, step: str) -> Task:
    node = DecisionMaking.instance.node(step)
    return Task.objects.get(process__decisionprocess__decision=decision_pk, flow_task=node, finished__isnull=True)


def test_branches_that_finish_together_join_once(busy_office):
    office = busy_office
    for _trial in range(15):
        decision = in_procedures(office)
        branches = [step for step in office.open_steps(decision) if step in BEFORE_REVIEW]
        at_once([lambda s=s, d=decision: finish(office, d.pk, s) for s in branches])
        assert office.open_steps(decision) == ["revision"]
        joins = Task.objects.filter(
            process__decisionprocess__decision=decision, flow_task=DecisionMaking.instance.node("procedures_done")
        )
        assert [join.status for join in joins] == ["DONE"]


def test_somebody_elses_lock_is_a_clear_page_not_an_error(busy_office):
    if connection.vendor != "postgresql":
        # SQLite has one writer: whoever comes second waits for the transaction to end
        return
    office = busy_office
    decision = office.propose()
    task = office.task(decision, "initiate")
    client = office.client("wang")
    with transaction.atomic():
        acting.find(task.pk, office.people["wang"], locked=True)
        (code,) = at_once([lambda: sign_off(client, task, office)])
    assert code == 409
    assert sign_off(client, task, office) == 302


def test_two_flows_may_begin_over_one_decision(busy_office):
    decision = busy_office.propose()
    begin(DecisionMaking, decision)
    assert busy_office.open_steps(decision) == ["initiation", "proposal"]
