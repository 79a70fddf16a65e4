"""The wiring: who comes in and for how long, what browsers may do, health, logs, and what the environment says."""

import io
import json
import logging
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from django.test import Client, RequestFactory

from config import environment, health
from config.cache import ForgivingRedisCache
from config.logs import JsonFormatter
from config.requests import client_address
from config.supervisor import AlreadyRunning, Service, ServiceDied, Supervisor, only_one
from decisions.models import Person

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "一个很长的口令 2026"


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create_user("sun", password=PASSWORD, name="孙承办")


def is_signed_in(client: Client) -> bool:
    client.get("/admin/")
    return "_auth_user_id" in client.session


def test_a_sign_in_ends_when_idle_for_half_an_hour(client: Client, person: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(person)
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=31))
        assert not is_signed_in(client)


def test_a_sign_in_ends_after_eight_hours_of_work(client: Client, person: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(person)
        assert is_signed_in(client)
        for _ in range(8 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert is_signed_in(client)
        clock.shift(timedelta(minutes=21))
        assert not is_signed_in(client)


def test_five_wrong_passwords_lock_this_account_from_this_address_for_a_quarter_of_an_hour(person: Person) -> None:
    def sign_in(password: str, address: str = "10.0.0.1") -> int:
        form = {"username": "sun", "password": password}
        response = Client(REMOTE_ADDR=address).post("/login/", form)
        assert response.status_code != 429 or "账号已临时锁定" in response.content.decode()
        return response.status_code

    with time_machine.travel(MORNING, tick=False) as clock:
        assert [sign_in("wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
        assert sign_in(PASSWORD) == 429
        assert sign_in(PASSWORD, address="10.0.0.2") == 302
        clock.shift(timedelta(minutes=16))
        assert sign_in(PASSWORD) == 302


def test_pages_ask_for_a_sign_in_unless_they_say_otherwise(client: Client, db: None) -> None:
    assert client.get("/tasks/1/").headers["Location"] == "/login/?next=/tasks/1/"
    assert client.get("/login/").status_code == client.get("/healthz").status_code == 200
    assert client.post("/language/", {"language": "en"}).status_code == 302


@pytest.mark.parametrize("path", ["/login/", "/healthz", "/admin/login/", "/nowhere/"])
def test_browsers_are_told_to_run_nothing_inline(client: Client, db: None, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'self'"
    assert not any("unsafe" in allowed for allowed in policy.values())
    assert policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_only_system_administrators_enter_the_administration(client: Client, person: Person, settings) -> None:
    client.force_login(person)
    assert client.get("/admin/").status_code == 302
    Person.objects.filter(pk=person.pk).update(is_staff=True)
    assert client.get("/admin/").status_code == 302
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    assert client.get("/admin/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/admin/").status_code == 302


def test_a_stale_form_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/login/", {})

    assert response.status_code == 403
    assert "表单" in response.content.decode() or "页面" in response.content.decode()


@pytest.mark.postgres
def test_readiness_names_what_is_missing(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json() == {"database": True, "broker": True, "migrations": True}

    def broken() -> bool:
        raise OSError

    monkeypatch.setitem(health.CHECKS, "broker", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": True, "broker": False, "migrations": True}


def test_the_client_is_who_our_own_proxies_say(rf: RequestFactory, settings) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4"}, REMOTE_ADDR="10.0.0.9")

    assert client_address(request) == "10.0.0.9"
    settings.TRUSTED_PROXIES = 1
    assert client_address(request) == "1.2.3.4"
    settings.TRUSTED_PROXIES = 3
    assert client_address(request) == "10.0.0.9"


def test_log_lines_keep_an_exceptions_kind_and_place_but_not_its_text() -> None:
    log, stream = logging.getLogger("decisions.test"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    log.addHandler(handler)
    try:
        raise IntegrityError("Key (name)=(张三) already exists")
    except IntegrityError:
        log.exception("Not saved.")
    finally:
        log.removeHandler(handler)

    line = json.loads(stream.getvalue())
    assert line["message"] == "Not saved."
    assert line["exception"]["kind"] == "django.db.utils.IntegrityError"
    assert "张三" not in stream.getvalue()


def test_a_missing_redis_is_an_empty_cache(tmp_path: Path) -> None:
    cache = ForgivingRedisCache(f"unix://{tmp_path}/nobody.sock", {})

    cache.set("a", 1)
    assert cache.get("a", "default") == "default"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1) is True
    assert cache.get_or_set("a", lambda: 7) == 7


def test_the_secret_key_is_kept_outside_production_and_demanded_in_it(tmp_path: Path) -> None:
    first = environment.secret_key({}, tmp_path, required=False)

    assert len(first) >= 50
    assert environment.secret_key({}, tmp_path, required=False) == first
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert environment.secret_key({"SECRET_KEY_FILE": str(tmp_path / "secret.key")}, tmp_path, required=True) == first
    with pytest.raises(ImproperlyConfigured):
        environment.secret_key({}, tmp_path, required=True)


def test_the_environment_chooses_the_database(tmp_path: Path) -> None:
    url = "postgresql://juece:pw@db.example:5433/town?sslmode=require"
    server = environment.database({"DATABASE_URL": url}, tmp_path)

    assert (server["HOST"], server["PORT"], server["NAME"], server["PASSWORD"]) == ("db.example", "5433", "town", "pw")
    assert server["OPTIONS"]["sslmode"] == "require"
    assert environment.database({"PGDATABASE": "town"}, tmp_path)["NAME"] == "town"
    assert environment.database({}, tmp_path)["NAME"] == tmp_path / "juece.sqlite3"
    with pytest.raises(ImproperlyConfigured):
        environment.database({"DATABASE_URL": "mysql://x"}, tmp_path)


def test_the_brokers_socket_fits_however_deep_the_data_lie(tmp_path: Path) -> None:
    deep = tmp_path / ("决策" * 20)

    assert len(os.fsencode(environment.valkey_socket(deep))) <= environment.LONGEST_SOCKET_PATH
    assert environment.valkey_socket(deep) != environment.valkey_socket(deep / "other")
    assert environment.broker_urls("", deep)[0].startswith("redis+socket:///")
    assert environment.broker_urls("redis://r/0", deep) == ("redis://r/0", "redis://r/0")


def test_a_stubborn_service_is_killed_and_the_last_started_stops_first(tmp_path: Path) -> None:
    """Each service writes its name when it is told to stop; the middle one does not listen."""
    told = tmp_path / "told"

    def service(name: str, answer: str) -> Service:
        code = (
            f"import signal, sys, time; signal.signal(15, lambda *_: {answer}); print('up', flush=True); time.sleep(60)"
        )
        log = tmp_path / f"{name}.log"
        return Service(name, [sys.executable, "-c", code], log, lambda: "up" in log.read_text(), stop_seconds=0.5)

    def obedient(name: str) -> Service:
        return service(name, f"(open({str(told)!r}, 'a').write('{name} '), sys.exit())")

    services = [obedient("first"), service("stubborn", "None"), obedient("last")]
    Supervisor(services).run(lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert told.read_text() == "last first "
    assert [each.process.returncode for each in services if each.process] == [0, -signal.SIGKILL, 0]


def test_a_service_that_does_not_get_ready_ends_them_all(tmp_path: Path) -> None:
    sleeping = [sys.executable, "-c", "import time; print('never', flush=True); time.sleep(60)"]
    services = [
        Service("well", sleeping, tmp_path / "well.log"),
        Service("slow", sleeping, tmp_path / "slow.log", lambda: False, ready_seconds=0.5),
    ]

    with pytest.raises(ServiceDied, match="slow"):
        Supervisor(services).run(pytest.fail)
    assert all(each.has_died for each in services)


def test_only_one_holds_a_data_directory(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with only_one(lock), pytest.raises(AlreadyRunning, match=str(os.getpid())), only_one(lock):
        pytest.fail("two at once")
    with only_one(tmp_path / "lock"):
        assert (tmp_path / "lock").read_text() == str(os.getpid())
