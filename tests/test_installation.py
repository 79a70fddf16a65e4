"""`manage.py up` for real: it comes up whole, works, stops in order, and leaves nothing behind however it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis
from celery import Celery

from config.environment import valkey_socket

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds; the machine may be busy with other things
OURS = {"valkey": "valkey-server", "worker": "celery", "web": "gunicorn"}


class Running:
    """A supervisor and all processes that it started, known by their data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.port = data_dir, _free_port()
        self.output = data_dir / "output.txt"
        self.supervisor = self.start()

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {**kept, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=PATIENCE)

    def start(self) -> subprocess.Popen[bytes]:
        self.output.write_text("")
        with self.output.open("ab") as output:
            command = [sys.executable, "manage.py", "up"]
            return subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=output, stderr=output)

    def is_ready(self) -> bool:
        assert self.supervisor.poll() is None, self.output.read_text()
        return "已就绪" in self.output.read_text()

    def processes(self) -> dict[int, str]:
        """Every process of this data directory but the supervisor itself: its id and command line."""
        mark, folder = f"DATA_DIR={self.data_dir}\0".encode(), self.data_dir / "valkey"
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                # Valkey writes its title over its environment, but works in a folder of its own.
                is_ours = mark in (process / "environ").read_bytes() or (process / "cwd").readlink() == folder
                if is_ours and int(process.name) != self.supervisor.pid:
                    found[int(process.name)] = (process / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue  # it ended, or is another user's
        return found

    def alive(self, service: str) -> list[int]:
        return [pid for pid, command in self.processes().items() if OURS[service] in command]

    def get(self, path: str) -> tuple[int, str]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def kill(self) -> None:
        for pid in [self.supervisor.pid, *self.processes()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def within(seconds: float, holds: Callable[[], object]) -> bool:
    """Whether it comes to hold in this time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty installation."""
    place = tmp_path_factory.mktemp("installation")
    environ = {**os.environ, "DATA_DIR": str(place)}
    environ.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**environ, "DJANGO_SETTINGS_MODULE": "config.settings"}, check=True)
    return place


@pytest.fixture
def running(data_dir: Path) -> Iterator[Running]:
    it = Running(data_dir)
    try:
        assert within(PATIENCE, it.is_ready), it.output.read_text()
        yield it
    finally:
        it.kill()
        it.supervisor.wait(PATIENCE)


def test_it_comes_up_whole_works_and_stops_in_order(running: Running) -> None:
    assert running.get("/healthz") == (200, "ok")
    assert running.get("/readyz")[0] == 200, running.get("/readyz")
    assert all(json.loads(running.get("/readyz")[1]).values())
    assert running.get("/login/")[0] == 200
    assert running.get("/static/staticfiles.json")[0] == 200

    _a_task_goes_through_the_worker(running)
    _a_second_one_is_refused(running)

    began = time.monotonic()
    running.supervisor.send_signal(signal.SIGINT)
    order = _order_of_leaving(running)
    assert running.supervisor.wait(PATIENCE) == 0
    assert time.monotonic() - began < 15
    assert order == ["web", "worker", "valkey"]
    assert running.processes() == {}


def _a_task_goes_through_the_worker(running: Running) -> None:
    path = valkey_socket(running.data_dir)
    Celery(broker=f"redis+socket://{path}").send_task("config.canary", args=["sings"], ignore_result=True)
    with redis.Redis(unix_socket_path=str(path)) as cache:
        assert within(PATIENCE, lambda: cache.keys("*canary:sings")), (running.data_dir / "log/worker.log").read_text()


def _a_second_one_is_refused(running: Running) -> None:
    second = running.manage("up")
    assert second.returncode == 1
    assert "已有一个实例在运行" in second.stderr
    assert str(running.supervisor.pid) in second.stderr


def _order_of_leaving(running: Running) -> list[str]:
    order: list[str] = []

    def all_left() -> bool:
        commands = " ".join(running.processes().values())
        order.extend(name for name in ("web", "worker", "valkey") if OURS[name] not in commands and name not in order)
        return len(order) == len(OURS)

    assert within(PATIENCE, all_left), running.processes()
    return order


def test_when_one_service_dies_everything_stops_and_says_which(running: Running) -> None:
    os.kill(min(running.alive("worker")), signal.SIGKILL)

    assert running.supervisor.wait(PATIENCE) == 1
    assert "服务 worker 意外停止" in running.output.read_text()
    assert running.processes() == {}


def test_nothing_outlives_a_supervisor_killed_by_force(running: Running) -> None:
    assert within(PATIENCE, lambda: len(running.alive("worker")) == 4), running.processes()  # with pool and beat

    running.supervisor.kill()

    assert within(30, lambda: not running.processes()), running.processes()
