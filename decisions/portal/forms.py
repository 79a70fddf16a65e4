"""What citizens fill in. Names are asked for but not demanded; the sum in words is the only hurdle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.articles import in_chinese
from decisions.models import Opinion
from decisions.models.participation import CODE_LENGTH, CODE_LETTERS

from . import question

if TYPE_CHECKING:
    from decisions.models import Draft

LONGEST = 5000
NOT_SHOWN = gettext_lazy("不公开，仅用于必要时与您核实。")


class CitizenForm(forms.Form):
    """Words from somebody we do not know, with the sum, and a field that only robots fill in."""

    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": gettext_lazy("请填写内容。")},
    )
    name = forms.CharField(
        label=gettext_lazy("姓名或者单位名称"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("可以不填。公布时个人姓名只显示姓，如“朱**”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(label=gettext_lazy("联系方式"), max_length=100, required=False, help_text=NOT_SHOWN)
    answer = forms.CharField(
        max_length=10,
        help_text=gettext_lazy("为防止机器自动提交，请回答。填数字或者汉字都可以。"),
        error_messages={"required": gettext_lazy("请回答这个问题。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(
        label=gettext_lazy("此栏请勿填写"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.key = question.key_of(data.get("token", "")) if data is not None else ""
        self.is_stale = data is not None and not self.key
        if not self.key:
            token = question.new_token()
            self.key = question.key_of(token)
            kwargs["initial"] = {**kwargs.get("initial", {}), "token": token}
            data = _with(data, token=token, answer="") if data is not None else None
        super().__init__(data, **kwargs)
        self.fields["answer"].label = question.question(self.key)

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"]
        if not question.is_right(self.key, answer):
            raise ValidationError(_("回答不对，请再算一次。"))
        return answer

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_stale:
            self.errors.pop("answer", None)
            self.add_error("answer", _("页面打开的时间太长，请回答新的问题后再提交；您写的内容还在。"))
        if data.get("homepage"):
            raise ValidationError(_("请把“此栏请勿填写”一栏清空后再提交。"))
        return data

    @property
    def visible(self) -> list[forms.BoundField]:
        """The fields for people."""
        return [field for field in self.visible_fields() if field.name != "homepage"]


class CommentForm(CitizenForm):
    """An opinion on a draft, as a whole or on one of its articles."""

    article_number = forms.TypedChoiceField(
        label=gettext_lazy("针对哪一条"), coerce=int, empty_value=None, required=False
    )
    is_organization = forms.BooleanField(label=gettext_lazy("以单位名义提出（公布时显示单位全称）"), required=False)
    field_order = ("article_number", "text", "name", "is_organization", "contact", "answer")

    def __init__(self, data: Any = None, *, draft: Draft, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["text"].label = _("您的意见")
        articles = [(a.number, _("第%s条") % in_chinese(a.number)) for a in draft.articles.all()]
        self.fields["article_number"].choices = [("", _("整个草案")), *articles]  # type: ignore[attr-defined]


class FeedbackForm(CitizenForm):
    """How a decision in force works, as a citizen sees it (art. 35)."""

    field_order = ("text", "name", "contact", "answer")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["text"].label = _("您反映的情况或者建议")
        self.fields["name"].help_text = _("可以不填，不公开。")


class ReceiptForm(forms.Form):
    """The code with which a citizen finds the own opinion again."""

    code = forms.CharField(
        label=gettext_lazy("回执码"),
        max_length=40,
        help_text=gettext_lazy("提交意见后页面显示的10位字母和数字，不分大小写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("请填写回执码。")},
    )

    def clean_code(self) -> str:
        code = "".join(each for each in self.cleaned_data["code"].upper() if each.isalnum())
        if len(code) != CODE_LENGTH or set(code) - set(CODE_LETTERS):
            raise ValidationError(_("回执码是%d位字母和数字，没有字母I、O和数字0、1，请核对。") % CODE_LENGTH)
        return code

    def find(self) -> Opinion | None:
        """The opinion with this code, on a matter that is public; else an error on the field."""
        code = self.cleaned_data["code"]
        found = Opinion.objects.select_related("decision__authority", "participation__draft")
        opinion = found.filter(receipt_code=code, decision__openness="public").first()
        if opinion is None:
            self.add_error("code", _("没有找到这个回执码的意见，请核对。"))
        return opinion


def _with(data: Any, **changes: str) -> Any:
    """The posted data with some values put in place of others."""
    copied = data.copy()
    for name, value in changes.items():
        copied[name] = value
    return copied
