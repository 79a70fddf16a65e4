"""What people do outside a step's task: a citizen comments, a meeting is convened, somebody deputizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from workflows.play.case import Act
    from workflows.play.stage import Stage


class Deed:
    """One such act: its name in case files, the fields it takes, and what it calls."""

    key: ClassVar[str]
    title: ClassVar[Any]
    who: ClassVar[Any] = _("有关工作人员")
    registry: ClassVar[dict[str, type[Deed]]] = {}

    def __init_subclass__(cls) -> None:
        cls.key = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        Deed.registry[cls.key] = cls

    def __init__(self, stage: Stage, act: Act) -> None:
        self.stage, self.act = stage, act

    @property
    def fields(self) -> dict[str, forms.Field]:
        """The fields by name."""
        return {}

    def do(self, data: Any, files: Any) -> None:
        """Do it; raises what the service raises."""


class Wait(Deed):
    """Let time pass: whatever waits for it moves on."""

    title = _("时间推移")
    who = _("无须填写")
