"""How gunicorn serves Juece: `gunicorn -c python:config.gunicorn config.wsgi`."""

import os
from typing import Any

from config.lifeline import die_with_parent

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True  # one start of Django instead of one in each worker
timeout = 60
graceful_timeout = 5
keepalive = 5
# An access log would keep addresses and paths of citizens.
accesslog = None
loglevel = "warning"
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """Let a worker end with its master, even one killed by force."""
    die_with_parent()
