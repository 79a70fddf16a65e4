"""What stands between a matter and its meeting, and after it: every step, its state, and what each still lacks."""

from .items import FROM_MEETING, IN_FORCE, TO_MEETING, Item, items, state_of, whose
from .standing import BEGUN, Standing, open_tasks_of

__all__ = [
    "BEGUN",
    "FROM_MEETING",
    "IN_FORCE",
    "TO_MEETING",
    "Item",
    "Standing",
    "items",
    "open_tasks_of",
    "state_of",
    "whose",
]
