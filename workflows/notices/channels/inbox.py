"""The inbox on our own pages: served by the notice itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Channel

if TYPE_CHECKING:
    from workflows.models import Delivery


class Inbox(Channel):
    """Written with the notice, in one transaction: there is nothing left to send."""

    def send(self, delivery: Delivery) -> None:
        """Nothing: the row is there."""
