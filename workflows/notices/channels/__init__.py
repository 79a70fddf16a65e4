"""The channels by which notices leave the house, one class each behind one small interface."""

from workflows.terms import Medium

from .base import Channel, Unreachable
from .email import Email
from .groups import DingTalk, WeCom
from .inbox import Inbox
from .sms import Sms

CHANNELS: dict[str, type[Channel]] = {
    Medium.INBOX: Inbox,
    Medium.EMAIL: Email,
    Medium.SMS: Sms,
    Medium.WECOM: WeCom,
    Medium.DINGTALK: DingTalk,
}

__all__ = ["CHANNELS", "Channel", "Unreachable"]
