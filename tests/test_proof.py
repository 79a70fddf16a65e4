"""The proof holds for our flows, fails for broken ones, and plays the game that the engine plays."""

import random
from dataclasses import replace

import pytest
from django.core.management import call_command
from viewflow.workflow.models import Task

from decisions import clock, guards
from decisions.models import Draft, StepRecord
from decisions.rules import Rule
from decisions.rules.position import BEFORE_REVIEW
from decisions.services.proposing import appoint_undertaking
from decisions.terms import Outcome, Role
from tests.office import Office
from workflows import acting
from workflows.flows.decision_making import DecisionMaking
from workflows.flows.implementation import Implementation
from workflows.flows.published import PUBLISHED
from workflows.graph import Graph, Place
from workflows.proof import Broken, State, ended, moves, prove, settle, violated
from workflows.roles import actor_for, duties_of

MAKING = Graph.of(DecisionMaking)
CARRYING_OUT = Graph.of(Implementation)


def changed(graph: Graph, name: str, **fields: object) -> Graph:
    """The graph with one place changed."""
    return replace(graph, places=graph.places | {name: replace(graph.places[name], **fields)})


def to(name: str) -> tuple:
    return ((None, name),)


@pytest.mark.parametrize("flow_class", PUBLISHED)
def test_no_path_of_a_published_flow_skips_a_mandatory_step(flow_class):
    proof = prove(Graph.of(flow_class))
    assert proof.holds, proof.faults
    assert proof.states > 100


def test_it_prints_a_sheet_for_the_legal_officer(capsys):
    call_command("prove")
    sheet = capsys.readouterr().out
    assert sheet.count("结论：成立") == len(PUBLISHED)
    assert "合法性审查（《重大行政决策程序暂行条例》第二十五条）" in sheet


BROKEN = {
    "a skipped edge": (changed(MAKING, "coordination", edges=to("legality_review")), "即提交集体讨论"),
    "a removed review": (changed(MAKING, "owes_procedures", edges=to("submission")), "合法性审查"),
    "a review that passes whatever it finds": (changed(MAKING, "is_lawful", edges=to("submission")), "合法性审查"),
    "a return that opens nothing again": (
        changed(MAKING, "owes_procedures", edges=to("legality_review")),
        "即提交集体讨论",
    ),
    "a meeting that publishes whatever it decides": (
        changed(MAKING, "meeting_outcome", edges=to("reports_to_party")),
        "未经集体讨论通过即公布",
    ),
    "a Party report left out": (changed(MAKING, "reports_to_party", edges=to("publication")), "未请示报告即公布"),
    "a Party refusal ignored": (changed(MAKING, "is_agreed", edges=to("publication")), "未请示报告即公布"),
    "a return into an open split": (changed(MAKING, "hearing", edges=to("procedures")), ""),
    "a branch that never joins": (changed(MAKING, "expert_review", edges=to("archived")), ""),
    "an archive left out": (changed(MAKING, "implementation", edges=to("archived")), "未公布或者未归档即办结"),
    "a dead end": (changed(MAKING, "publication", edges=()), ""),
    "an endless loop": (changed(MAKING, "is_lawful", edges=to("revision")), "从此处无法到达任何终点"),
    "an evaluation left out": (changed(CARRYING_OUT, "is_to_be_evaluated", edges=to("closing")), "未经决策后评估"),
    "a suspension without procedure": (changed(CARRYING_OUT, "is_suspended", edges=to("is_to_be_evaluated")), ""),
    "a decision dropped at will": (changed(CARRYING_OUT, "execution", edges=to("superseded")), "未依程序作出新决策"),
}


@pytest.mark.parametrize("story", BROKEN)
def test_it_finds_the_fault_of_a_flow_with(story):
    graph, words = BROKEN[story]
    proof = prove(graph, first=True)
    assert not proof.holds
    assert words in proof.faults[0].claim


def mutants(graph: Graph) -> list[tuple[set[str], Graph]]:
    """Every edge led to every other place, with the place whose edge it was."""
    found = []
    for place in graph.places.values():
        for number, (question, target) in enumerate(place.edges):
            for other in graph.places:
                if other not in (target, "start"):
                    edges = [*place.edges]
                    edges[number] = (question, other)
                    found.append(({place.name}, changed(graph, place.name, edges=tuple(edges))))
    return found


def needed_near(graph: Graph, places: set[str]) -> list[frozenset[str]]:
    """Needs that show a fault between places without searching them all: two branches besides theirs, and none."""
    steps = frozenset(p.name for p in graph.steps)
    none = steps - set(BEFORE_REVIEW) - {"party_report", "evaluation"}
    near = {"public_participation", "risk_assessment", "party_report", "evaluation", *places}
    return [none | (steps & near), none]


def goes_wrong(graph: Graph, needed: frozenset[str], chance: random.Random) -> str:
    """Play at random, judged by what really happened: an oracle that shares no search with the proof."""
    try:
        state = settle(graph, State(frozenset({("start", ())}), needed))
        for _turn in range(60):
            if said := violated(graph, state):
                return said
            following = list(moves(graph, state)) if not _is_over(graph, state) else []
            if not following:
                return "" if _is_over(graph, state) else "stuck"
            _words, state = chance.choice(following)
    except Broken as broken:
        return str(broken)
    return ""


def _is_over(graph: Graph, state: State) -> bool:
    return bool(state.tokens) and all(graph.places[name].kind == "end" for name, _scope in state.tokens)


def test_every_mutant_that_breaks_a_mandatory_step_is_rejected():
    chance = random.Random(713)
    everyone = mutants(MAKING) + mutants(CARRYING_OUT)
    accepted = [
        (mutant, near)
        for places, mutant in everyone
        if prove(mutant, first=True, trying=(near := needed_near(mutant, places))).holds
    ]
    assert len(everyone) >= 1000
    assert len(accepted) < len(everyone) / 2
    for mutant, near in accepted:
        for _play in range(10):
            assert goes_wrong(mutant, chance.choice(near), chance) == ""


# The engine plays the same game


def record(office: Office, decision, rule: Rule, outcome: Outcome, voids: list[str]) -> None:
    """Write a step's record without its rule: the game is about order, not about what the steps ask for."""
    if rule.key in ("drafting", "revision") and (rule.key == "drafting" or voids):
        draft = Draft.objects.create(
            decision=decision,
            number=decision.drafts.count() + 1,
            explanatory_note="说明",
            voids=[step for step in voids if step in BEFORE_REVIEW],
            content_hash=str(decision.drafts.count()),
            written_by=office.people["sun"],
        )
        decision.current_draft = draft
        decision.save()
    StepRecord.objects.create(
        decision=decision,
        step=rule.key,
        draft=decision.current_draft,
        outcome=outcome,
        opened_on=clock.today(),
        completed_on=clock.today(),
        by=office.people["li"],
        role=Role.OFFICE_CLERK,
        occasion=f"{decision.pk}-{decision.records.count()}",
    )


@pytest.fixture
def unguarded(db):
    """The game is about order alone: its records come without the facts that the database's guards ask for."""
    with guards.removed():
        yield


@pytest.mark.postgres
def test_the_engine_plays_the_same_game(office, unguarded):
    chance = random.Random(42)
    seen: set[str] = set()
    for _walk in range(25):
        facts = {
            name: "on" if chance.random() < 0.5 else ""
            for name in ("is_technical", "has_possible_harm", "affects_market")
        }
        decision = office.propose(**{key: value for key, value in facts.items() if value})
        clerk = actor_for(duties_of(office.people["li"]), decision, [Role.OFFICE_CLERK])
        appoint_undertaking(
            decision, by=clerk, lead_unit=office.unit("农业农村办"), co_units=[], handler=office.people["sun"]
        )
        decision.executing_unit = office.unit("农业农村办")
        decision.adopted_on = decision.published_on = clock.today()
        decision.save()
        seen |= play_along(office, decision, chance)
    assert {"collective_decision", "publication", "archived"} <= seen


def play_along(office: Office, decision, chance: random.Random) -> set[str]:
    """End open steps at random in the engine and in the model; both must show the same open places each time."""
    needed = frozenset(key for key, rule in Rule.registry.items() if rule().applies(decision))
    state = settle(MAKING, State(frozenset({("start", ())}), needed))
    state = step_on(state, "proposal", Outcome.DONE, [])
    seen: set[str] = set()
    for _turn in range(60):
        tasks = making_tasks(decision)
        open_places = {name for name, _scope in state.tokens if MAKING.places[name].kind == "step"}
        assert sorted(task.flow_task.name for task in tasks) == sorted(open_places)
        seen |= {name for name, _scope in state.tokens}
        if not tasks:
            return seen
        task = chance.choice(tasks)
        rule = task.flow_task.rule
        outcome = chance.choice([*rule.passing, *rule.passing, *rule.outcomes])
        if outcome == Outcome.ADOPTED_WITH_CHANGES:
            outcome = Outcome.ADOPTED
        standing = sorted(state.standing & set(BEFORE_REVIEW))
        voids = [step for step in standing if chance.random() < 0.3] if rule.key == "revision" else []
        record(office, decision, rule, outcome, voids)
        task.process = task.process.decisionprocess
        acting.move_on(acting.Turn(task, decision, task.flow_task, {}), None)
        state = step_on(state, rule.key, outcome, voids)
    return seen


def making_tasks(decision) -> list[Task]:
    tasks = Task.objects.filter(process__decisionprocess__decision=decision, finished__isnull=True)
    return [t for t in tasks if t.flow_task_type == "HUMAN" and t.flow_task.flow_class is DecisionMaking]


def step_on(state: State, step: str, outcome: Outcome, voids: list[str]) -> State:
    """The model's move for the same ending and the same voided steps."""
    place: Place = MAKING.places[step]
    token = next(token for token in state.tokens if token[0] == step)
    for happened, after in ended(place.rule, state):
        if happened == outcome and set(after.standing & set(BEFORE_REVIEW)) == expected(state, step, outcome, voids):
            if (
                step in ("drafting", "revision")
                and (step == "drafting" or voids)
                and "legality_review" in after.standing
            ):
                continue
            rest = after.tokens - {token}
            return settle(MAKING, replace(after, tokens=rest | {(place.edges[0][1], token[1])}))
    raise AssertionError(f"the model knows no such end of {step}")


def expected(state: State, step: str, outcome: Outcome, voids: list[str]) -> set[str]:
    standing = set(state.standing & set(BEFORE_REVIEW))
    if step in BEFORE_REVIEW:
        standing = standing | {step} if outcome in Rule.registry[step].passing else standing - {step}
    return standing - set(voids)
