from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    """The law and the facts."""

    name = "decisions"
    verbose_name = _("重大行政决策")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from decisions import workdays
        from decisions.services import imported

        workdays.set_provider(imported)
