"""Mail, by whatever backend Django's settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.mail import EmailMessage, get_connection

from .base import Channel, Unreachable, link, mark

if TYPE_CHECKING:
    from workflows.models import Delivery


class Email(Channel):
    """One connection for a batch; the Message-ID stays the same when a mail is sent again."""

    def __enter__(self) -> Self:
        self.connection = get_connection()
        return self

    def send(self, delivery: Delivery) -> None:
        notice = delivery.notice
        address = notice.recipient.email if notice.recipient else ""
        if not address:
            raise Unreachable("address")
        text = f"{notice.text}\n\n{link(delivery)}\n" if notice.url else f"{notice.text}\n"
        headers = {"Message-ID": f"<{mark(delivery)}@juece>", "Auto-Submitted": "auto-generated"}
        try:
            self.connection.open()
            EmailMessage(notice.subject, text, to=[address], headers=headers, connection=self.connection).send()
        except Exception:
            self.connection.close()  # one that failed is not used again
            raise
