"""What the header of officials' pages says: in which authority and under which duties the person is at work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from workflows.http import duties


def header(request: HttpRequest) -> dict[str, Any]:
    """Context for every template; nothing is read until a page draws the officials' header."""
    return {
        "current_authority": SimpleLazyObject(
            lambda: _listed(duty.unit.authority.name for duty in _own(request) if duty.unit)
        ),
        "current_duty": SimpleLazyObject(lambda: _listed(str(duty.role.label) for duty in _own(request))),
    }


def _listed(names: Iterable[str]) -> str:
    """Each name once, three at most."""
    return "、".join(list(dict.fromkeys(names))[:3])


def _own(request: HttpRequest) -> list[Any]:
    """The duties of the person's own, not those of principals."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    return [duty for duty in duties(request) if duty.holder == duty.person]
