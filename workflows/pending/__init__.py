"""Whose move it is: what open tasks ask of a person, and what the facts say about each duty's part."""

from .asks import asks_of
from .parts import Say
from .tasks import Pending, pending_with

__all__ = ["Pending", "Say", "asks_of", "pending_with"]
