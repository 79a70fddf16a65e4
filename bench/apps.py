from django.apps import AppConfig


class BenchConfig(AppConfig):
    """The peer: a stock Viewflow flow of the same shape; installed by bench.settings only."""

    name = "bench"
