"""The process diagram: Viewflow's grid and edge routing over our own places, shapes, words and live state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.workflow.chart import GAP_SIZE, Grid, calc_edges, layout, topsort

from workflows.nodes import Branches, Choice, Gate, Gather, Step, Wait

from .places import ANSWERS, OTHERWISE, ROW_HEIGHT, ROWS, WORDS

BOXES = ("step", "wait", "pass")
LINE = 19
WIDTH = 90
STEP, SMALL, ROUND = (126, 58), (44, 44), (34, 34)


@dataclass(frozen=True)
class Drawn:
    """One node as it is drawn and read: its place, kind, words in lines, and state."""

    name: str
    kind: str
    title: str
    words: list[tuple[int, float, str]]
    x: int
    y: int
    width: int
    height: int
    state: str = "not_yet"


@dataclass(frozen=True)
class Arrow:
    """One edge: the points it runs through, its answer in words and where that stands."""

    points: str
    label: str
    label_x: int
    label_y: int


@lru_cache(maxsize=8)
def grid_of(flow_class: Any) -> Grid:
    """The flow's grid: our places, Viewflow's routes between them."""
    nodes, _reversed = topsort(flow_class)
    grid = Grid(nodes) if flow_class.__name__ in ROWS else _by_viewflow(nodes)
    for cell in grid.cells:
        place = ROWS.get(flow_class.__name__, {}).get(cell.node.name)
        if place:
            cell.col, cell.row = place
        cell.shape.width, cell.shape.height = size_of(cell.node)
    _put(grid, ROW_HEIGHT.get(flow_class.__name__, ()))
    for edge in grid.edges:
        edge.label = answer(edge)
    calc_edges(grid)
    return grid


def _by_viewflow(nodes: list[Any]) -> Grid:
    """Viewflow's own layout, for a flow that has no places yet."""
    incoming = {node: sorted((e.src for e in node._incoming()), key=nodes.index) for node in nodes}
    outgoing = {node: sorted((e.dst for e in node._outgoing()), key=nodes.index) for node in nodes}
    return layout(nodes, incoming, outgoing)


def _put(grid: Grid, heights: tuple[int, ...]) -> None:
    """Turn columns and rows into points; every shape stands in the middle of its cell."""
    cells = list(grid.cells)
    widths = [WIDTH] * (max(cell.col for cell in cells) + 1)
    rows = [*heights, *[128] * (max(cell.row for cell in cells) + 1 - len(heights))]
    for cell in cells:
        widths[cell.col] = max(widths[cell.col], cell.shape.width)
    for cell in cells:
        cell.x, cell.width = sum(widths[: cell.col]) + GAP_SIZE * cell.col + GAP_SIZE, widths[cell.col]
        cell.y, cell.height = sum(rows[: cell.row]) + GAP_SIZE * cell.row, rows[cell.row]
        cell.shape.x = cell.x + (cell.width - cell.shape.width) // 2
        cell.shape.y = cell.y + (cell.height - cell.shape.height) // 2
    grid.width = sum(widths) + GAP_SIZE * (len(widths) + 1)
    grid.height = sum(rows) + GAP_SIZE * len(rows)


def size_of(node: Any) -> tuple[int, int]:
    """Width and height by kind."""
    kind = kind_of(node)
    return STEP if kind in BOXES else SMALL if kind == "question" else ROUND


def kind_of(node: Any) -> str:
    """How a node is drawn: step, wait, question (diamond), fork, pass (automatic), start or end (circle)."""
    kinds = {Step: "step", Wait: "wait", Gate: "question", Choice: "question", Branches: "fork", Gather: "fork"}
    known = next((kind for node_class, kind in kinds.items() if isinstance(node, node_class)), None)
    if known is None:
        known = {"StartHandle": "start", "End": "end"}.get(type(node).__name__, "pass")
    return known


def title_of(node: Any) -> str:
    """A node's official words."""
    return str(WORDS.get(node.name) or node.task_title or node.name)


def answer(edge: Any) -> str:
    """What an edge is taken on: 是, 否, or a choice's answer."""
    if edge.label in ("yes", "no"):
        return str(_("是") if edge.label == "yes" else _("否"))
    if isinstance(edge.src, Choice):
        case = next((case for target, case in edge.src._branches if target is edge.dst), None)
        return str(ANSWERS[case.__name__] if case else OTHERWISE.get(edge.src.name, ""))
    return ""


def drawing(flow_class: Any, states: dict[str, str]) -> dict[str, Any]:
    """Everything the template draws: size, nodes with their states, arrows."""
    grid = grid_of(flow_class)
    return {
        "key": flow_class.__name__,
        "title": str(flow_class.process_title),
        "width": grid.width,
        "height": grid.height,
        "nodes": [_drawn(grid, cell, states) for cell in grid.cells],
        "arrows": [_arrow(edge) for edge in grid.edges],
        "twin": twin(flow_class, states),
    }


def _drawn(grid: Grid, cell: Any, states: dict[str, str]) -> Drawn:
    title, kind, shape = title_of(cell.node), kind_of(cell.node), cell.shape
    lines = [] if kind == "fork" else wrap(title, 6)
    words = _words(_side(grid, cell), lines, shape.width, shape.height)
    state = states.get(cell.node.name, "not_yet")
    return Drawn(cell.node.name, kind, title, words, shape.x, shape.y, shape.width, shape.height, state)


def _side(grid: Grid, cell: Any) -> str:
    """Where a node's words stand: inside a box; else above, below or to the left, where no arrow is in the way."""
    kind = kind_of(cell.node)
    if kind in BOXES:
        return "inside"
    top = cell.shape.y
    leaves_up = any(e.src is cell.node and e.segments[0][1] < top for e in grid.edges)
    enters_from_above = any(e.dst is cell.node and e.segments[-1][1] < top for e in grid.edges)
    if leaves_up or kind in ("start", "end"):
        return "below"
    return "left" if enters_from_above and kind == "question" else "above"


def _words(side: str, lines: list[str], width: int, height: int) -> list[tuple[int, float, str]]:
    """Each line with its place."""
    middle = height / 2 + 6 - (len(lines) - 1) * LINE / 2
    x = -10 - 8 * max(map(len, lines), default=0) if side == "left" else width // 2
    first = {"inside": middle, "left": middle, "below": height + LINE, "above": -8 - (len(lines) - 1) * LINE}[side]
    return [(x, first + number * LINE, line) for number, line in enumerate(lines)]


def _arrow(edge: Any) -> Arrow:
    x, y = _label_place(edge)
    return Arrow(" ".join(f"{px},{py}" for px, py in edge.segments), edge.label or "", x, y)


def _label_place(edge: Any) -> tuple[int, int]:
    """Beside the start; a choice's bent arrows share their start, so their answers stand beside the arrowheads."""
    if not isinstance(edge.src, Choice) or len(edge.segments) <= 2:
        return edge.label_pos or (0, 0)
    (_x, before), (x, y) = edge.segments[-2:]
    return (x + 6, y - 6 if before < y else y + 16)


def twin(flow_class: Any, states: dict[str, str]) -> list[dict[str, Any]]:
    """The diagram in words: every node in the order of the procedure, its state, and what comes after it."""
    nodes = sorted(
        grid_of(flow_class).cells, key=lambda cell: (cell.row > 4, cell.row if cell.row > 4 else 0, cell.col)
    )
    return [
        {
            "title": title_of(cell.node),
            "state": states.get(cell.node.name, "not_yet"),
            "kind": kind_of(cell.node),
            "next": [
                f"{edge.label}：{title_of(edge.dst)}" if edge.label else title_of(edge.dst)
                for edge in grid_of(flow_class).edges
                if edge.src is cell.node
            ],
        }
        for cell in nodes
    ]
