"""Whose move it is: what open tasks ask of a person, and what the facts say about each duty's part."""

from .asks import asks_of
from .parts import Part, part_of
from .say import Say
from .tasks import FACTS_OF_PART, Pending, Sides, is_free, pending_with

__all__ = ["FACTS_OF_PART", "Part", "Pending", "Say", "Sides", "asks_of", "is_free", "part_of", "pending_with"]
