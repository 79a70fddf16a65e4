"""Starts Valkey, the Celery worker with beat and the web server as one, and stops them in order."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.lifeline import die_with_parent

LARGEST_LOG = 5 * 1024 * 1024
POLL_SECONDS = 0.1


class AlreadyRunning(Exception):
    """Another supervisor holds this data directory."""


class ServiceDied(Exception):
    """A service ended although nobody asked it to, or was not ready in time."""

    def __init__(self, service: "Service") -> None:
        super().__init__(service.name)
        self.service = service


@dataclass
class Service:
    """One child process: how to start it, how to know that it is ready, how long it may take to stop."""

    name: str
    command: Sequence[str]
    log: Path
    is_ready: Callable[[], bool] = lambda: True
    ready_seconds: float = 60
    stop_seconds: float = 5
    environ: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C at the terminal reaches the supervisor only."""
        parent = os.getpid()
        with _fresh_log(self.log).open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environ},
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(parent),
            )

    @property
    def has_died(self) -> bool:
        """Whether it was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to end, wait, then kill whatever is left of its process group."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.stop_seconds)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Supervisor:
    """Keeps services running together: all of them or none."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.services = services
        self.is_asked_to_stop = False

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start all in turn, say so, stay until asked to stop or one dies; then stop them in reverse order."""
        try:
            with _handled(self._hear):
                self._start()
                if not self.is_asked_to_stop:
                    when_ready()
                while not self.is_asked_to_stop:
                    self._look()
        finally:
            with _handled(signal.SIG_IGN):
                for service in reversed(self.services):
                    service.stop()

    def _start(self) -> None:
        for service in self.services:
            service.start()
            self._await(service)

    def _await(self, service: Service) -> None:
        deadline = time.monotonic() + service.ready_seconds
        while not self.is_asked_to_stop and not service.is_ready():
            if time.monotonic() > deadline:
                raise ServiceDied(service)
            self._look()

    def _look(self) -> None:
        for service in self.services:
            if service.has_died:
                raise ServiceDied(service)
        time.sleep(POLL_SECONDS)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.is_asked_to_stop = True


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold this lock file, or raise AlreadyRunning; the kernel frees it even after a kill."""
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyRunning(file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, handler) for kind in kinds}
    try:
        yield
    finally:
        for kind, usual in before.items():
            signal.signal(kind, usual)


def _fresh_log(log: Path) -> Path:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    return log
