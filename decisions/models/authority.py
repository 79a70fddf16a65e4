"""Authorities, their units, the people and the duties they hold for a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decisions import clock
from decisions.terms import AdminRole, AuthorityLevel, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


class NeverDeleted(models.Model):
    """A row that may be ended or withdrawn but never deleted: accountability is for life (art. 38)."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self._meta.verbose_name} is kept for life; end or deactivate it instead.")


class Authority(NeverDeleted):
    """A decision-making organ (决策机关): a county or a township government."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    short_name = models.CharField(_("简称"), max_length=20)
    document_code = models.CharField(_("发文机关代字"), max_length=12, help_text=_("如“木政发”"))
    slug = models.SlugField(_("网址标识"), unique=True)
    level = models.CharField(_("层级"), max_length=10, choices=AuthorityLevel.choices)
    jurisdiction = models.CharField(_("适用规则"), max_length=50)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="townships")
    meeting_name = models.CharField(_("集体讨论会议名称"), max_length=40)
    contact = models.CharField(_("联系方式"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("决策机关")
        verbose_name_plural = _("决策机关")

    def __str__(self) -> str:
        return self.name


class Unit(NeverDeleted):
    """A department, office or station of an authority."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="units")
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="unit_names_are_unique_in_an_authority")
        ]

    def __str__(self) -> str:
        return self.name


class Person(NeverDeleted, AbstractUser):
    """Somebody who signs in; deactivated when leaving, never deleted."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=30)
    phone = models.CharField(_("电话"), max_length=30, blank=True, default="")
    admin_role = models.CharField(_("管理员类别"), max_length=10, choices=AdminRole.choices, blank=True, default="")

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Memberships in force on the day."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))

    def current(self) -> MembershipQuerySet:
        return self.on(clock.today())


class Membership(NeverDeleted):
    """A duty that a person holds in a unit for a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    duty = models.CharField(_("职责"), max_length=20, choices=Role.choices)
    title = models.CharField(_("职务"), max_length=40, blank=True, default="")
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "duty", "since"], name="a_duty_begins_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_duty_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.unit} {self.get_duty_display()}"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def on(self, day: date) -> DeputyQuerySet:
        return self.filter(since__lte=day, until__gte=day, ended_at__isnull=True)

    def current(self) -> DeputyQuerySet:
        return self.on(clock.today())


class Deputy(NeverDeleted):
    """Somebody acts for somebody else for a period (代理); the record shows both, separation of duties sees both."""

    principal = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputized_for")
    since = models.DateField(_("起"))
    until = models.DateField(_("止"))
    because = models.CharField(_("事由"), max_length=200)
    appointed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = _("代理")
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_deputizes_for_oneself"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="deputizing_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 代理 {self.principal}"


def people_with(authority: Authority, duties: Iterable[Role], day: date | None = None) -> models.QuerySet[Person]:
    """The active people who hold one of the duties in the authority on the day (today by default)."""
    held = Membership.objects.on(day or clock.today()).filter(unit__authority=authority, duty__in=list(duties))
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))
