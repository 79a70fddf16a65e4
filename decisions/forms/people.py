"""Appointing a deputy."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from decisions import clock, services
from decisions.models import Authority, Deputy, Membership, Person

from .fields import DayField


class DeputyForm(forms.Form):
    """Who deputizes for whom, from when until when, and why."""

    principal = forms.ModelChoiceField(label=_("被代理人"), queryset=Person.objects.none(), empty_label=_("请选择"))
    deputy = forms.ModelChoiceField(label=_("代理人"), queryset=Person.objects.none(), empty_label=_("请选择"))
    since = DayField(label=_("代理开始日期"), years_ahead=5)
    until = DayField(label=_("代理截止日期"), years_ahead=5)
    because = forms.CharField(label=_("代理事由"), max_length=200, help_text=_("如出差、休假、学习。"))

    def __init__(self, *args: Any, authority: Authority, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authority, self.by = authority, by
        held = Membership.objects.current().filter(unit__authority=authority)
        colleagues = Person.objects.filter(is_active=True, admin_role="", pk__in=held.values("person")).order_by("pk")
        is_office = services.is_office(by, authority)
        principals = colleagues if is_office else colleagues.filter(pk=by.pk)
        cast(forms.ModelChoiceField, self.fields["principal"]).queryset = principals
        cast(forms.ModelChoiceField, self.fields["deputy"]).queryset = colleagues
        self.fields["since"].initial = clock.today()
        self.fields["principal"].initial = None if is_office else by.pk

    def clean(self) -> dict[str, Any]:
        """Everything that stands against it, at once."""
        data = super().clean() or {}
        if not self.errors:
            found = services.deputy_problems(**data, authority=self.authority, by=self.by)
            if problems := list(found):
                raise ValidationError(problems)
        return data

    def perform(self) -> Deputy:
        """Appoint the deputy."""
        return services.appoint_deputy(authority=self.authority, by=self.by, **self.cleaned_data)
