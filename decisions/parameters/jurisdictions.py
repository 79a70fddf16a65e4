"""All jurisdictions together: who inherits from whom, what is in force on a day, and who is weaker than allowed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self, TypeVar

from decisions.parameters.figures import Figure, Requirement
from decisions.parameters.files import Jurisdiction, ParameterError, read_directory
from decisions.parameters.keys import KEYS, STEPS
from decisions.parameters.tightening import loosened_figure, loosened_need

Found = TypeVar("Found", Figure, Requirement)


class NotInForce(LookupError):
    """A day on which nothing was in force yet for what is asked."""


@dataclass(frozen=True)
class Line:
    """One figure or need in words, for a page or a terminal."""

    key: str
    label: str
    value: str
    basis: str
    is_law: bool
    source: Figure | Requirement
    jurisdiction: str


class Parameters:
    """The jurisdictions of some directories, files of later directories taking the place of earlier ones."""

    def __init__(self, *directories: Path) -> None:
        found = [each for directory in directories for each in read_directory(directory)]
        self.jurisdictions: dict[str, Jurisdiction] = {each.code: each for each in found}
        self._lineages = {code: self._ascend(code) for code in self.jurisdictions}

    @classmethod
    def read(cls, *directories: Path) -> Self:
        """Read, and refuse what loosens an inherited figure or leaves one out of the nation's."""
        read = cls(*directories)
        if violations := [violation for code in read.jurisdictions for violation in read.check(code)]:
            raise ParameterError("\n".join(violations))
        return read

    def lineage(self, code: str) -> Sequence[Jurisdiction]:
        """The jurisdiction, then what it inherits from, up to the nation."""
        if code not in self._lineages:
            raise ParameterError(f"no jurisdiction {code!r}; known are {', '.join(self.jurisdictions)}")
        return self._lineages[code]

    def figure(self, jurisdiction: str, key: str, on: date) -> Figure:
        """The figure in force on a day; one that is not set has the value None."""
        if key not in KEYS:
            raise KeyError(f"no figure is named {key!r}")
        return _found([each.figures.get(key, ()) for each in self.lineage(jurisdiction)], key, on)

    def requirement(self, jurisdiction: str, step: str, on: date) -> Requirement:
        """When a step is required, by what is in force on a day."""
        if step not in STEPS:
            raise KeyError(f"no step is named {step!r}")
        return _found([each.needs.get(step, ()) for each in self.lineage(jurisdiction)], step, on)

    def check(self, code: str) -> list[str]:
        """Say where the jurisdiction is weaker than what it inherits; where the nation's file leaves something out."""
        own, *ancestors = self.lineage(code)
        if not ancestors:
            missing = {*KEYS.keys() - own.figures.keys(), *STEPS.keys() - own.needs.keys()}
            return [
                f"{code}.toml: {key}: give an entry, without a value where nothing is set" for key in sorted(missing)
            ]
        return [
            *_weaker(own.figures, [each.figures for each in ancestors], loosened_figure),
            *_weaker(own.needs, [each.needs for each in ancestors], loosened_need),
        ]

    def describe(self, jurisdiction: str, on: date) -> list[Line]:
        """Every need and figure in force on a day, in words."""
        needs = [self.requirement(jurisdiction, step, on) for step in STEPS]
        figures = [self.figure(jurisdiction, key, on) for key in KEYS]
        return [
            *(self._line(each, STEPS[each.key], each.need.label) for each in needs),
            *(self._line(each, KEYS[each.key].label, each.demand) for each in figures),
        ]

    def _line(self, source: Figure | Requirement, label: str, value: str) -> Line:
        name = self.jurisdictions[source.jurisdiction].name
        return Line(source.key, label, value, source.basis, source.is_law, source, name)

    def _ascend(self, code: str) -> Sequence[Jurisdiction]:
        line = [self.jurisdictions[code]]
        while (parent := line[-1].inherits) is not None:
            if parent not in self.jurisdictions:
                raise ParameterError(f"{line[-1].code}.toml: inherits: there is no jurisdiction {parent!r}")
            if self.jurisdictions[parent] in line:
                raise ParameterError(f"{line[-1].code}.toml: inherits: {parent!r} inherits from {code!r} in turn")
            line.append(self.jurisdictions[parent])
        return line


def _in_force(entries: Iterable[Found], on: date) -> Found | None:
    return max((entry for entry in entries if entry.since <= on), key=lambda entry: entry.since, default=None)


def _found(levels: Iterable[Iterable[Found]], key: str, on: date) -> Found:
    for entries in levels:
        if (found := _in_force(entries, on)) is not None:
            return found
    raise NotInForce(f"nothing was in force for {key} on {on}")


def _weaker(
    own: dict[str, tuple[Found, ...]],
    ancestors: Sequence[dict[str, tuple[Found, ...]]],
    loosened: Callable[[Found, Found], Iterator[str]],
) -> Iterator[str]:
    """Compare on every day on which either side changes, and with each ancestor: a setting between hides no law."""
    for key, entries in own.items():
        for above in (each.get(key, ()) for each in ancestors):
            for day in sorted({entry.since for entry in entries} | {entry.since for entry in above}):
                mine, theirs = _in_force(entries, day), _in_force(above, day)
                if mine is not None and theirs is not None:
                    yield from (f"{mine.jurisdiction}.toml: {key} on {day} {how}" for how in loosened(mine, theirs))
