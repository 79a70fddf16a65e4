"""Pages of public lists by key: the thousandth costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

SIZE = 20


@dataclass(frozen=True)
class Page:
    """The rows to show, and the addresses of the beginning and of the next page; empty when there is none."""

    rows: list[Any]
    first_url: str = ""
    next_url: str = ""


def page(rows: QuerySet[Any], request: HttpRequest, *, key: str = "pk", ascending: bool = False) -> Page:
    """The page after the key that `?after=` names; newest first unless ascending."""
    after = request.GET.get("after", "")
    is_first = not (after.isascii() and after.isdigit() and len(after) < 19)
    if not is_first:
        rows = rows.filter(**{f"{key}__{'gt' if ascending else 'lt'}": int(after)})
    found = list(rows.order_by(key if ascending else f"-{key}")[: SIZE + 1])
    shown = found[:SIZE]
    following = f"?after={getattr(shown[-1], key)}" if len(found) > SIZE else ""
    return Page(shown, "" if is_first else "?", following)
