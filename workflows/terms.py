"""The vocabulary of reminders: colours, who is told, by what means, and what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Colour(TextChoices):
    """How urgent what is overdue has become (蓝黄红督办)."""

    BLUE = "blue", _("蓝色督办")
    YELLOW = "yellow", _("黄色督办")
    RED = "red", _("红色督办")


class Tier(TextChoices):
    """Who on a ladder's rung is told, the one whose turn it is first."""

    PERSON = "person", _("承办")
    UNIT_HEAD = "unit_head", _("单位负责人")
    LEADER = "leader", _("分管领导")
    CHIEF = "chief", _("行政首长")
    SUPERVISOR = "supervisor", _("督查抄送")


class Kind(TextChoices):
    """What a notice is about; people choose channels by kind."""

    ARRIVED = "arrived", _("新到待办")
    DUE_SOON = "due_soon", _("临期提醒")
    OVERDUE = "overdue", _("超期督办")
    DIGEST = "digest", _("每日摘要")
    INCIDENT = "incident", _("系统异常")


class Medium(TextChoices):
    """By which channel a notice goes out."""

    INBOX = "inbox", _("站内")
    EMAIL = "email", _("邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信群")
    DINGTALK = "dingtalk", _("钉钉群")


class Delivered(TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("发送失败")
    DROPPED = "dropped", _("不再需要")
