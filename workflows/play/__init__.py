"""Cases as files: read one, play it through the real services and flows in its own time, and say what happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date

from django.db import transaction

from decisions import clock, parameters
from workflows.play.case import Case, read_cases
from workflows.play.marks import Malformed
from workflows.play.player import Played, Player, Stopped, files_in_memory
from workflows.play.printing import Lines, Objects, Tally, Voice

__all__ = ["Case", "Lines", "Malformed", "Objects", "Played", "Tally", "Voice", "play", "read_cases"]


def play(
    case: Case,
    voice: Voice,
    *,
    keeps: bool = False,
    goes_on: bool = False,
    today: date | None = None,
    jurisdiction: str = "",
) -> Tally:
    """Play one case and tell about every act; unless it is kept, nothing of it remains."""
    tally = Tally()

    def tell(played: Played) -> None:
        tally.count(played)
        voice.tell(played)

    code = jurisdiction or case.deciding.text("jurisdiction")
    voice.begin(case, dict(parameters.choices()).get(code, code))
    player = Player(case, tell, today or clock.today(), jurisdiction, goes_on, keeps)
    with transaction.atomic() if keeps else rolled_back():
        try:
            player.play()
        except Stopped:
            transaction.set_rollback(True)
    voice.end(tally, is_kept=keeps and not tally.unmet)
    return tally


@contextmanager
def rolled_back() -> Iterator[None]:
    """Everything within happens and is undone; files stay in memory."""
    with ExitStack() as stack:
        stack.enter_context(files_in_memory())
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        yield
