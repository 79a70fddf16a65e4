"""Form fields that several chapters share: evidence, and lists typed one entry a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import Article
from decisions.services import evidence

NOTHING_CLASSIFIED = gettext_lazy("涉密材料不得上传（%s）。") % str(Article("LSEI", 41))


class EvidenceField(forms.FileField):
    """A document for the dossier: its type is told from its content, and what could run in a browser is refused."""

    default_error_messages = {
        "required": gettext_lazy("请选择要上传的文件。"),
        "empty": gettext_lazy("文件是空的，请重新选择。"),
    }

    def __init__(self, *, types: Iterable[str] = evidence.TYPES, **kwargs: Any) -> None:
        self.types = {key: evidence.TYPES[key] for key in types}
        extensions = list(dict.fromkeys(extension for each in self.types.values() for extension in each.extensions))
        kwargs.setdefault("help_text", self._hint(extensions))
        kwargs.setdefault(
            "widget", forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in extensions)})
        )
        super().__init__(**kwargs)

    def _hint(self, extensions: list[str]) -> str:
        return _("可以上传 %(types)s，每件不超过 %(size)d MB。%(secrecy)s") % {
            "types": "、".join(extension.upper() for extension in extensions),
            "size": evidence.MAX_BYTES // 1024 // 1024,
            "secrecy": NOTHING_CLASSIFIED,
        }

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            found = evidence.examine(upload)
        except evidence.UnacceptableFile as refusal:
            raise ValidationError(str(refusal), code="unacceptable") from refusal
        if found.key not in self.types:
            names = "、".join(sorted({each.extensions[0].upper() for each in self.types.values()}))
            raise ValidationError(_("此处只接收 %s。") % names, code="unacceptable")
        return upload


class LinesField(forms.CharField):
    """A list typed one entry a line, as (line number, line); with `parse`, what it makes of each line.

    `parse` may raise ValidationError, which then names the line.
    """

    def __init__(self, *, parse: Callable[[str], Any] | None = None, rows: int = 4, **kwargs: Any) -> None:
        self.parse = parse
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        text = super().clean(value)
        lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        return lines if self.parse is None else self._parsed(lines, self.parse)

    def _parsed(self, lines: list[tuple[int, str]], parse: Callable[[str], Any]) -> list[Any]:
        entries, errors = [], []
        for number, line in lines:
            try:
                entries.append(parse(line))
            except ValidationError as error:
                errors += [at_line(number, message) for message in error.messages]
        if errors:
            raise ValidationError(errors)
        return entries


def at_line(number: int, message: object) -> str:
    """An error of a list field with the line it is about."""
    return _("第%(line)d行：%(message)s") % {"line": number, "message": message}


def line_error(number: int, line: str, expected: str) -> ValidationError:
    """A line that cannot be read, with what it should look like."""
    return ValidationError(
        at_line(number, _("“%(line)s”无法识别，应为：%(as)s。") % {"line": line[:30], "as": expected})
    )


class DayField(forms.DateField):
    """A calendar day, with the browser's own date input."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NumbersField(forms.CharField):
    """Numbers and ranges of numbers: 3、5-8."""

    def clean(self, value: Any) -> list[int]:
        text = re.sub(r"\s*[-－—~～至]\s*", "-", super().clean(value))
        numbers: list[int] = []
        for part in filter(None, re.split(r"[、，,;；\s]+", text)):
            match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
            if not first <= last < first + 5000:
                raise ValidationError(_("“%s”不是编号，应当写成“3、5-8”。") % part[:30])
            numbers += range(first, last + 1)
        return sorted(set(numbers))
