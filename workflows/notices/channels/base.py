"""What every channel can do, and how the ones over HTTP speak."""

from __future__ import annotations

import json
import urllib.request
from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.error import HTTPError

from django.conf import settings

if TYPE_CHECKING:
    from workflows.models import Delivery

SECONDS = 10
"""How long one message may take; the lease on a batch is longer than that."""


class Unreachable(Exception):
    """The channel refused or did not answer. Says in a few words why, never whom or what."""


class Channel(ABC):
    """Sends single messages; open for the time of one batch, so that a connection may serve several."""

    connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.connection is not None:
            self.connection.close()

    @abstractmethod
    def send(self, delivery: Delivery) -> None:
        """Send it, or raise. Sent twice, it carries the same mark, by which its receiver drops the second."""


def mark(delivery: Delivery) -> str:
    """What makes one delivery recognizable to its receiver, however often it is sent."""
    return f"delivery-{delivery.pk}"


def link(delivery: Delivery) -> str:
    """The address to which a notice leads."""
    return settings.SITE_URL + delivery.notice.url


def post(url: str, content: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Post JSON and give the JSON that is answered."""
    if not url.startswith(("https://", "http://")):
        raise Unreachable("address")
    body = json.dumps(content, ensure_ascii=False).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            answer = response.read(65536)
    except HTTPError as error:
        raise Unreachable(f"HTTP {error.code}") from error
    except OSError as error:  # refused, unknown host, too slow
        raise Unreachable(type(error).__name__) from error
    try:
        found = json.loads(answer or b"{}")
    except ValueError as error:
        raise Unreachable("answer") from error
    return found if isinstance(found, dict) else {}
