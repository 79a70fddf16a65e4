"""What a statutory step is: who performs it, when it applies, what it lacks, when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from decisions import parameters
from decisions.articles import Article
from decisions.terms import Outcome, Role, Side, Status

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from decisions.models import Decision, StepRecord
    from decisions.parameters import Figure
    from decisions.periods import Due

SIDE_OF: dict[Role, Side] = {
    Role.HANDLER: Side.HANDLE,
    Role.UNIT_HEAD: Side.HANDLE,
    Role.LEGALITY_REVIEWER: Side.REVIEW,
    Role.LEGAL_ADVISER: Side.REVIEW,
    Role.MEMBER: Side.DECIDE,
    Role.CHIEF: Side.DECIDE,
    Role.ASSESSOR: Side.ASSESS,
    Role.EVALUATOR: Side.EVALUATE,
}
"""The side a duty stands on; duties not named here (office, execution, supervision) stand on none."""


@dataclass(frozen=True)
class Breach:
    """One sentence saying what is wrong, the article that says so, and the way out."""

    sentence: str
    article: Article
    way_out: str = ""

    def __str__(self) -> str:
        return f"{self.sentence}（{self.article}）" + self.way_out


class RuleBreached(Exception):
    """A write was refused; all breaches are shown, not the first."""

    def __init__(self, breaches: list[Breach]) -> None:
        self.breaches = breaches
        super().__init__("；".join(str(breach) for breach in breaches))


class Rule:
    """What one statutory step demands. Pure: reads facts through the decision it is given and writes nothing."""

    key: ClassVar[str]
    title: ClassVar[StrOrPromise]
    article: ClassVar[Article]
    asks: ClassVar[StrOrPromise]
    """One sentence for the person who performs the step."""
    roles: ClassVar[frozenset[Role]]
    """Duties that may complete the step."""
    contributors: ClassVar[frozenset[Role]] = frozenset()
    """Duties that act within the step without completing it (an adviser's opinion, a member's statement)."""
    stage: ClassVar[str]
    outcomes: ClassVar[tuple[Outcome, ...]] = (Outcome.DONE,)
    passing: ClassVar[frozenset[Outcome]] = frozenset({Outcome.DONE})
    binding: ClassVar[str] = "once"
    """How long it stands: `once` for good, `until_voided` by a material change, `exact` for the very draft version."""
    exempted_by: ClassVar[frozenset[Role]] = frozenset()
    """Duties that may sign an exemption; empty when the step can never be left out."""
    statuses: ClassVar[dict[Outcome, Status]] = {}
    budget: ClassVar[str] = ""
    """Key of the figure that gives the time for the step; empty when law and jurisdiction give none."""

    registry: ClassVar[dict[str, type[Rule]]] = {}

    def __init_subclass__(cls) -> None:
        cls.key = cls.__module__.rpartition(".")[2]
        if cls.__name__ != "".join(part.capitalize() for part in cls.key.split("_")):
            raise TypeError(f"{cls.__name__} stands in {cls.__module__}: use one name for both.")
        cls.registry[cls.key] = cls

    # When it applies

    def need(self, decision: Decision) -> str:
        """The jurisdiction's word on the step: always, unless_exempt, if_<fact> or never."""
        return parameters.need(decision.jurisdiction, self.key, decision.figures_on)

    def applies(self, decision: Decision) -> bool:
        """Whether the step is required for this decision."""
        need = self.need(decision)
        return need in ("always", "unless_exempt") or bool(need in FACTS and getattr(decision, FACTS[need]))

    def exemption_breaches(self, decision: Decision, ground: str, legal_basis: str) -> Iterator[Breach]:
        """Why the step may not be left out."""
        if not self.exempted_by:
            yield Breach(_("“%s”是必经程序，不得豁免") % self.title, self.article)
        if not ground.strip() or not legal_basis.strip():
            yield Breach(_("豁免程序应当写明理由和依据"), self.article, _("请填写豁免理由和豁免依据。"))

    # What it lacks

    def lacks(self, decision: Decision) -> Iterator[Breach]:
        """What is still missing among the facts before the step can be completed."""
        return iter(())

    def breaches(self, decision: Decision, record: StepRecord) -> Iterator[Breach]:
        """Why this very record may not be made."""
        if record.outcome not in self.outcomes:
            yield Breach(_("“%s”不能以“%s”结束") % (self.title, Outcome(record.outcome).label), self.article)
        yield from self.lacks(decision)

    # Time

    def figure(self, key: str, decision: Decision) -> Figure:
        """A figure of the decision's jurisdiction on the day that counts."""
        return parameters.figure(decision.jurisdiction, key, decision.figures_on)

    def due(self, decision: Decision, opened_on: date) -> Due | None:
        """When the step should be completed, with its explanation."""
        if not self.budget:
            return None
        return self.figure(self.budget, decision).after(opened_on)

    def earliest(self, decision: Decision, opened_on: date) -> Due | None:
        """The first day on which the step may lawfully be completed, when the law sets a shortest time."""
        return None

    def __str__(self) -> str:
        return str(self.title)


FACTS: dict[str, str] = {
    "if_technical": "is_technical",
    "if_possible_harm": "has_possible_harm",
    "if_market_actors": "affects_market",
    "if_hearing_required": "holds_hearing",
}
"""Which fact of the decision a conditional need reads."""


def rule(key: str) -> Rule:
    """The rule of a step key."""
    return Rule.registry[key]()


def sentence_list(things: Any) -> str:
    return "、".join(str(thing) for thing in things)
