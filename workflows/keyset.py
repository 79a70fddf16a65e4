"""Pages of a list by the key of its last row: as quick on the thousandth page as on the first, and no OFFSET."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

SIZE = 20


@dataclass(frozen=True)
class Page:
    """The rows to show, and the addresses of the pages before and after; empty at the ends."""

    rows: list[Any]
    previous_url: str = ""
    next_url: str = ""


def page(
    rows: QuerySet[Any], request: HttpRequest, *, key: str = "pk", newest_first: bool = True, size: int = SIZE
) -> Page:
    """The page that `?after=` or `?before=` of the request names, by a key that is unique and never changes."""
    after, before = _number(request, "after"), _number(request, "before")
    backwards = before is not None
    descending = newest_first is not backwards
    edge = before if backwards else after
    if edge is not None:
        rows = rows.filter(**{f"{key}__{'lt' if descending else 'gt'}": edge})
    found = list(rows.order_by(f"-{key}" if descending else key)[: size + 1])
    has_more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    return Page(
        shown,
        _address(request, "before", shown, 0, key) if (has_more if backwards else after is not None) else "",
        _address(request, "after", shown, -1, key) if (backwards or has_more) else "",
    )


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def _address(request: HttpRequest, name: str, rows: list[Any], index: int, key: str) -> str:
    query = request.GET.copy()
    for old in ("after", "before"):
        query.pop(old, None)
    if rows:
        query[name] = str(getattr(rows[index], key))
    return f"?{query.urlencode()}"
