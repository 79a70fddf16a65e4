"""Short messages, by an HTTP gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from .base import Channel, Unreachable, link, mark, post

if TYPE_CHECKING:
    from workflows.models import Delivery


class Sms(Channel):
    """Posts {"to", "text", "key"}: the heading and the link, no more; the key lets the gateway drop a second one."""

    def send(self, delivery: Delivery) -> None:
        notice = delivery.notice
        phone = notice.recipient.phone if notice.recipient else ""
        if not phone or not settings.SMS_GATEWAY_URL:
            raise Unreachable("address")
        headers = {"Idempotency-Key": mark(delivery)}
        if settings.SMS_GATEWAY_TOKEN:
            headers["Authorization"] = f"Bearer {settings.SMS_GATEWAY_TOKEN}"
        content = {"to": phone, "text": f"{notice.subject} {link(delivery)}", "key": mark(delivery)}
        post(settings.SMS_GATEWAY_URL, content, headers)
