"""Reading a jurisdiction's TOML file; whatever does not fit is an error that names the file and the key."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from decisions.articles import Article
from decisions.parameters.figures import Figure, Hardness, Requirement, Status
from decisions.parameters.keys import FLAG, KEYS, SHARES, STEPS, YEARLY_DAY, Need

FIGURE_FIELDS = {"since", "value", "unit", "hardness", "status", "article", "note"}
NEED_FIELDS = {"since", "value", "status", "article", "note"}


class ParameterError(ValueError):
    """A jurisdiction's file that cannot be used, with every reason."""


@dataclass(frozen=True)
class Jurisdiction:
    """What one file says, each figure and need in the order in which its values take effect."""

    code: str
    name: str
    inherits: str | None
    figures: dict[str, tuple[Figure, ...]]
    needs: dict[str, tuple[Requirement, ...]]


def read_file(path: Path) -> Jurisdiction:
    """Read one jurisdiction; its code is the file's name."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path.name}: {error}") from error
    about, needs = written.pop("jurisdiction", {}), written.pop("need", {})
    _refuse_unknown(path.name, "jurisdiction", set(about), {"name", "inherits"})
    _refuse_unknown(path.name, "", set(written), set(KEYS))
    _refuse_unknown(path.name, "need", set(needs), set(STEPS))
    if not about.get("name"):
        raise ParameterError(f"{path.name}: jurisdiction: give its name")
    reader = _Reader(path)
    return Jurisdiction(
        path.stem,
        about["name"],
        about.get("inherits"),
        {key: reader.in_order(key, entries, reader.figure) for key, entries in written.items()},
        {step: reader.in_order(step, entries, reader.requirement) for step, entries in needs.items()},
    )


Entry = dict[str, Any]
Found = TypeVar("Found", Figure, Requirement)


class _Reader:
    """Turns the entries of one file into figures and requirements."""

    def __init__(self, path: Path) -> None:
        self.name, self.code = path.name, path.stem

    def in_order(self, key: str, entries: Any, read: Callable[[str, Entry], Found]) -> tuple[Found, ...]:
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ParameterError(f"{self.name}: {key}: write each value as its own [[…]] entry")
        ordered = sorted((self._located(key, entry, read) for entry in entries), key=attrgetter("since"))
        if len({entry.since for entry in ordered}) < len(ordered):
            raise ParameterError(f"{self.name}: {key}: two values take effect on the same day")
        return tuple(ordered)

    def figure(self, key: str, entry: Entry) -> Figure:
        unit = entry.get("unit", "")
        if unit not in KEYS[key].units:
            raise ValueError(f"unknown unit {unit!r}; use one of {', '.join(KEYS[key].units)}")
        value = as_value(entry.get("value"), unit)
        hardness = Hardness(entry.get("hardness", "hard"))
        return Figure(**self._source(key, entry, FIGURE_FIELDS), value=value, unit=unit, hardness=hardness)

    def requirement(self, step: str, entry: Entry) -> Requirement:
        return Requirement(**self._source(step, entry, NEED_FIELDS), need=Need(entry.get("value", "")))

    def _source(self, key: str, entry: Entry, fields: set[str]) -> dict[str, Any]:
        if unknown := set(entry) - fields:
            raise ValueError(f"unknown field {', '.join(sorted(unknown))}; known are {', '.join(sorted(fields))}")
        since, article = entry.get("since"), entry.get("article")
        _expect(isinstance(since, date) and not isinstance(since, datetime), since, "a day such as since = 2019-09-01")
        status = Status(entry.get("status", ""))
        if status in (Status.VERIFIED, Status.SECONDARY) and not article:
            raise ValueError(f"a value of status {status} names its article; a setting has status I")
        cited = Article.parse(article) if article else None
        said = {"since": since, "status": status, "article": cited, "note": entry.get("note", "")}
        return {"jurisdiction": self.code, "key": key, **said}

    def _located(self, key: str, entry: Entry, read: Callable[[str, Entry], Found]) -> Found:
        try:
            return read(key, entry)
        except (ValueError, TypeError) as error:
            raise ParameterError(f"{self.name}: {key}: {error}") from error


def as_value(written: Any, unit: str) -> Any:
    """The value as written, checked against its unit: whole numbers, "1/2", true, or "06-30"."""
    if written is None:
        return None
    if unit == FLAG:
        return _expect(isinstance(written, bool), written, "true or false")
    if unit == YEARLY_DAY:
        _expect(isinstance(written, str) and re.fullmatch(r"\d\d-\d\d", written), written, 'a day such as "06-30"')
        day = date.fromisoformat(f"2023-{written}")
        return day.month, day.day
    if unit in SHARES:
        _expect(isinstance(written, str) and re.fullmatch(r"\d+/[1-9]\d*", written), written, 'a share such as "1/2"')
        return _expect(Fraction(written) <= 1, Fraction(written), "at most 1/1")
    return _expect(type(written) is int and written >= 1, written, "a whole number from 1")


def _expect(right: Any, value: Any, expected: str) -> Any:
    if not right:
        raise ValueError(f"{value!r} is not {expected}")
    return value


def _refuse_unknown(name: str, table: str, found: set[str], known: set[str]) -> None:
    if unknown := found - known:
        raise ParameterError(f"{name}: {table + ': ' if table else ''}unknown key {', '.join(sorted(unknown))}")


def read_directory(directory: Path) -> Iterator[Jurisdiction]:
    """Read every jurisdiction of a directory."""
    return (read_file(path) for path in sorted(directory.glob("*.toml"), key=attrgetter("stem")))
