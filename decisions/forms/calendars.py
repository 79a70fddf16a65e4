"""Reading a notice on rest days from a file, from pasted text, or from a list of dates."""

from __future__ import annotations

import io
from typing import Any

import mammoth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from decisions.services.holiday_text import Reading, read_notice, year_named

LARGEST = 2_000_000


class NoticeForm(forms.Form):
    """A year's notice; what was read is shown before anything is saved."""

    year = forms.IntegerField(
        label=_("年份"), required=False, min_value=2004, max_value=2100, help_text=_("通知标题中写明年份的，可以不填。")
    )
    text = forms.CharField(
        label=_("通知内容"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("粘贴国务院办公厅通知原文；也可以每行一个日期，如“2027-01-01 休”“2027-01-30 班”。"),
    )
    file = forms.FileField(
        label=_("或者上传通知文件"), required=False, help_text=_("文本、网页或者 Word（docx）文件。")
    )
    because = forms.CharField(
        label=_("更正的理由"), required=False, max_length=200, help_text=_("该年安排已经导入、需要更正的，写明理由。")
    )

    reading: Reading

    def clean(self) -> dict[str, Any]:
        """Read it; everything that is wrong with it is said at once."""
        data = super().clean() or {}
        if self.errors:
            return data
        text = text_of(data["file"]) if data.get("file") else data.get("text", "")
        if not text.strip():
            raise ValidationError(_("请粘贴通知内容，或者上传通知文件。"))
        year = data.get("year") or year_named(text)
        if not year:
            raise ValidationError({"year": _("通知中没有写明年份，请填写。")})
        self.reading = read_notice(text, year)
        if self.reading.errors:
            raise ValidationError(self.reading.errors)
        return {**data, "text": text, "year": year}


def text_of(file: Any) -> str:
    """The words of an uploaded file."""
    if file.size > LARGEST:
        raise ValidationError({"file": _("文件过大，请粘贴通知内容。")})
    content = file.read()
    if content.startswith(b"PK"):
        return _words_of_docx(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            said = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return strip_tags(said) if "<" in said else said
    raise ValidationError({"file": _("文件不是文本，请粘贴通知内容。")})


def _words_of_docx(content: bytes) -> str:
    try:
        return str(mammoth.extract_raw_text(io.BytesIO(content)).value)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError({"file": _("不能读取这个 Word 文件，请粘贴通知内容。")}) from error
