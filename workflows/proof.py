"""The proof that no path skips a mandatory step: an exhaustive search over every reachable marking of a flow.

It plays the token game that Viewflow plays (a join fires when no other token of its split is under way), runs the very
gates of the flow, and keeps its own history of what was done for the current draft, apart from what the gates read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

from decisions.rules import Position, Rule
from decisions.rules.position import BEFORE_MEETING, BEFORE_REVIEW
from decisions.terms import Outcome
from workflows.graph import Graph, Place

WRITES_DRAFT = ("drafting", "revision")
OUTCOMES_THAT_MATTER = frozenset(
    {
        "initiation",
        "collective_decision",
        "party_report",
        "execution",
        "evaluation",
        "suspension",
        "adjustment",
    }
)
"""Steps whose way of ending gates or claims read; of all others only whether they stand (`gates_read` checks this)."""
ADDED_LATER = {"public_participation": "hearing", "execution": "evaluation", "suspension": "evaluation"}
"""While the first is open, the second may become needed: a hearing called for, an evaluation ordered."""

Token = tuple[str, tuple[str, ...]]
"""Where a token stands, and the splits it is inside of."""


@dataclass(frozen=True)
class State:
    """A marking with its history; every field is a value, so equal situations are one state."""

    tokens: frozenset[Token]
    needed: frozenset[str]
    standing: frozenset[str] = frozenset()
    outcomes: frozenset[tuple[str, Outcome]] = frozenset()
    history: frozenset[str] = frozenset()
    """What really happened for the present round, kept apart from what gates read."""

    @property
    def position(self) -> Position:
        return Position(self.needed, self.standing, dict(self.outcomes))

    def active(self, name: str) -> bool:
        return any(place == name for place, _scope in self.tokens)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and the shortest way there in words."""

    claim: str
    trace: tuple[str, ...]

    def __str__(self) -> str:
        return self.claim + "：" + " → ".join(self.trace)


@dataclass
class Proof:
    """The result of a search: how much was searched, and every claim with its counterexample, if any."""

    graph: Graph
    states: int = 0
    moves: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


class Broken(Exception):
    """The graph cannot be played: a token is lost, joins across splits, or meets another."""


def prove(
    graph: Graph, *, everything: bool = True, first: bool = False, trying: Iterable[frozenset[str]] | None = None
) -> Proof:
    """Search every reachable state. `everything` tries each set of conditional steps, else only all and none;
    `trying` names the sets to try; `first` stops at the first fault."""
    proof = Proof(graph)
    if unread := gates_read(graph) - OUTCOMES_THAT_MATTER:
        raise ValueError(f"gates ask how {sorted(unread)} ended: add them to OUTCOMES_THAT_MATTER")
    for needed in needs(graph, everything) if trying is None else trying:
        _search(graph, needed, proof)
        if first and proof.faults:
            break
    return proof


def needs(graph: Graph, everything: bool) -> Iterator[frozenset[str]]:
    """Sets of steps that may be needed: what no jurisdiction can do without, with the conditional ones or not."""
    steps = {place.name for place in graph.steps}
    conditional = [step for step in (*BEFORE_REVIEW, "party_report", "evaluation") if step in steps]
    always = frozenset(steps - set(conditional))
    chosen = subsets(conditional) if everything else [(), tuple(conditional)]
    for extra in chosen:
        yield always | frozenset(extra)


def gates_read(graph: Graph) -> set[str]:
    """The steps whose outcome some gate asks for."""
    asked: set[str] = set()

    class Listening(Position):
        def outcome(self, step: str) -> Outcome | None:
            asked.add(step)
            return None

    for place in graph.places.values():
        for question, _target in place.edges:
            if question is not None:
                question(Listening(frozenset(), frozenset()))
    return asked


def subsets(things: Iterable[str]) -> Iterator[tuple[str, ...]]:
    items = list(things)
    return chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))


def _search(graph: Graph, needed: frozenset[str], proof: Proof) -> None:
    """Breadth first, so that traces are shortest; then backwards from the ends, so that nothing hangs."""
    came_from: dict[State, tuple[State | None, str]] = {}
    before: dict[State, set[State]] = {}
    try:
        begin = settle(graph, State(frozenset({("start", ())}), needed))
    except Broken as broken:
        proof.faults.append(Fault(str(broken), ()))
        return
    came_from[begin] = (None, "")
    queue, ended = deque([begin]), set()
    while queue:
        state = queue.popleft()
        if claim := violated(graph, state):
            _report(proof, claim, state, came_from)
            continue
        if state.tokens and all(graph.places[name].kind == "end" for name, _scope in state.tokens):
            ended.add(state)
            continue
        try:
            following = list(moves(graph, state))
        except Broken as broken:
            _report(proof, str(broken), state, came_from)
            continue
        if not following:
            _report(proof, "办理停滞，无法继续", state, came_from)
        for words, after in following:
            proof.moves += 1
            before.setdefault(after, set()).add(state)
            if after not in came_from:
                came_from[after] = (state, words)
                queue.append(after)
    proof.states += len(came_from)
    _report_hanging(proof, came_from, before, ended)


def _report_hanging(
    proof: Proof,
    came_from: dict[State, tuple[State | None, str]],
    before: dict[State, set[State]],
    ended: set[State],
) -> None:
    reaching, queue = set(ended), deque(ended)
    while queue:
        for earlier in before.get(queue.popleft(), ()):
            if earlier not in reaching:
                reaching.add(earlier)
                queue.append(earlier)
    if not proof.faults:
        for state in came_from:
            if state not in reaching:
                _report(proof, "从此处无法到达任何终点", state, came_from)
                return


def _report(proof: Proof, claim: str, state: State, came_from: dict[State, tuple[State | None, str]]) -> None:
    if any(fault.claim == claim for fault in proof.faults):
        return
    trace: list[str] = []
    at: State | None = state
    while at is not None:
        at, words = came_from[at]
        if words:
            trace.append(words)
    proof.faults.append(Fault(claim, tuple(reversed(trace))))


# The token game


def moves(graph: Graph, state: State) -> Iterator[tuple[str, State]]:
    """Everything that can happen next: each open step ends in each way, each wait ends, facts add needs."""
    for token in state.tokens:
        place = graph.places[token[0]]
        if place.kind == "wait":
            yield f"{place.title}届满", settle(graph, _advance(graph, state, token))
        if place.rule is None:
            continue
        added = ADDED_LATER.get(place.name)
        if added in graph.places and added not in state.needed:
            yield f"增加{Rule.registry[added].title}", replace(state, needed=state.needed | {added})
        for outcome, after in ended(place.rule, state):
            words = f"{place.title}（{outcome.label}）"
            yield words, settle(graph, _advance(graph, after, token))


def ended(rule: Rule, state: State) -> Iterator[tuple[Outcome, State]]:
    """The history after a step ended in each possible way, with every change of the draft it may bring."""
    outcomes = [*rule.outcomes, *([Outcome.EXEMPT] if rule.exempted_by else [])]
    for outcome in outcomes:
        passes = outcome in rule.passing or outcome == Outcome.EXEMPT
        standing = state.standing | {rule.key} if passes else state.standing - {rule.key}
        known = dict(state.outcomes) | ({rule.key: outcome} if rule.key in OUTCOMES_THAT_MATTER else {})
        history = _remembered(state.history, rule.key, outcome)
        after = replace(state, standing=standing, outcomes=frozenset(known.items()), history=history)
        yield outcome, after
        if rule.key in WRITES_DRAFT or outcome == Outcome.ADOPTED_WITH_CHANGES:
            voidable = [] if outcome == Outcome.ADOPTED_WITH_CHANGES else sorted(standing & set(BEFORE_REVIEW))
            for voided in subsets(voidable):
                yield outcome, replace(after, standing=frozenset(_kept(standing, voided, rule.key)))


def _remembered(history: frozenset[str], step: str, outcome: Outcome) -> frozenset[str]:
    """Adopted and agreed count for the round in which they happened: revising begins a new one."""
    if step == "revision":
        return history - {"adopted", "agreed"}
    if step == "collective_decision":
        history = history - {"adopted", "agreed"}
        return history | {"adopted"} if outcome in (Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES) else history
    if step == "party_report" and outcome == Outcome.AGREED:
        return history | {"agreed"}
    return history


def _kept(standing: frozenset[str], voided: tuple[str, ...], writer: str) -> Iterator[str]:
    """What still stands for a new draft version."""
    for step in standing:
        if step == writer or (step not in voided and Rule.registry[step].binding != "exact"):
            yield step


def _advance(graph: Graph, state: State, token: Token) -> State:
    """Take a token on along the single edge of its place."""
    place = graph.places[token[0]]
    rest = state.tokens - {token}
    return replace(state, tokens=_put(graph, rest, [(target, token[1]) for _question, target in place.edges[:1]]))


def _put(graph: Graph, tokens: frozenset[Token], more: Iterable[Token]) -> frozenset[Token]:
    """Add tokens; those that come to a join they share become one, as the engine keeps one join task."""
    placed = set(tokens)
    for token in more:
        if graph.places[token[0]].kind == "gather":
            if any(other[0] == token[0] and other[1] != token[1] for other in placed):
                raise Broken(f"不同分支的流转汇合于同一环节：{token[0]}")
        elif token in placed:
            raise Broken(f"同一环节重复开启：{token[0]}")
        placed.add(token)
    return frozenset(placed)


def settle(graph: Graph, state: State) -> State:
    """Let the token run through everything that needs nobody, until only open tasks, waiting joins and ends remain."""
    for _turn in range(200):
        token = next((t for t in sorted(state.tokens) if _runs(graph, state, t)), None)
        if token is None:
            return state
        state = _run(graph, state, token)
    raise Broken("流转陷入循环")


def _runs(graph: Graph, state: State, token: Token) -> bool:
    place = graph.places.get(token[0])
    if place is None:
        raise Broken(f"不存在的环节：{token[0]}")
    if place.kind == "gather":
        return not _under_way(graph, state, token)
    return place.kind in ("pass", "gate", "choice", "branches")


def _under_way(graph: Graph, state: State, join: Token) -> list[Token]:
    """Other tokens of the join's split that have not arrived."""
    if not join[1]:
        raise Broken(f"未经分支即到达汇合：{join[0]}")
    scope = join[1]
    return [t for t in state.tokens if t != join and t[1][: len(scope)] == scope]


def _run(graph: Graph, state: State, token: Token) -> State:
    place = graph.places[token[0]]
    rest = state.tokens - {token}
    targets = list(_targets(place, state.position))
    scope = token[1]
    if place.kind == "branches":
        if place.name in scope:
            raise Broken(f"分支尚未汇合又重新分开：{place.name}")
        scope = (*scope, place.name)
    elif place.kind == "gather":
        scope = scope[:-1]
    return replace(state, tokens=_put(graph, rest, [(target, scope) for target in targets]))


def _targets(place: Place, position: Position) -> Iterator[str]:
    """Where the token goes: the first edge that opens, or for branches every one."""
    for question, target in place.edges:
        if question is None or question(position):
            yield target
            if place.kind != "branches":
                return
    if place.kind == "choice":
        raise Broken(f"没有可选的去向：{place.name}")


# What must be true


def violated(graph: Graph, state: State) -> str:
    """The first claim that does not hold in a state; empty when all hold."""
    outcomes = dict(state.outcomes)
    if state.active("collective_decision"):
        for step in BEFORE_MEETING:
            if step in state.needed and step not in state.standing:
                return f"未完成“{Rule.registry[step].title}”即提交集体讨论"
    if state.active("publication") or state.active("archiving"):
        if "adopted" not in state.history:
            return "未经集体讨论通过即公布"
        if "party_report" in state.needed and "agreed" not in state.history:
            return "未请示报告即公布"
    return _violated_at_end(state, outcomes)


def _violated_at_end(state: State, outcomes: dict[str, Outcome]) -> str:
    if state.active("archived") and not {"publication", "archiving"} <= state.standing:
        return "未公布或者未归档即办结"
    if state.active("rejected") and outcomes.get("collective_decision") != Outcome.REJECTED:
        return "未经会议否决即终止"
    if state.active("not_started") and outcomes.get("initiation") != Outcome.NOT_STARTED:
        return "未作出不予启动的决定即终止"
    if state.active("closed"):
        if "execution" not in state.standing:
            return "未执行完毕即办结"
        if "evaluation" in state.needed and outcomes.get("evaluation") != Outcome.CONTINUE:
            return "未经决策后评估即办结"
        if outcomes.get("suspension") == Outcome.SUSPENDED and outcomes.get("adjustment") is None:
            return "中止执行后未依程序处理即办结"
    if state.active("superseded") and outcomes.get("adjustment") != Outcome.SUPERSEDED:
        return "未依程序作出新决策即终止原决策"
    return ""


CLAIMS = (
    "提交集体讨论前，合法性审查针对现稿通过，各必经程序均已履行或者依法豁免",
    "未经集体讨论通过的不得公布；应当请示报告的，公布前已获同意",
    "办结须已公布并归档；终止须有不予启动或者否决的决定",
    "执行完毕方可办结；应当评估的，评估后方可办结；中止执行后须依程序处理",
    "任何环节不停滞，且均可到达终点；分支汇合不丢失、不重复",
)
"""What the search shows, for the sheet that a legal officer reads."""
