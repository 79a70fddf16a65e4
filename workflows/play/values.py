"""From what a case writes to what a form expects to be posted: names for rows, labels for choices, texts for files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms.models import ModelChoiceIterator
from django.utils.datastructures import MultiValueDict

from decisions import clock
from workflows.play.days import NotADay, within
from workflows.play.marks import NOT_STORABLE, Section, is_storable, kind_of

NAMES = ("name", "username", "title", "number", "document_number")
TEXT_TYPES = {"pdf": "application/pdf", "txt": "text/plain"}

Posted = tuple["MultiValueDict[str, str]", "MultiValueDict[str, UploadedFile]"]


class NotAValue(ValueError):
    """Something written that the field cannot mean."""


def as_posted(values: Section, form: forms.BaseForm, *, on: date, today: date) -> Posted:
    """The data and files a form would post: what it is prefilled with, and the fields by name that a case gives."""
    data = prefilled(form)
    files: MultiValueDict[str, UploadedFile] = MultiValueDict()
    for name in values:
        field = form.fields.get(name)
        if field is None:
            raise values.wrong(name, f"没有这个字段；可用的有：{'、'.join(form.fields) or '（无）'}")
        try:
            if isinstance(field, forms.FileField):
                files.setlist(name, [as_file(item) for item in values.items(name)])
            else:
                data.setlist(name, list(as_texts(values.get(name), field, on, today)))
        except (NotAValue, NotADay) as error:
            raise values.wrong(name, str(error)) from error
    return data, files


def prefilled(form: forms.BaseForm) -> MultiValueDict[str, str]:
    """What a page would post if nobody changed anything."""
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if value is None or value is False or isinstance(field, forms.FileField):
            continue
        many = list(value) if isinstance(value, list | tuple | set) else [value]
        data.setlist(name, ["on" if each is True else str(each) for each in many])
    return data


def as_texts(value: Any, field: forms.Field, on: date, today: date) -> Iterable[str]:
    """What is posted for one field: several texts for a field that takes several."""
    if value is None:
        return []
    if not is_storable(value):
        raise NotAValue(NOT_STORABLE)
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        items = value if isinstance(value, list) else [value]
        return [one_of(item, field) for item in items]
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return [one_of(value, field)]
    if isinstance(field, forms.BooleanField):
        return ["on"] if as_flag(value) else []
    if isinstance(field, forms.DateField | forms.DateTimeField):
        return [as_day(value, on, today)]
    return [as_text(value, on)]


def as_text(value: Any, on: date) -> str:
    """Text; a list is one entry a line, and `{year}` is the year of the act."""
    if isinstance(value, list):
        return "\n".join(as_text(item, on) for item in value)
    if isinstance(value, Section | bool):
        raise NotAValue(f"应当是文字，不是{kind_of(value)}")
    return str(value).replace("{year}", str(on.year))


def as_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAValue(f"应当是 true 或者 false，不是{kind_of(value)}")
    return value


def as_day(value: Any, on: date, today: date) -> str:
    """A day or moment, written out or counted from the day of the act."""
    if isinstance(value, Section | list | bool):
        raise NotAValue(f"应当是日期，不是{kind_of(value)}")
    day = within(value, on, today)
    return day.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if isinstance(day, datetime) else day.isoformat()


def one_of(value: Any, field: Any) -> str:
    """The value of a choice given by value or label, or the key of a row given by one of its names."""
    if isinstance(value, Section | list | bool):
        raise NotAValue(f"应当是一个选项，不是{kind_of(value)}")
    if value == "":
        return ""
    if isinstance(field.choices, ModelChoiceIterator):
        return _row_named(str(value), field)
    choices = {str(label): str(key) for key, label in _flat(field.choices)}
    if str(value) in choices.values():
        return str(value)
    if str(value) not in choices:
        known = "、".join(f"{key}（{label}）" for label, key in choices.items() if key)
        raise NotAValue(f"没有“{value}”这个选项；可用的有：{known}")
    return choices[str(value)]


def _row_named(name: str, field: Any) -> str:
    rows = list(field.queryset.all())
    found = [row for row in rows if name in _names_of(row)]
    if len(found) == 1:
        return str(field.prepare_value(found[0]))
    known = "、".join(str(row) for row in rows[:20]) or "（无）"
    raise NotAValue(f"{'没有' if not found else '不止一个'}“{name}”；可用的有：{known}")


def _names_of(row: Any) -> set[str]:
    return {str(row), *(str(getattr(row, name)) for name in NAMES if getattr(row, name, None) is not None)}


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def as_file(item: Any) -> UploadedFile:
    """A file given as its name and text; `bytes` gives content in hexadecimal, for files that are no text."""
    if not isinstance(item, Section):
        raise NotAValue(f"文件应当写明 name 和 text，不是{kind_of(item)}")
    item.allow("name", "text", "bytes")
    content = bytes.fromhex(item.text("bytes")) if "bytes" in item else item.text("text", "").encode()
    return SimpleUploadedFile(item.text("name"), content)
