"""Which apps' static files are collected."""

from django.apps import apps
from django.contrib.staticfiles.finders import AppDirectoriesFinder


class AppFinder(AppDirectoriesFinder):
    """All apps but Viewflow, whose 49 MB serve its stock site only, which we do not mount."""

    def __init__(self, app_names: list[str] | None = None, *args: object, **kwargs: object) -> None:
        names = [config.name for config in apps.get_app_configs() if not config.name.startswith("viewflow")]
        super().__init__(app_names or names, *args, **kwargs)
