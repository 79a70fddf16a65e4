"""Plays a case act by act, and compares what happens with what the case expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.storage import InMemoryStorage

from decisions import clock
from decisions.models import Decision, Document
from workflows.play import checking
from workflows.play.case import Act, Case, Supposition
from workflows.play.grounds import Reason
from workflows.play.performing import prepare, refusal_of
from workflows.play.stage import Stage, day_of, undone
from workflows.play.town import settle


@dataclass(frozen=True)
class Played:
    """One act as it was played: when, what came of it, and where that differs from what the case expects."""

    act: Act
    title: str
    at: datetime
    reasons: list[Reason]
    unmet: list[str]
    decision: Decision | None
    open_steps: list[str]
    supposing: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        return not self.reasons


class Stopped(Exception):
    """The case went another way than it expects, so what follows would mean nothing."""


@dataclass
class Player:
    """Plays one case and tells about each act."""

    case: Case
    tell: Callable[[Played], None]
    today: date
    jurisdiction: str = ""
    goes_on: bool = False
    keeps: bool = False
    stage: Stage = field(init=False)
    supposing: tuple[str, ...] = ()

    def play(self) -> None:
        """Play every act; what the case continues first, up to its step."""
        with clock.at(_first_day(self.case, self.today)) as now:
            town = settle(self.case.town, self.today, slug=self.case.authority, jurisdiction=self.jurisdiction)
            self.stage = Stage(self.case, self.today, now, town, self.keeps)
            if self.case.continues:
                self._play_up_to(self.case.continues, self.case)
            for each in self.case.acts:
                self._play(each)

    def _play_up_to(self, case: Case, continuing: Case) -> None:
        if case.continues:
            self._play_up_to(case.continues, case)
        up_to = continuing.up_to
        for each in case.acts:
            if up_to and self._is_open(up_to):
                return
            if isinstance(each, Act):
                self._play(each)
        if up_to and not self._is_open(up_to):
            raise continuing.section.section("continues").wrong("up_to", f"接续的案例没有到达“{up_to}”")

    def _is_open(self, step: str) -> bool:
        return any(step in checking.open_steps(decision) for decision in self.stage.matters.values())

    def _play(self, each: Act | Supposition) -> None:
        if isinstance(each, Act):
            self._play_act(each)
            return
        self.supposing = (*self.supposing, each.title)
        with undone(self.stage):
            for inner in each.acts:
                self._play(inner)
        self.supposing = self.supposing[:-1]

    def _play_act(self, act: Act) -> None:
        self.stage.go_to(act)
        title, perform = prepare(self.stage, act)
        try:
            reasons = refusal_of(perform)
        except Exception as error:
            error.add_note(f"{act.section.file}:{act.line}: {act.name}")
            raise
        decision = self.stage.decision_of(act) if act.matter in self.stage.matters else None
        unmet = [*checking.differences(act, reasons), *checking.unmet(act, decision, self.today)]
        steps = checking.open_steps(decision)
        self.tell(Played(act, title, clock.now(), reasons, unmet, decision, steps, self.supposing))
        if unmet and not self.goes_on:
            raise Stopped


def _first_day(case: Case, today: date) -> date:
    """The day of the first act, or of an earlier one that is only supposed before it."""
    if case.continues:
        return _first_day(case.continues, today)
    beginnings = list(_beginnings(case.acts))
    if "on" not in beginnings[-1].section:
        raise beginnings[-1].section.wrong("on", "第一个办理动作应当写明日期")
    dated = (act for act in beginnings if "on" in act.section)
    return min((day_of(act, "on", today) for act in dated), key=clock.as_moment)


def _beginnings(acts: tuple[Act | Supposition, ...]) -> Iterator[Act]:
    """The first act of every supposition up to the first act that counts, and that act."""
    for each in acts:
        if isinstance(each, Act):
            yield each
            return
        yield from _beginnings(each.acts)


@contextmanager
def files_in_memory() -> Iterator[None]:
    """Uploads go nowhere near the real store; for what is played and then rolled back."""
    file_field: Any = Document._meta.get_field("file")
    real, file_field.storage = file_field.storage, InMemoryStorage()
    try:
        yield
    finally:
        file_field.storage = real
