"""Numbers written as 3、5-8; and days, as the chapter of participation asks for them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from .fields import DayField

MOST_NUMBERS = 500
__all__ = ["DayField", "NumbersField", "NumbersInput"]


class NumbersInput(forms.TextInput):
    """Text, or any number of ticked boxes of the same name."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        values = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name)
        return "、".join(map(str, values)) if isinstance(values, list | tuple) else values


class NumbersField(forms.CharField):
    """Numbers written as 3、5-8; its value is a sorted list without repetition."""

    widget = NumbersInput
    default_error_messages = {
        "format": gettext_lazy("“%(part)s”不是编号；请写成“3、5-8”的样式。"),
        "many": gettext_lazy("一次最多%(most)d条。"),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        numbers: set[int] = set()
        for part in filter(None, re.split(r"[\s,，、;；]+", text)):
            numbers |= self._range(part)
            if len(numbers) > MOST_NUMBERS:
                raise ValidationError(self.error_messages["many"], params={"most": MOST_NUMBERS})
        return sorted(numbers)

    def _range(self, part: str) -> set[int]:
        match = re.fullmatch(r"(\d{1,6})(?:[-—–~至](\d{1,6}))?", part)
        if match is None:
            raise ValidationError(self.error_messages["format"], params={"part": part})
        first, last = int(match[1]), int(match[2] or match[1])
        if last - first >= MOST_NUMBERS:
            raise ValidationError(self.error_messages["many"], params={"most": MOST_NUMBERS})
        return set(range(first, last + 1))
