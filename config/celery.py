"""The Celery application; its settings are the CELERY_… lines of config/settings.py."""

import os
from typing import Any

from celery import Celery, signals

from config.lifeline import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The worker's own process: what it forks inherits this number, and ends when that process is gone already.
STARTED_IN = os.getpid()

app = Celery("juece")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Otherwise Celery closes the database connection after every task: a quarter of the throughput.
app.conf["CELERY_DB_REUSE_MAX"] = 1000
app.autodiscover_tasks()


@app.task(name="config.canary")
def canary(token: str) -> None:
    """Leave a sign in the cache that a task went through a worker, for five minutes."""
    from django.core.cache import cache

    cache.set(f"canary:{token}", 1, timeout=300)


@signals.worker_process_init.connect
@signals.beat_embedded_init.connect
def follow_the_worker(**_signal: Any) -> None:
    """Let pool processes and the embedded beat end when the worker is killed; Celery itself leaves beat behind."""
    die_with_parent(STARTED_IN)
