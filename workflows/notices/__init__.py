"""Reminders and escalations: what falls due is said to whom it concerns, and each notice is evidence that it was."""

from .delivering import deliver_due
from .raising import raise_due
from .reading import acknowledge, unread_count

__all__ = ["acknowledge", "deliver_due", "raise_due", "unread_count"]
