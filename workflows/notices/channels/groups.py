"""Robots of chat groups: WeCom and DingTalk take a message by webhook, at most 20 a minute."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from .base import Channel, Unreachable, post

if TYPE_CHECKING:
    from workflows.models import Delivery, Group

A_MINUTE = 20
"""What both services accept from one robot."""


class Robot(Channel):
    """Says in a group that something waits, and where: no names, no titles, no text of anybody."""

    def send(self, delivery: Delivery) -> None:
        group = delivery.notice.group
        if group is None:
            raise Unreachable("address")
        text = f"{delivery.notice.subject}{delivery.notice.text}"
        answer = post(self.address(group), {"msgtype": "text", "text": {"content": text}})
        if code := answer.get("errcode"):
            raise Unreachable(f"errcode {code}")

    def address(self, group: Group) -> str:
        return group.url


class WeCom(Robot):
    """企业微信群机器人"""


class DingTalk(Robot):
    """钉钉群机器人; signed when the robot was given a secret."""

    def address(self, group: Group) -> str:
        if not group.secret:
            return group.url
        moment = str(round(time.time() * 1000))
        digest = hmac.new(group.secret.encode(), f"{moment}\n{group.secret}".encode(), hashlib.sha256).digest()
        signed = urlencode({"timestamp": moment, "sign": base64.b64encode(digest).decode()})
        return f"{group.url}&{signed}" if "?" in group.url else f"{group.url}?{signed}"
