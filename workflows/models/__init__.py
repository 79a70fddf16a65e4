"""What the flows keep: their runs, the watch over each open task, who was told, and what went wrong."""

from .notices import Delivery, Group, Notice, Preference, Receiving
from .operations import Incident, Sweep
from .process import DecisionProcess
from .watching import Leader, Rung, Watch

__all__ = [
    "DecisionProcess",
    "Delivery",
    "Group",
    "Incident",
    "Leader",
    "Notice",
    "Preference",
    "Receiving",
    "Rung",
    "Sweep",
    "Watch",
]
