"""What administrators fill in: people with their first password, and the duties they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm, UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from decisions.models import Membership, Person, Unit


class NewPersonForm(BaseUserCreationForm):
    """Somebody new, with a first password."""

    class Meta:
        model = Person
        field_classes: ClassVar = {"username": UsernameField}
        fields = ("username", "name", "phone", "email", "admin_role")


class PersonForm(UserChangeForm):
    """Changes to somebody; administrators hold no duties."""

    class Meta:
        model = Person
        field_classes: ClassVar = {"username": UsernameField}
        fields = ("username", "name", "phone", "email", "admin_role", "is_active")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("admin_role") and self.instance.memberships.current().exists():
            raise ValidationError(_("管理员不得兼任承办、审查、决定等职责，请先办理免职。"))
        return data


class UnitChoice(forms.ModelChoiceField):
    """Units by their authority: many have a Party and government office."""

    def label_from_instance(self, unit: Any) -> str:
        return f"{unit.authority} {unit}"


class MembershipForm(forms.ModelForm):
    """A duty for somebody who is no administrator."""

    person = forms.ModelChoiceField(
        label=_("人员"), queryset=Person.objects.filter(is_active=True, admin_role="").order_by("username")
    )
    unit = UnitChoice(label=_("单位"), queryset=Unit.objects.select_related("authority").order_by("authority", "pk"))

    class Meta:
        model = Membership
        fields = ("person", "unit", "duty", "title", "since", "until")
