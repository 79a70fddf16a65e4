"""Form fields that several chapters share: evidence, and lists typed one entry a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions import clock
from decisions.articles import Article
from decisions.services import evidence

NOTHING_CLASSIFIED = format_lazy(gettext_lazy("涉密材料不得上传（{}）。"), str(Article("LSEI", 41)))


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

    def _hint(self, extensions: list[str]) -> Any:
        return format_lazy(
            gettext_lazy("可以上传 {types}，每件不超过 {size} MB。{secrecy}"),
            types="、".join(extension.upper() for extension in extensions),
            size=settings.UPLOAD_MAX_BYTES // 1024 // 1024,
            secrecy=NOTHING_CLASSIFIED,
        )

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
    """A list typed one entry a line; `parse` reads one and may raise ValidationError, which then names the line."""

    def __init__(self, *, parse: Callable[[str], Any] = str, rows: int = 4, **kwargs: Any) -> None:
        self.parse = parse
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[Any]:
        entries, errors = [], []
        for number, line in enumerate(super().clean(value).splitlines(), 1):
            if not line.strip():
                continue
            try:
                entries.append(self.parse(line.strip()))
            except ValidationError as error:
                errors += [at_line(number, message) for message in error.messages]
        if errors:
            raise ValidationError(errors)
        return entries


def at_line(number: int, message: object) -> str:
    """An error of a list field with the line it is about."""
    return _("第%(line)d行：%(message)s") % {"line": number, "message": message}


class DayField(forms.DateField):
    """A day, asked for with the browser's own input, which understands nothing but ISO dates.

    A year that cannot be meant is refused: before 2000, or more than `years_ahead` years from now.
    """

    def __init__(self, *, years_ahead: int = 20, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        self.years_ahead = years_ahead
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        last = clock.today().year + self.years_ahead
        if not 2000 <= value.year <= last:
            raise ValidationError(
                _("日期“%(day)s”的年份应当在2000年至%(last)d年之间，请核对。")
                % {"day": value.isoformat(), "last": last}
            )


class SeveralField(forms.ModelMultipleChoiceField):
    """Several of the offered objects; a number no database holds is refused like any other that is not offered."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError:
            raise ValidationError(_("所选的项目不存在，请重新选择。")) from None
