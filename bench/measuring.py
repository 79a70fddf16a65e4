"""`make bench`: ratios in one run on one database. Absolute figures belong to the machine and the hour; ratios hold."""

import statistics
import sys
import time
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Task

from bench.flows import Stock
from decisions import clock
from decisions.forms import ActForm
from decisions.models import Decision
from tests.crowd import multiply
from tests.office import Office
from tests.walk.drafting import DRAFT
from workflows import acting

ROUNDS = 5
MATTERS = 12
"""Matters in each round; each completes three ordinary steps."""


def main() -> int:
    """Print every figure with its goal; the exit status is 1 when a goal is missed."""
    call_command("migrate", verbosity=0)
    print(f"database: {connection.vendor}")
    with clock.at(clock.today()) as now:
        office = Office(now)
        goals = [statements(office), completing(office), inbox(office)]
    return 0 if all(goals) else 1


def completing(office: Office) -> bool:
    """Completing a step with its record, chained event and watch, against stock Viewflow with timers."""
    ours, stock = [], []
    for _round in range(ROUNDS):
        ours.append(our_round(office))
        stock.append(stock_round(office))
    ratio = statistics.median(theirs / own for theirs, own in zip(stock, ours, strict=True))
    own, theirs = (1 / statistics.median(times) for times in (ours, stock))
    print(f"completing steps: {own:.0f}/s, stock Viewflow with timers {theirs:.0f}/s: {ratio:.2f} × (goal ≥ 1.5)")
    return ratio >= 1.5


def our_round(office: Office) -> float:
    """Seconds for one completion: initiation, drafting, coordination."""
    spent, count = 0.0, 0
    chief, handler = office.people["wang"], office.people["sun"]
    started = {"outcome": "started", "lead_unit": office.unit("农业农村办").pk, "handler": handler.pk}
    for _matter in range(MATTERS):
        decision = office.propose()
        spent += act(office, decision, "initiate", chief, started)
        act(office, decision, "write_draft", handler, DRAFT)
        spent += act(office, decision, "conclude_drafting", handler, {})
        spent += act(office, decision, "conclude_coordination", handler, {"opinion": "不涉及其他部门职责。"})
        count += 3
    return spent / count


def act(office: Office, decision: Decision, key: str, person, data: dict) -> float:
    """Seconds for one act through the service layer."""
    task = office.task(decision, key)
    begun = time.perf_counter()
    acting.act(task.pk, ActForm.registry[key], by=person, data=data)
    return time.perf_counter() - begun


def stock_round(office: Office) -> float:
    """Seconds for one completion of the peer: find, lock, assign, start, execute."""
    person = office.people["sun"]
    spent, count = 0.0, 0
    for _matter in range(MATTERS):
        process = begin_stock()
        for node in ("proposal", "initiation", "drafting", "coordination")[1:]:
            if node == "initiation":
                complete_stock(process, "proposal", person)
            spent += complete_stock(process, node, person)
            count += 1
    return spent / count


def begin_stock():
    start = Stock.instance.node("start")
    activation = start.activation_class.create(start, None, None)
    activation.execute()
    return activation.process


def complete_stock(process, node: str, person) -> float:
    begun = time.perf_counter()
    task = Task.objects.get(process=process, flow_task=Stock.instance.node(node), finished__isnull=True)
    with transaction.atomic(), task.activation() as activation:
        activation.assign(get_user_model().objects.get(pk=person.pk))
        activation.start(None)
        activation.execute()
    return time.perf_counter() - begun


def statements(office: Office) -> bool:
    """SQL statements of an ordinary completion, BEGIN and COMMIT included."""
    decision = office.initiate()
    act(office, decision, "write_draft", office.people["sun"], DRAFT)
    task = office.task(decision, "conclude_drafting")
    with CaptureQueriesContext(connection) as captured:
        acting.act(task.pk, ActForm.registry["conclude_drafting"], by=office.people["sun"], data={})
    count = len(captured) + (0 if any(q["sql"].startswith("BEGIN") for q in captured) else 2)
    print(f"statements of an ordinary completion: {count} (goal ≤ 25)")
    if "-v" in sys.argv:
        print("\n".join(query["sql"][:110] for query in captured))
    return count <= 25


def inbox(office: Office) -> bool:
    """待办 with 1,000 and with 100,000 finished matters."""
    decision = office.initiate()
    client = office.client("sun")
    multiply(decision, 1_000, finished=True)
    few = page(client)
    multiply(decision, 99_000, finished=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = page(client)
    print(f"待办: {few * 1000:.1f} ms at 1,000, {many * 1000:.1f} ms at 100,000: {many / few:.2f} × (goal ≤ 1.2)")
    return many / few <= 1.2


def page(client: Client) -> float:
    """Median seconds of the page after a warm-up."""
    return median_of(lambda: client.get("/"), 15)


def median_of(do: Callable[[], object], times: int) -> float:
    for _warm in range(3):
        do()
    spent = []
    for _time in range(times):
        begun = time.perf_counter()
        do()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)
