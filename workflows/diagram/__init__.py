"""The process diagram: places of our own, Viewflow's routes between them, live state, and the same in words."""

from .drawing import drawing, grid_of, title_of
from .places import ROWS

__all__ = ["ROWS", "drawing", "grid_of", "title_of"]
