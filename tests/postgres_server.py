"""A PostgreSQL server for as long as a command runs: `python -m tests.postgres_server [--durable] COMMAND …`.

The command finds it in DATABASE_URL and TEST_DATABASE_URL. Debian's binaries are used; nothing of the system's own
server is touched. Without --durable it does not wait for the disk: right for tests, wrong for measuring.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
ROLE = "juece"


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: int(path.parts[-3].split(".")[0]))
    found = str(newest[-1]) if newest else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A fresh server on a unix socket; yields the URL of its empty database."""
    place = Path(tempfile.mkdtemp(prefix="juece-pg-", dir="/tmp"))
    unprivileged = _unprivileged(place)
    folder, data = binaries(), place / "data"
    making = ["--locale=C.UTF-8", "-E", "UTF8", "-U", ROLE, "--auth=trust", "--no-sync", "-D", str(data)]
    subprocess.run([f"{folder}/initdb", *making], check=True, stdout=subprocess.DEVNULL, cwd="/", **unprivileged)
    running = ["-D", str(data), "-k", str(place), "-c", "listen_addresses=", "-c", "max_connections=200"]
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(
            [f"{folder}/postgres", *running, *([] if durable else FAST)],
            stdout=log,
            stderr=log,
            cwd="/",
            **unprivileged,
        )
    try:
        _await(server, place)
        yield f"postgresql:///{ROLE}?host={place}&user={ROLE}"
    finally:
        server.send_signal(signal.SIGINT)  # ends sessions, then stops
        server.wait(30)
        shutil.rmtree(place, ignore_errors=True)


def _unprivileged(place: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as its own user."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(place, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _await(server: subprocess.Popen[bytes], place: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with psycopg.connect(f"host={place} user={ROLE} dbname=postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {ROLE}")
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((place / "log").read_text()) from None
            time.sleep(0.05)


def main(arguments: list[str]) -> int:
    durable = arguments[:1] == ["--durable"]
    command = arguments[1:] if durable else arguments
    if binaries() is None:
        sys.stderr.write(f"\n*** POSTGRESQL MISSING: DID NOT RUN: {' '.join(command)}\n*** install postgresql\n\n")
        return 1 if os.environ.get("CI") == "true" else 0
    with postgres(durable=durable) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url, "TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
