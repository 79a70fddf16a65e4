"""The two Django apps of the wiring: our commands, and the system administrators' site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class WiringConfig(AppConfig):
    """Makes `manage.py up` known to Django."""

    name = "config"
    verbose_name = "Juece"


class SystemAdminConfig(AdminConfig):
    """Django's admin with our stricter site in place of the default one."""

    default_site = "config.admin_site.SystemAdminSite"
