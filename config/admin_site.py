"""Django's admin, for system administrators only."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.admin import OTPAdminAuthenticationForm


class SystemAdminSite(AdminSite):
    """Admits active superusers; in production only after a second factor."""

    site_header = _("决策 · 系统管理")
    site_title = _("系统管理")
    index_title = _("系统管理")
    login_form = OTPAdminAuthenticationForm if settings.SECOND_FACTOR_REQUIRED else None
    login_template = "otp/admin111/login.html" if settings.SECOND_FACTOR_REQUIRED else None

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if not (user.is_active and user.is_superuser):
            return False
        return not settings.SECOND_FACTOR_REQUIRED or _is_verified(user)


def _is_verified(user: Any) -> bool:
    """Whether this session gave a second factor: django-otp's middleware adds the method to the user."""
    return bool(user.is_verified())
