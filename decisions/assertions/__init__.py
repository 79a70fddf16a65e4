"""What must hold between the records of a decision, each checked anew from facts: the certificate's small print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .after import after_meeting
from .assertion import Assertion, Records
from .before import before_meeting
from .meeting import at_meeting
from .separation import separation

if TYPE_CHECKING:
    from decisions.models import Decision

__all__ = ["Assertion", "Records", "assertions"]


def assertions(decision: Decision, latest: Records) -> Iterator[Assertion]:
    """Everything that can be checked at the point the decision has reached."""
    yield separation(decision)
    yield from before_meeting(decision, latest)
    if "collective_decision" in latest:
        yield from at_meeting(decision, latest)
    yield from after_meeting(decision, latest)
