"""The figures of each jurisdiction: what it demands, from which day, by which article, and how sure that is.

One TOML file per jurisdiction; it inherits what it does not set itself and may only tighten what is law. What the fact
sheet marks as remembered (M) or ours (I) is a setting and is never shown as law.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from pathlib import Path

from decisions.parameters.figures import Figure, Hardness, Requirement, Status
from decisions.parameters.files import ParameterError
from decisions.parameters.jurisdictions import Line, NotInForce, Parameters
from decisions.parameters.keys import KEYS, STEPS, Need, Sense

__all__ = [
    "HERE",
    "KEYS",
    "STEPS",
    "Figure",
    "Hardness",
    "Line",
    "Need",
    "NotInForce",
    "ParameterError",
    "Parameters",
    "Requirement",
    "Sense",
    "Status",
    "budget",
    "check",
    "choices",
    "describe",
    "figure",
    "in_use",
    "need",
    "requirement",
    "using",
]

HERE = Path(__file__).parent

_chosen: ContextVar[Parameters | None] = ContextVar("decisions.parameters", default=None)


@lru_cache(maxsize=1)
def _shipped() -> Parameters:
    return Parameters.read(HERE)


def in_use() -> Parameters:
    """The parameters in use: those chosen with `using`, else the shipped ones."""
    return _chosen.get() or _shipped()


@contextmanager
def using(chosen: Parameters) -> Iterator[Parameters]:
    """Let the enclosed code live under these parameters, to try figures before adopting them."""
    token = _chosen.set(chosen)
    try:
        yield chosen
    finally:
        _chosen.reset(token)


def figure(jurisdiction: str, key: str, on: date) -> Figure:
    """The figure in force in a jurisdiction on a day; one that is not set has the value None and is false."""
    return in_use().figure(jurisdiction, key, on)


def requirement(jurisdiction: str, step: str, on: date) -> Requirement:
    """When a step is required in a jurisdiction on a day, with article and status."""
    return in_use().requirement(jurisdiction, step, on)


def need(jurisdiction: str, step: str, on: date) -> Need:
    """When a step is required in a jurisdiction on a day: `always`, `unless_exempt`, `if_…` or `never`."""
    return requirement(jurisdiction, step, on).need


def budget(jurisdiction: str, step: str, on: date) -> Figure:
    """The time a step may take before it is overdue: the law's for publication, for all others the planned one."""
    return figure(jurisdiction, "publication_maximum" if step == "publication" else f"{step}_due", on)


def check(jurisdiction: str) -> list[str]:
    """Where a jurisdiction is weaker than what it inherits; empty for all that are in use."""
    return in_use().check(jurisdiction)


def describe(jurisdiction: str, on: date) -> list[Line]:
    """Every need and figure in force in a jurisdiction on a day, in words, for a page or a terminal."""
    return in_use().describe(jurisdiction, on)


def choices() -> list[tuple[str, str]]:
    """The jurisdictions to choose from: code and name."""
    return [(code, each.name) for code, each in in_use().jurisdictions.items()]
