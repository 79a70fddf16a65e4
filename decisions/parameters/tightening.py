"""A jurisdiction may tighten what it inherits, never loosen it."""

from collections.abc import Iterator

from decisions.parameters.figures import Figure, Hardness, Requirement
from decisions.parameters.keys import SHARE_EXCEEDED as EXCEEDED
from decisions.parameters.keys import Sense

FIRMNESS = {Hardness.HARD: 2, Hardness.GENERALLY: 1, Hardness.BUDGET: 0}


def loosened_figure(own: Figure, inherited: Figure) -> Iterator[str]:
    """Say how a figure is weaker than the one it replaces; settings, and figures not set, may be replaced freely."""
    if not inherited.is_law or not inherited or inherited.sense == Sense.FREE:
        return
    if FIRMNESS[own.hardness] < FIRMNESS[inherited.hardness]:
        yield f"is only {own.hardness} where {inherited.jurisdiction} is {inherited.hardness}"
    if not own:
        yield f"is not set where {inherited.jurisdiction} demands {inherited.demand}"
    elif own.unit != inherited.unit and {own.unit, inherited.unit} != {"share", EXCEEDED}:
        yield f"is in {own.unit} where {inherited.jurisdiction} counts in {inherited.unit}, which cannot be compared"
    elif _is_weaker(own, inherited):
        yield f"demands {own.demand} where {inherited.jurisdiction} demands {inherited.demand}"


def loosened_need(own: Requirement, inherited: Requirement) -> Iterator[str]:
    """Say how a step is required less often than the inherited need requires it by law."""
    if not inherited.is_law:
        return
    weaker = own.need.strictness < inherited.need.strictness
    other = own.need.strictness == inherited.need.strictness and own.need != inherited.need
    if weaker or other:
        yield f"is required {own.need} where {inherited.jurisdiction} requires it {inherited.need}"


def _is_weaker(own: Figure, inherited: Figure) -> bool:
    # Both values are set and of one kind here; of two equal shares the one that must be exceeded is stricter.
    mine, theirs = ((figure.value, figure.unit == EXCEEDED) for figure in (own, inherited))
    return bool(mine > theirs if inherited.sense == Sense.MAXIMUM else mine < theirs)
