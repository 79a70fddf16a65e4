"""Django's admin, for the system's and its security's administrators only."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.admin import OTPAdminAuthenticationForm

from decisions.terms import AdminRole


class SystemAdminSite(AdminSite):
    """Admits administrators of system and security, and the first superuser; in production after a second factor."""

    site_header = _("决策 · 系统管理")
    site_title = _("系统管理")
    index_title = _("系统管理")
    login_form = OTPAdminAuthenticationForm if settings.SECOND_FACTOR_REQUIRED else None
    login_template = "otp/admin111/login.html" if settings.SECOND_FACTOR_REQUIRED else None

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_active and _administers(user)):
            return False
        return not settings.SECOND_FACTOR_REQUIRED or _is_verified(user)


def _administers(user: Any) -> bool:
    """By role; or the superuser made on the command line, as long as nobody gave that account a duty."""
    if user.is_superuser and not user.admin_role:
        return not user.memberships.exists()
    return bool(user.is_staff and user.admin_role in (AdminRole.SYSTEM, AdminRole.SECURITY))


def _is_verified(user: Any) -> bool:
    """Whether this session gave a second factor: django-otp's middleware adds the method to the user."""
    return bool(user.is_verified())
