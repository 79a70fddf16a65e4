"""Administration of authorities, units, people and duties: no fact of any matter, and nothing is ever deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from decisions import parameters
from decisions.forms.administration import MembershipForm, NewPersonForm, PersonForm
from decisions.models import Authority, Membership, Person, Unit
from decisions.terms import AdminRole


def role_of(request: HttpRequest) -> str:
    """The kind of administrator who asks; the first one of an installation, made on the command line, is for the
    system."""
    person = request.user
    if not (isinstance(person, Person) and person.is_active):
        return ""
    return person.admin_role or (AdminRole.SYSTEM if person.is_superuser else "")


class Kept(admin.ModelAdmin):
    """Rows that are added and changed by some administrators, and deleted by nobody."""

    managed_by: ClassVar[frozenset[AdminRole]] = frozenset({AdminRole.SYSTEM})
    changed_by: ClassVar[frozenset[AdminRole]] = managed_by
    fixed: ClassVar[tuple[str, ...]] = ()
    """Fields that stay as they were when the row was made."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return role_of(request) in self.changed_by

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return role_of(request) in self.changed_by

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return role_of(request) in self.changed_by

    def has_add_permission(self, request: HttpRequest) -> bool:
        return role_of(request) in self.managed_by

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))


@admin.register(Authority)
class AuthorityAdmin(Kept):
    """Decision-making organs."""

    list_display = ("name", "level", "jurisdiction", "meeting_name", "superior")
    list_select_related = ("parent",)
    search_fields = ("name", "slug")
    fixed = ("slug", "level")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "jurisdiction":
            return forms.ChoiceField(label=db_field.verbose_name, choices=parameters.choices)
        if db_field.name == "parent":
            kwargs["label"] = _("上级机关")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("上级机关"), ordering="parent")
    def superior(self, row: Authority) -> Authority | None:
        return row.parent


@admin.register(Unit)
class UnitAdmin(Kept):
    """Units of authorities."""

    list_display = ("name", "organ")
    list_select_related = ("authority",)
    list_filter = ("authority",)
    search_fields = ("name",)
    fixed = ("organ", "authority")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("organ" if obj else "authority", "name")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "label": _("决策机关")})

    @admin.display(description=_("决策机关"), ordering="authority")
    def organ(self, row: Unit) -> Authority:
        return row.authority


@admin.register(Person)
class PersonAdmin(Kept, UserAdmin):
    """People: made by system administrators, switched on and off and unlocked by security administrators as well."""

    changed_by = frozenset({AdminRole.SYSTEM, AdminRole.SECURITY})
    add_form, form = NewPersonForm, PersonForm
    list_display = ("username", "name", "phone", "admin_role", "is_active")
    list_filter = ("is_active", "admin_role")
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    actions = ("unlock", "activate", "deactivate")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("人员"), {"fields": ("name", "phone", "email")}),
        (_("账号"), {"fields": ("admin_role", "is_active", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "name", "phone", "email", "admin_role", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Security administrators never come near a password."""
        if role_of(request) == AdminRole.SYSTEM:
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("username", "name", "admin_role", "is_active", "last_login")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if role_of(request) == AdminRole.SYSTEM else (*fixed, "username", "name", "admin_role")

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        obj.is_staff = obj.admin_role in (AdminRole.SYSTEM, AdminRole.SECURITY)
        super().save_model(request, obj, form, change)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        if role_of(request) != AdminRole.SYSTEM:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.action(description=_("解除登录锁定"))
    def unlock(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset:
            reset(username=person.username)
        self.message_user(request, _("已解除登录锁定。"), messages.SUCCESS)

    @admin.action(description=_("启用账号"))
    def activate(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        self._switch(request, queryset, is_active=True)

    @admin.action(description=_("停用账号"))
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        self._switch(request, queryset.exclude(pk=request.user.pk or 0), is_active=False)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Person], *, is_active: bool) -> None:
        """One by one, so that each change stands in the administration's log."""
        for person in queryset.exclude(is_active=is_active):
            person.is_active = is_active
            person.save(update_fields=["is_active"])
            self.log_change(request, person, [{"changed": {"fields": [str(_("有效"))]}}])
        self.message_user(request, _("已更改账号状态。"), messages.SUCCESS)


@admin.register(Membership)
class MembershipAdmin(Kept):
    """Duties: begun here and ended here; what was held and when stays as it was."""

    form = MembershipForm
    list_display = ("holder", "place", "duty", "title", "since", "until")
    list_filter = ("unit__authority", "duty")
    list_select_related = ("person", "unit__authority")
    search_fields = ("person__name", "person__username", "unit__name")
    fixed = ("holder", "place", "person", "unit", "duty", "since")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        whose = ("holder", "place") if obj else ("person", "unit")
        return (*whose, "duty", "title", "since", "until")

    @admin.display(description=_("人员"), ordering="person")
    def holder(self, row: Membership) -> Person:
        return row.person

    @admin.display(description=_("单位"), ordering="unit")
    def place(self, row: Membership) -> str:
        return f"{row.unit.authority} {row.unit}"
